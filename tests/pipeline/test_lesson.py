"""One page about a lesson, and that a bad lesson is one line and nothing else."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from gdmath import Lesson
from pipeline.__main__ import main


def test_prints_the_facts_of_the_shipped_lesson(
    root: Path,
    notebook: Lesson,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    slope, offset = np.polyfit(notebook.x, notebook.y, 1)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["lesson"]) == 0
    page = capsys.readouterr().out
    for fact in (
        "Gradient descent fits a line",
        "mean((a*x + b - y)**2)",
        "2*mean(x*(a*x + b - y))",
        f"a = {slope:.6g}, b = {offset:.6g}, where L",
        "condition number 15.2",
        "0.837731",
        "a = 2.6",
        "7 Every step on one clock",
        "0.01, rule plain",
        "about 1398 would do",
    ):
        assert fact in " ".join(page.split())
    assert len(page.splitlines()) < 40, "it is one page"


def test_a_bad_lesson_is_one_line_and_touches_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "data", tmp_path / "data")
    lesson = tmp_path / "bad.toml"
    lesson.write_text((root / "lesson.toml").read_text().replace("rate = 0.01", "rate = 0.9"))
    # The sources are needed to plan by, and the lecture stands where it would be replaced.
    for name in ("scenes", "gdmath", "pipeline", "manim.cfg", "requirements.lock"):
        (tmp_path / name).symlink_to(root / name)
    lecture = tmp_path / "build/high/lecture.mp4"
    lecture.parent.mkdir(parents=True)
    lecture.write_bytes(b"what was rendered before")
    monkeypatch.chdir(tmp_path)
    for command in ("render", "lesson"):
        assert main([command, "--lesson", str(lesson)]) == 2
        output, errors = capsys.readouterr()
        assert output == ""
        assert errors.count("\n") == 1
        assert "bad.toml, line 13, descent.learning_rate: the learning rate 0.9 makes" in errors
    assert lecture.read_bytes() == b"what was rendered before"
    assert [path for path in lecture.parent.iterdir() if path != lecture] == []
