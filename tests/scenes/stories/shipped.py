"""The shipped lessons that a chapter is told of, from their starts and from mirrored ones."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

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
    needs = set(LECTURE[chapter].needs)
    found = [case for path in LESSONS for case in shipped(path)]
    return [case for case in found if not needs & set(unmet_requirements(case.lesson))]


@cache
def shipped(path: Path) -> list[Told]:
    lesson = load_lesson(path)
    thinned = slice(None, None, -(-lesson.x.size // ENOUGH))
    given = told(replace(lesson, x=lesson.x[thinned], y=lesson.y[thinned]), path.stem)
    mirrored = replace(given.lesson, start=2 * given.theory.minimum - given.lesson.start)
    try:
        return [given, told(mirrored, f"{path.stem}, mirrored")]
    except LessonError:
        # From there nothing may be found, or a formula has no value.
        return [given]


def each_told(chapter: int) -> pytest.MarkDecorator:
    """A test with each of the lessons that ``chapter`` may be told of as its ``case``."""
    found = cases(chapter)
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


def is_whole(sentence: Message) -> bool:
    """Whether a sentence is filled in and says no number that is none."""
    text = str(sentence)
    return text.endswith((".", "?")) and not set(text) & set("{}") and "undefined" not in text
