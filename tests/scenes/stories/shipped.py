"""The shipped lessons that a chapter is told of, from their starts and from mirrored ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gdmath import (
    Convergence,
    Lesson,
    LessonError,
    NumericLoss,
    Trajectory,
    compile_loss,
    convergence,
    descend,
    load_lesson,
    unmet_requirements,
)
from scenes.kit.wording import Message
from scenes.outline import LECTURE
from tests.conftest import ROOT

ENOUGH = 100
"""Points that make a lesson; more only take time."""
LESSONS = [ROOT / "lesson.toml", *sorted((ROOT / "lessons").glob("*.toml"))]


@dataclass(frozen=True, eq=False)
class Told:
    """A lesson with all that a chapter's story is made of."""

    name: str
    lesson: Lesson
    loss: NumericLoss
    theory: Convergence
    trajectory: Trajectory


def told(lesson: Lesson, name: str = "") -> Told:
    loss = compile_loss(lesson)
    walked = descend(loss, lesson.rule, lesson.start, lesson.steps)
    return Told(name, lesson, loss, convergence(loss), walked)


@cache
def cases(chapter: int) -> list[Told]:
    """Every lesson that ``chapter`` may be told of, as shipped and mirrored at its minimum."""
    return [case for path in LESSONS for case in shipped(path) if applies(chapter, case)]


def applies(chapter: int, case: Told) -> bool:
    """Whether ``chapter`` may be told of a lesson."""
    return not set(LECTURE[chapter].needs) & set(unmet_requirements(case.lesson))


@cache
def shipped(path: Path) -> list[Told]:
    lesson = load_lesson(path)
    thinned = slice(None, None, -(-lesson.x.size // ENOUGH))
    given = told(replace(lesson, x=lesson.x[thinned], y=lesson.y[thinned]), path.stem)
    mirrored = replace(given.lesson, start=2 * given.theory.minimum - given.lesson.start)
    try:
        other = told(mirrored, f"{path.stem}, mirrored")
    except LessonError:
        # From there nothing may be found, or a formula has no value.
        return [given]
    # A descent that overflows is refused before anything is told of it.
    return [given, other] if np.isfinite(other.trajectory.losses).all() else [given]


def each_told(chapter: int) -> Callable[[Callable[[Told], None]], Callable[[Path], None]]:
    """Run a test with each case that ``chapter`` may be told of, a lesson at a time.

    They are worked out when the test runs: to do so for all when it is found takes half a minute.
    """

    def of_each(test: Callable[[Told], None]) -> Callable[[Path], None]:
        @pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
        def of_one(path: Path) -> None:
            for case in shipped(path):
                if applies(chapter, case):
                    test(case)

        return of_one

    return of_each


def is_whole(sentence: Message) -> bool:
    """Whether a sentence is filled in and says no number that is none."""
    text = str(sentence)
    return text.endswith((".", "?")) and not set(text) & set("{}") and "undefined" not in text
