"""What chapter 14 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch14_one_point_at_a_time.story import CAREFUL, Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, cases, is_whole, told


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory, message("line"))


def test_each_sentence_is_filled_in() -> None:
    for case in cases(14):
        story = story_of(case)
        for sentence in (story.the_same_work(), story.it_jitters(), story.noisy_points()):
            assert is_whole(sentence), sentence


@pytest.mark.slow
def test_the_cloud_shrinks_as_the_rate_sinks() -> None:
    for case in cases(14):
        story = story_of(case)
        wide, small = (
            np.ptp(story.noisy_theory.coordinates(run.parameters[-story.count :])[:, 1])
            for run in (story.noisy, story.careful)
        )
        assert small < wide, case.name


def test_a_rate_that_sinks_is_told_step_by_step(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.rate_of(story.noisy, 100) == story.rate_of(story.careful, 0) == story.rate
    assert story.rate_of(story.careful, 5 * story.count) == pytest.approx(story.rate / 2)
    assert story.careful.parameters[0] == pytest.approx(story.noisy.parameters[-1])
    assert story.careful.steps == len(story.careful.batches) == CAREFUL * story.count


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_exact_points_are_shaken(notebook: Lesson, start: list[float]) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert story.exact
    assert story.noisy_loss is not story.loss
    assert str(story.noisy_points()) == (
        "Real points are noisy. Shake them, and no line pleases them all."
    )


def test_noisy_points_are_left_as_they_are(notebook: Lesson) -> None:
    shaken = replace(notebook, y=notebook.y + np.resize([1, -1], notebook.y.size))
    story = story_of(told(shaken))
    assert not story.exact
    assert story.noisy_loss is story.loss
    assert "Does it ever rest?" in str(story.it_jitters())
    assert str(story.noisy_points()) == "These points are noisy: no line pleases them all."
