"""What chapter 3 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson, LessonError
from gdmath.landscape import levels
from scenes.ch03_two_knobs_one_map.story import Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, each_told, is_whole, told

WIDE = ((-1e3, 1e3), (-1e3, 1e3))


def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory, message("line"))


def levels_of(case: Told) -> np.ndarray:
    return levels(float(case.loss.value(case.lesson.start)), case.theory.minimum_loss, 7)


@each_told(3)
def test_each_knob_is_said_to_go_where_it_goes(case: Told) -> None:
    story = story_of(case)
    first, second = str(story.the_knob(0)), str(story.the_knob(1))
    assert is_whole(story.the_knob(0))
    assert is_whole(story.the_knob(1))
    assert "walks across" in first
    assert ("walks up" in second) == (story.stops[2, 1] > case.lesson.start[1])


@each_told(3)
def test_the_lines_that_stand_for_all_are_all_over_the_map(case: Told) -> None:
    story = story_of(case)
    low, high = np.sort(story.seen, axis=0)
    assert story.fan.min(axis=0) == pytest.approx(low)
    assert story.fan.max(axis=0) == pytest.approx(high)


def test_the_highest_ring_that_is_whole_is_gone_round(notebook: Lesson) -> None:
    case = told(notebook)
    story, heights = story_of(case), levels_of(case)
    level, ring = story.whole_ring(heights, WIDE)
    assert level == heights.max()
    assert case.loss.value(ring) == pytest.approx(level)
    # On a small window all of these are cut, and one inside them is found.
    small = [(middle - 0.1, middle + 0.1) for middle in case.theory.minimum]
    level, ring = story.whole_ring(heights, (small[0], small[1]))
    assert level < heights.min()
    assert np.array_equal(ring[0], ring[-1])


def test_where_no_ring_is_whole_that_is_said(notebook: Lesson) -> None:
    case = told(notebook)
    with pytest.raises(LessonError, match="choose another start"):
        story_of(case).whole_ring(levels_of(case), ((100.0, 101.0), (100.0, 101.0)))


@pytest.mark.parametrize(("start", "said"), [([-1, 1], "rises"), ([7, 15], "sinks")])
def test_a_line_is_said_to_rise_or_to_sink(notebook: Lesson, start: list[float], said: str) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert f"the line {said}" in str(story.the_knob(1))
    assert "the line tilts" in str(story.the_knob(0))
