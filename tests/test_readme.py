"""The README is short, and true: its lesson, its targets, and the numbers it tells."""

import re
from pathlib import Path

from gdmath import Lesson, NumericLoss, Trajectory

HOUSEKEEPING = {"help", "format", "environment", "lock", "distclean"}
"""Targets for those who work on the project itself."""
LONGEST = 130


def test_is_read_in_two_minutes(root: Path) -> None:
    assert len((root / "README.md").read_text().splitlines()) <= LONGEST


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
