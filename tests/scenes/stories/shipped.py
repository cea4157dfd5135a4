"""The shipped lessons that a chapter is told of, each from its start and from across its minimum."""

from dataclasses import dataclass, replace

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


@dataclass(frozen=True)
class Told:
    """A lesson with all that a chapter's story is made of."""

    lesson: Lesson
    loss: NumericLoss
    theory: Convergence
    trajectory: Trajectory


def told(lesson: Lesson) -> Told:
    loss = compile_loss(lesson)
    walked = descend(loss, lesson.rule, lesson.start, lesson.steps)
    return Told(lesson, loss, convergence(loss), walked)


def each_told(chapter: int) -> pytest.MarkDecorator:
    """Every lesson that ``chapter`` may be told of, as shipped and mirrored at its minimum."""
    needs = LECTURE[chapter].needs
    cases = {}
    for path in [ROOT / "lesson.toml", *sorted((ROOT / "lessons").glob("*.toml"))]:
        given = told(load_lesson(path))
        mirrored = replace(given.lesson, start=2 * given.theory.minimum - given.lesson.start)
        cases[path.stem] = given
        try:
            cases[f"{path.stem}, mirrored"] = told(mirrored)
        except LessonError:
            # What a formula has no value for is no start.
            continue
    meet = {
        name: case
        for name, case in cases.items()
        if not set(needs) & set(unmet_requirements(case.lesson))
    }
    return pytest.mark.parametrize("case", meet.values(), ids=meet)


def is_whole(sentence: Message) -> bool:
    """Whether a sentence is filled in and says no number that is none."""
    text = str(sentence)
    return text.endswith((".", "?")) and not set(text) & set("{}") and "undefined" not in text
