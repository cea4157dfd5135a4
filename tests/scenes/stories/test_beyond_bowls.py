"""What chapter 15 tells is true of its own lesson, and follows on every shipped one."""

import numpy as np
import pytest

from gdmath import Lesson, two_basins
from gdmath.requirements import is_line
from scenes.ch15_beyond_bowls.story import REACH, Story
from tests.scenes.stories.shipped import cases, is_whole, told


def story_after(given: Lesson) -> Story:
    own = told(two_basins())
    return Story(given, own.loss, own.theory, own.trajectory)


@pytest.fixture
def story(notebook: Lesson) -> Story:
    return story_after(notebook)


def test_it_begins_with_what_the_lecture_was_about() -> None:
    for case in cases(15):
        said = str(story_after(case.lesson).opening())
        assert ("was a bowl" in said) == is_line(case.lesson), case.name


def test_each_sentence_is_filled_in(story: Story) -> None:
    starts = story.starts([(-REACH, REACH)] * 2)
    for sentence in (
        story.one_neuron(),
        story.many_starts(starts),
        story.it_falls_again(),
    ):
        assert is_whole(sentence), sentence


def test_two_basins_are_equally_deep_and_draw_the_same_curve(story: Story) -> None:
    here, there = story.minima
    assert here.loss == pytest.approx(there.loss)
    x = np.linspace(-3, 3, 7)
    curves = [story.loss.prediction(point.parameters, x) for point in (here, there)]
    assert curves[0] == pytest.approx(curves[1])


def test_it_lingers_near_the_saddle_and_falls_again(story: Story) -> None:
    walked, step = story.trajectory, story.lingers_at
    away = np.linalg.norm(walked.parameters - story.saddle.parameters, axis=1)
    assert away[step] < away[0] / 5
    assert walked.losses[-1] < 0.01 * walked.losses[step]


def test_the_two_ways_down_end_in_the_two_valleys(story: Story) -> None:
    ends = sorted(tuple(way.parameters[-1]) for way in story.ways_down)
    minima = sorted(tuple(point.parameters) for point in story.minima)
    assert np.array(ends) == pytest.approx(np.array(minima), abs=0.1)
    for way in story.ways_down:
        assert (np.diff(way.losses) < 0).all()


def test_one_start_is_on_the_saddle(story: Story) -> None:
    starts = story.starts([(-REACH, REACH)] * 2)
    assert np.abs(starts - story.saddle.parameters).max(axis=1).min() < 1e-9
