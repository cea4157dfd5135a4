"""What chapter 10 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch10_how_big_a_step.story import Rate, Story, kept, rounded
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(10):
        story = story_of(case)
        said = [story.stiff_part(), story.flat_part(), story.crossing(), *map(story.tale, Rate)]
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
        assert (np.diff(story.runs[Rate.BLOWING_UP].step_lengths) > 0).all(), case.name


def test_they_start_within_the_map_and_off_both_directions() -> None:
    for case in cases(10):
        story = story_of(case)
        off = np.abs(case.theory.coordinates(story.start))
        assert off.min() > 0, case.name
        assert np.linalg.norm(off) < story.reach, case.name
        last = case.theory.coordinates(story.runs[Rate.BLOWING_UP].parameters[-1])
        assert np.linalg.norm(last) < story.reach * story.growth, case.name


def test_it_is_told_how_the_rates_compare(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert "10 times ours" in str(story.tale(Rate.CREEPING))
    assert "sooner there" in str(story.tale(Rate.GLIDING))
    assert story.losses[Rate.GLIDING][-1] < story.losses[Rate.TO_THE_FLOOR][-1]
    assert "almost all" in str(story.flat_part())
    assert "keeps 88 % a step" in str(story.crossing())
    slower = replace(notebook, learning_rate=0.03)
    assert "Begin small" in str(story_of(told(slower)).tale(Rate.CREEPING))


@pytest.mark.parametrize(
    ("share", "written"), [(0.877, "88"), (0.9996, "99.96"), (1.0, "100.0000"), (0.0, "0")]
)
def test_what_is_kept_is_told_from_all_of_it(share: float, written: str) -> None:
    assert kept(share) == written


def test_a_rate_is_rounded_as_far_as_its_bounds_allow() -> None:
    assert rounded(0.0234, 0.01, 0.03) == 0.02
    assert rounded(0.0234, 0.0231, 0.0239) == 0.0234
    assert rounded(0.0234, 0.02341, 0.02343) == pytest.approx(0.02342)
