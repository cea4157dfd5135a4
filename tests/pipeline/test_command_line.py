"""What a person may get wrong, each told in one line with nothing touched."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MISTAKES = [
    (["render", "--quality", "ultra"], "'ultra'.*'draft', 'medium', 'high'"),
    (["render", "--theme", "pink"], "'pink' is no theme; there are dark, light"),
    (["render", "--jobs", "0"], "'0' is not a whole number of at least 1"),
    (["render", "--jobs", "two"], "'two' is not a whole number of at least 1"),
    (["preview"], "--chapter"),
    (["watch"], "--chapter"),
    (["watch", "--chapter", "1 2"], "'1 2' is more than one chapter"),
    (["watch", "--chapter", "99"], "no chapter 99"),
    (["watch", "--chapter", "1", "--lesson", "wrong.toml"], "the learning rate is wrong"),
    (["preview", "--chapter", "seven"], "'seven' is not a chapter number"),
    (
        ["preview", "--chapter", "99"],
        "no chapter 99; the chapters are 1 A square, and & <more>; 2 A circle; 4 A dot η",
    ),
    (["render", "--lesson", "nowhere.toml"], "nowhere.toml: the lesson cannot be read"),
    (["render", "--lesson", "wrong.toml"], "wrong.toml: the learning rate is wrong"),
    (["review", "--lesson", "wrong.toml"], "wrong.toml: the learning rate is wrong"),
    (["plan", "--lesson", "wrong.toml"], "wrong.toml: the learning rate is wrong"),
]


@pytest.mark.parametrize(("arguments", "told"), MISTAKES)
def test_a_mistake_is_told_in_one_line_and_nothing_is_touched(
    project: Path, run: Callable, arguments: list[str], told: str
) -> None:
    (project / "wrong.toml").write_text("wrong = true\n")
    outcome = run(project, *arguments)
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    (line,) = outcome.stderr.splitlines()
    for part in told.split(".*"):
        assert part in line
    assert not (project / "build").exists()


@pytest.mark.parametrize("command", ["render", "plan", "slides", "watch"])
def test_a_wrong_theme_in_the_environment_is_a_mistake_too(
    project: Path, run: Callable, command: str
) -> None:
    outcome = run(project, command, THEME="pink")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr == "argument --theme: 'pink' is no theme; there are dark, light\n"


def test_films_of_another_theme_have_a_folder_of_their_own(rendered: Path, run: Callable) -> None:
    draft = ["--quality", "draft", "--chapter", "1"]
    before = (rendered / "build/draft/ch01_square.mp4").stat().st_mtime_ns
    assert "not rendered yet" in run(rendered, "plan", *draft, THEME="light").stdout
    assert run(rendered, "render", *draft, "--theme", "light").returncode == 0
    assert (rendered / "build/draft-light/ch01_square.mp4").exists()
    assert (rendered / "build/draft/ch01_square.mp4").stat().st_mtime_ns == before
    for asked in ({}, {"THEME": "light"}):
        assert "up to date" in run(rendered, "plan", *draft, **asked).stdout


def test_a_wrong_lesson_leaves_what_was_rendered_from_the_right_one(
    rendered: Path, run: Callable
) -> None:
    before = {path: path.stat().st_mtime_ns for path in rendered.rglob("build/**/*")}
    (rendered / "lesson.toml").write_text("wrong = true\n")
    assert run(rendered, "render", "--quality", "draft").returncode == 2
    assert {path: path.stat().st_mtime_ns for path in rendered.rglob("build/**/*")} == before


@pytest.mark.parametrize("word", ["1 4", "1,4", "1, 4"])
def test_chapters_may_come_in_one_word_as_make_hands_them_on(
    project: Path, run: Callable, word: str
) -> None:
    lines = run(project, "plan", "--chapter", word).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["ch01", "ch04"]


@pytest.mark.parametrize("arguments", [["--help"], ["plan"], ["render", "--quality", "draft"]])
def test_what_renders_nothing_imports_nothing_heavy(
    rendered: Path, root: Path, arguments: list[str]
) -> None:
    if arguments == ["plan"]:
        (rendered / "scenes/ch04_dot.py").write_text("a change that nobody renders")
    code = (
        "import atexit, sys; from pipeline.__main__ import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"main({arguments})"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        cwd=rendered,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(outcome.stderr.split())
    heavy = {"manim", "numpy", "sympy", "typst", "rich.progress", "gdmath"}
    if arguments[0] != "render":
        heavy |= {"av", "rich"}
    assert loaded & heavy == set()
