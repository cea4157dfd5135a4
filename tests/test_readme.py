"""The README is held to what the project is: its tree, its lesson, and the numbers it tells."""

import ast
import re
from pathlib import Path

from gdmath import Lesson, NumericLoss, Trajectory

PACKAGES = ("gdmath", "scenes", "pipeline")
OUTLINE = {
    "README.md": "",
    "Makefile": "what can be done: `make` alone lists it",
    "manim.cfg": "the final picture and its encoder",
    "lesson.toml": "the lesson being taught",
    "data/": "its points",
    "lessons/": "other lessons, a file each",
    "gdmath/": "mathematics: SymPy and NumPy, never a picture",
    "scenes/": "the lecture: one file a chapter, in viewing order",
    "pipeline/": "the tool behind `make render`",
    "tests/": "the proof: mirrors of the three packages, and of the set-up",
    "docs/": "architecture, the lesson file, writing a scene, decisions",
    "environment/": "the set-up behind every target",
    "pyproject.toml": "what the project needs",
    "requirements.lock": "and exactly which, each package by its hash",
}

HOUSEKEEPING = {"help", "format", "environment", "lock", "distclean"}
"""Targets for those who work on the project itself."""
WIDTH = 30


def summary(path: Path) -> str:
    """The first sentence of a module's docstring, without the name it may begin with."""
    line = (ast.get_docstring(ast.parse(path.read_text())) or "").splitlines()[0]
    line = re.sub(r"^[A-Z]\w+: ", "", line)
    return line.split(". ")[0].rstrip(".")


def branch(folder: Path, depth: int) -> list[str]:
    """The lines of the tree for the modules below ``folder``."""
    lines = []
    for path in sorted(folder.iterdir()):
        name = "  " * depth + path.stem
        if path.is_dir() and (path / "__init__.py").exists():
            lines.append(f"{name + '/':<{WIDTH}}{summary(path / '__init__.py')}")
            lines += branch(path, depth + 1)
        elif path.suffix == ".py" and path.stem != "__init__":
            lines.append(f"{name:<{WIDTH}}{summary(path)}")
    return lines


def tree(root: Path) -> str:
    """The tree as the README shows it: a line a file, in the words of the files themselves."""
    lines = []
    for name, words in OUTLINE.items():
        lines.append(f"{name:<{WIDTH}}{words}".rstrip())
        if name.rstrip("/") in PACKAGES:
            lines += branch(root / name.rstrip("/"), 1)
    return "\n".join(lines)


def test_shows_the_tree_as_it_is(root: Path) -> None:
    shown = (root / "README.md").read_text().partition("## The tree")[2].split("```")[1].strip("\n")
    assert shown == tree(root), f"the README's tree should be:\n{tree(root)}"


def test_shows_the_lesson_as_it_is(root: Path) -> None:
    assert (root / "lesson.toml").read_text().strip() in (root / "README.md").read_text()


def test_tells_the_notebooks_numbers(
    root: Path, notebook: Lesson, loss: NumericLoss, trajectory: Trajectory
) -> None:
    text = (root / "README.md").read_text()
    root_mean_square = float(loss.value(notebook.start)) ** 0.5
    assert f"printed, that number is {root_mean_square:.4f}" in text
    assert f"a is {trajectory.parameters[400, 0]:.4f}, not 3" in text


def test_names_what_can_be_done(root: Path) -> None:
    text = (root / "README.md").read_text()
    targets = set(re.findall(r"^([a-z]+):.*##", (root / "Makefile").read_text(), re.M))
    assert {"render", "test"} <= targets
    assert {target for target in targets - HOUSEKEEPING if f"make {target}" not in text} == set()
