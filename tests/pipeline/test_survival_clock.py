"""Clocks that jump: nothing stale is kept, nothing fresh is filmed again."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pipeline.project import DRAFT, RENDER, SEGMENTS, edit, seen

ALONE = (*RENDER, "--jobs", "1")
# The clock of every process runs backwards, in jumps of up to a century.
BACKWARDS = """
import random, time
now = time.time()

def jump():
    global now
    now -= random.uniform(0, 3e9)
    return now

time.time = jump
time.time_ns = lambda: int(jump() * 1e9)
"""


def set_clock(project: Path, year: int) -> None:
    """Let every file there be from ``year``, to the second."""
    moment = datetime(year, 1, 2, tzinfo=UTC).timestamp()
    for path in project.rglob("*"):
        os.utime(path, (moment, moment))


def film(project: Path) -> bytes:
    return seen(project)["ch02_circle.mp4"]


def edit_unseen(path: Path, old: str, new: str) -> None:
    """Change it, but neither its size nor the second of its last save."""
    status = path.stat()
    assert len(old) == len(new)
    edit(path, old, new)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def lose(project: Path, *films: str) -> None:
    """Have these films be made again, with every segment of a chapter filmed anew."""
    shutil.rmtree(project / SEGMENTS)
    for film in films:
        (project / DRAFT / film).unlink()


@pytest.mark.slow
def test_a_clock_that_runs_backwards_changes_nothing(
    rendered: Path, tmp_path: Path, run: Callable
) -> None:
    before = seen(rendered)
    lose(rendered, "ch04_dot.mp4", "lecture.mp4")
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(BACKWARDS)
    outcome = run(rendered, *RENDER, hook=hook)
    assert (outcome.returncode, "Traceback" in outcome.stderr) == (0, False), outcome.stderr
    assert seen(rendered) == before


@pytest.mark.parametrize("year", [1970, 2099])
def test_dates_of_files_mean_nothing(rendered: Path, run: Callable, year: int) -> None:
    before = seen(rendered)
    set_clock(rendered, year)
    films = {path: path.stat().st_mtime_ns for path in rendered.glob("build/**/*.mp4")}
    assert run(rendered, *RENDER).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in films} == films
    assert seen(rendered) == before


@pytest.mark.slow
def test_an_edit_is_filmed_though_neither_date_nor_size_of_the_source_tell_of_it(
    rendered: Path, tmp_path: Path, run: Callable
) -> None:
    lose(rendered, "ch02_circle.mp4")
    for compiled in rendered.rglob("__pycache__"):
        shutil.rmtree(compiled)
    set_clock(rendered, 1970)
    # What Python has compiled is what it would go by.
    cached = {"PYTHONDONTWRITEBYTECODE": ""}
    chapter = (*ALONE, "--chapter", "2")
    assert run(rendered, *chapter, **cached).returncode == 0
    assert [*rendered.glob("scenes/kit/__pycache__/shapes.*.pyc")]
    before = film(rendered)
    edit_unseen(rendered / "scenes/kit/shapes.py", "BLUE", "PINK")
    edit_unseen(rendered / "scenes/ch02_circle.py", "scale(2)", "scale(3)")
    assert run(rendered, *chapter, **cached).returncode == 0
    ignore = shutil.ignore_patterns("build", "__pycache__")
    cold = Path(shutil.copytree(rendered, tmp_path / "cold", ignore=ignore))
    assert run(cold, *chapter).returncode == 0
    assert film(rendered) == film(cold) != before
