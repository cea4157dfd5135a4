"""What chapter 12 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch12_check_the_answer.story import SHORTEST, Story
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.theory, case.trajectory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(12):
        story = story_of(case)
        lines = story.zero_along(0), story.zero_along(1)
        for sentence in (*lines, story.solved(), story.how_far_off(), story.for_nothing()):
            assert is_whole(sentence), sentence


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_the_notebook_is_solved_from_wherever_it_starts(
    notebook: Lesson, start: list[float]
) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert "a is 3.00, b is 8.00." in str(story.solved())


def test_the_walker_is_told_to_be_on_the_side_where_it_is(notebook: Lesson) -> None:
    given, mirrored = (
        str(story_of(told(replace(notebook, start=start))).how_far_off())
        for start in ([-1, 1], [7, 15])
    )
    assert "0.35 too low in a, and 0.16 too high in b." in given
    assert "0.35 too high in a, and 0.16 too low in b." in mirrored


def test_a_leg_that_is_too_short_hides_both(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.shows(np.array([-2 * SHORTEST, 2 * SHORTEST]))
    assert not story.shows(np.array([-2 * SHORTEST, SHORTEST / 2]))
