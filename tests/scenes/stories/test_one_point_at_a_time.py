"""What chapter 14 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch14_one_point_at_a_time.story import Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, cases, is_whole, told


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory, message("line"))


def test_each_sentence_is_filled_in() -> None:
    for case in cases(14):
        story = story_of(case)
        for sentence in (
            story.the_same_work(),
            story.noisy_points(),
            story.a_cloud(),
            story.a_smaller_cloud(),
        ):
            assert is_whole(sentence), sentence


def test_the_cloud_shrinks_at_the_lower_rate() -> None:
    for case in cases(14):
        story = story_of(case)
        half = len(story.calm.losses) // 2
        wide, small = (
            np.ptp(story.noisy_theory.coordinates(run.parameters[half:])[:, 1])
            for run in (story.noisy, story.calm)
        )
        assert small < wide


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_exact_points_are_shaken(notebook: Lesson, start: list[float]) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert story.exact
    assert story.noisy_loss is not story.loss
    assert str(story.noisy_points()) == (
        "Real points are noisy. Shake every y, and no line meets them all."
    )


def test_noisy_points_are_left_as_they_are(notebook: Lesson) -> None:
    shaken = replace(notebook, y=notebook.y + np.resize([1, -1], notebook.y.size))
    story = story_of(told(shaken))
    assert not story.exact
    assert story.noisy_loss is story.loss
    assert "Let it run on" in str(story.noisy_points())
    assert story.goes_on == "on and on"
