"""Chapters that a lesson cannot have are left out with a reason, and cost nothing to know again."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from pipeline.cache.chapter_selection import REMEMBERED, select_chapters
from pipeline.errors import UserError

SQUARE = "# square\n"


@pytest.fixture
def square(project: Path) -> Path:
    """The small lecture with a lesson that cannot have its third chapter."""
    lesson = project / "lesson.toml"
    lesson.write_text(SQUARE + lesson.read_text())
    return project


def test_the_plan_leaves_out_what_does_not_apply_and_says_why(square: Path, run: Callable) -> None:
    lines = run(square, "plan").stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["ch01", "ch02"]
    assert lines[-1] == "left out  A dot η: the lesson is square"


def test_a_chapter_left_out_cannot_be_asked_for(square: Path, run: Callable) -> None:
    outcome = run(square, "preview", "--chapter", "4")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("lesson.toml has no chapter 4, A dot η: the lesson is square; ")


def test_another_lesson_is_judged_anew(square: Path, run: Callable) -> None:
    run(square, "plan")
    lesson = square / "lesson.toml"
    lesson.write_text(lesson.read_text().removeprefix(SQUARE))
    assert "left out" not in run(square, "plan").stdout


def test_a_half_written_memory_is_made_anew(square: Path, run: Callable) -> None:
    before = run(square, "plan").stdout
    (memory,) = (square / REMEMBERED).iterdir()
    memory.write_text('{"round": ')
    assert run(square, "plan").stdout == before


def test_several_at_once_remember_the_same(square: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(8)

    def judge(_: Path) -> Mapping[str, str]:
        together.wait()
        return {"round": "the lesson is square"}

    monkeypatch.chdir(square)
    monkeypatch.setattr("pipeline.cache.chapter_selection.judge", judge)
    with ThreadPoolExecutor(together.parties) as threads:
        plans = list(threads.map(select_chapters, [Path("lesson.toml")] * together.parties))
    assert plans == [select_chapters(Path("lesson.toml"))] * together.parties


def test_a_lesson_that_cannot_be_taught_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"nowhere\.toml: the lesson cannot be read"):
        select_chapters(Path("nowhere.toml"))
    assert list(tmp_path.iterdir()) == []


def test_a_plan_never_loads_sympy_itself(root: Path, tmp_path: Path) -> None:
    told = (
        "import sys; from pathlib import Path; import pipeline.cache.chapter_selection as module; "
        f"module.REMEMBERED = Path({str(tmp_path)!r}); module.select_chapters(Path('lesson.toml'));"
        " print('sympy' in sys.modules)"
    )
    imported = [
        subprocess.run([sys.executable, "-c", told], cwd=root, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [outcome.stdout.strip() for outcome in imported] == ["False", "False"]
