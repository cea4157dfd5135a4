"""What chapter 9 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch09_why_it_crawls.left_over import LeftOver
from scenes.ch09_why_it_crawls.story import FLAT, STIFF, Story, arriving
from scenes.kit.wording import fixed
from tests.scenes.stories.shipped import Told, cases, is_whole, told


@pytest.fixture(autouse=True)
def _lessons_that_arrive_late_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdmath.descent.MOST_STEPS", 3000)


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(9):
        story = story_of(case)
        for sentence in (
            story.how_it_went(),
            story.two_directions(),
            story.move(STIFF, story.pivot(STIFF, -np.inf, np.inf)),
            story.move(FLAT, None),
            story.each_has_its_factor(),
            story.who_leads(),
            story.left_over.sentence(),
            story.half_lives(),
            story.why(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_stop_shows_which_part_is_said_to_lead() -> None:
    for case in cases(9):
        story = story_of(case)
        assert 0 < story.stop < story.last, case.name
        parts = case.theory.loss_parts(story.followed.parameters)
        leads = (
            parts[[story.stop - 1, story.stop], FLAT] > parts[[story.stop - 1, story.stop], STIFF]
        )
        said = str(story.who_leads())
        assert leads[1] == ("Both" not in said), case.name
        assert (leads[1] and not leads[0]) == ("From step" in said), case.name


def test_the_map_shows_the_descent_that_is_followed() -> None:
    for case in cases(9):
        story = story_of(case)
        away = np.linalg.norm(story.followed.parameters - case.theory.minimum, axis=1)
        shown = story.reach if story.close_by is None else story.close_by.reach
        assert away.max() <= shown, case.name
        if story.closer is not None:
            assert away[story.stop :].max() <= story.closer < shown, case.name


@pytest.mark.parametrize(
    ("start", "steps", "said"),
    [
        ((0.01, 1.0), 400, "From step"),
        ((0.01, 1.0), 20, "Both parts shrink"),
        ((1.0, 0.01), 400, "from the start"),
    ],
)
def test_it_is_told_which_part_leads(
    notebook: Lesson, start: tuple[float, float], steps: int, said: str
) -> None:
    theory = told(notebook).theory
    start = theory.minimum + theory.eigenvectors @ start
    story = story_of(told(replace(notebook, start=start, steps=steps)))
    assert said in str(story.who_leads())


@pytest.mark.parametrize(
    ("flat", "stiff", "said", "reason"),
    [
        (0.998, 0.0, "stiff part is gone, but nearly all of the flat part", "direction is done"),
        (0.62, 0.0, "stiff part is gone, but 62 % of the flat part", "direction is done"),
        (0.97, 0.4, "40 % of the stiff part is left, and 97 % of the flat", "One rate has to do"),
        (0.004, 0.0, "both parts are as good as gone", "direction was done first"),
    ],
)
def test_a_part_is_gone_only_if_it_is(flat: float, stiff: float, said: str, reason: str) -> None:
    left = LeftOver(30, flat, stiff)
    assert said in str(left.sentence())
    assert reason in str(left.reason(fixed(7), near=False))


def test_the_notebook_arrives_long_after_its_last_step(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.arrival is not None
    assert str(arriving(story.arrival)) == (
        "So it takes 1968 steps until both parameters are within 1 %."
    )
    assert story_of(told(replace(notebook, steps=story.arrival))).arrival is None
