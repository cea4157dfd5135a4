"""What chapter 10 tells follows the facts, for every shipped lesson and from mirrored starts."""

from itertools import pairwise

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch10_how_big_a_step.root import Root
from scenes.ch10_how_big_a_step.story import Rate, Story, rounded
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(10):
        story = story_of(case)
        said = [story.ahead_of_the_others(), story.the_sum_blows_up()]
        if story.has_root:
            said += [story.root.steps(), story.root.end()]
        for sentence in said:
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_six_rates_do_what_they_are_called_for() -> None:
    for case in cases(10):
        story = story_of(case)
        assert all(low < high for low, high in pairwise(story.rates)), case.name
        first = case.theory.coordinates(story.runs[Rate.TO_THE_FLOOR].parameters[1])
        assert first[1] == pytest.approx(0, abs=1e-9 * np.abs(first[0]) + 1e-12), case.name
        stiff = [case.theory.coordinates(run.parameters)[[0, -1], 1] for run in story.runs]
        assert abs(stiff[Rate.BOUND][1]) == pytest.approx(abs(stiff[Rate.BOUND][0])), case.name
        assert abs(stiff[Rate.BLOWING_UP][1]) > abs(stiff[Rate.BLOWING_UP][0]), case.name
        ahead = story.runs[story.ahead].losses[-1]
        assert all(ahead <= story.runs[k].losses[-1] for k in (Rate.BEST, Rate.GLIDING))


def test_the_sum_is_watched_until_it_has_blown_up() -> None:
    for case in cases(10):
        story = story_of(case)
        mean, wild, *_ = story.losses
        assert mean[-1] <= mean[0], case.name
        assert not wild[-1] < 10 * wild[0], case.name


def test_a_root_is_told_of_where_the_loss_is_the_mean_square(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.has_root
    assert len(story.relatives) == 3
    assert all(story_of(case).has_root is (len(story_of(case).losses) == 3) for case in cases(10))


@pytest.mark.parametrize(
    ("roots", "steps", "end"),
    [
        ([9, 5, 3, 2, 1], "no steeper far out", "began as 9.0000; after 4 steps it is 1.0000"),
        ([9, 5, 1, 2, 1], "does not fade", "between an RMSE of 1.0000 and one of 2.0000"),
        ([9, 5, 2, 1, 1.0001], "does not fade", "at an RMSE of 1.0001; the mean has come to"),
    ],
)
def test_a_root_hops_only_if_it_does(roots: list[float], steps: str, end: str) -> None:
    root = Root(np.array(roots), 0.5)
    assert steps in str(root.steps())
    assert end in str(root.end())


def test_a_rate_is_rounded_as_far_as_its_bounds_allow() -> None:
    assert rounded(0.0234, 0.01, 0.03) == 0.02
    assert rounded(0.0234, 0.0231, 0.0239) == 0.0234
    assert rounded(0.0234, 0.02341, 0.02343) == pytest.approx(0.02342)
