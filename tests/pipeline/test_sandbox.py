"""A lesson is not judged for ever: what takes too much, or dies, is refused in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def hook(tmp_path: Path) -> Path:
    """A folder whose `sitecustomize` leaves the judge one second."""
    (tmp_path / "sitecustomize.py").write_text("import pipeline.sandbox as it\nit.LONGEST = 1\n")
    return tmp_path


@pytest.mark.parametrize("command", ["render", "plan", "lesson"])
def test_a_lesson_that_takes_too_long_is_refused(
    project: Path, run: Callable, hook: Path, command: str
) -> None:
    (project / "slow.toml").write_text("slow\n")
    outcome = run(project, command, "--lesson", "slow.toml", hook=hook)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == "slow.toml: it takes longer than 1 s\n"
    assert not (project / "build").exists()


def test_a_lesson_that_takes_all_the_memory_is_refused(project: Path, run: Callable) -> None:
    (project / "large.toml").write_text("large\n")
    outcome = run(project, "plan", "--lesson", "large.toml")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == "large.toml: it takes more than 4 GB of memory\n"


def test_a_judge_that_dies_is_no_traceback(project: Path, run: Callable) -> None:
    (project / "gdmath/__init__.py").write_text("import os; os.kill(os.getpid(), 9)\n")
    outcome = run(project, "plan")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("lesson.toml: what judged it died (SIGKILL); ")
