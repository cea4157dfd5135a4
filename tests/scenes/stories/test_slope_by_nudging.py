"""What chapter 4 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, compile_loss
from gdmath.lesson import PREDICTION, Y
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, float(case.theory.minimum[INDEX]))


@each_told(4)
def test_the_nudge_leads_down_and_then_shrinks(case: Told) -> None:
    story = story_of(case)
    low, high = story.reach
    assert low < story.at < story.at + story.narrow < high or story.wide < 0
    assert low < story.at + story.wide < high
    assert np.sign(story.wide) == np.sign(story.narrow) == -np.sign(story.slope)
    assert 50 <= story.wide / story.narrow <= 500
    assert np.log10(abs(story.narrow)) == pytest.approx(round(np.log10(abs(story.narrow))))
    assert is_whole(story.what_is_left())


def test_the_narrow_secant_of_a_parabola_is_off_by_half_its_curvature(notebook: Lesson) -> None:
    case = told(notebook)
    story = story_of(case)
    curvature = case.loss.hessian(notebook.start)[INDEX, INDEX]
    off = story.quotient(story.narrow) - story.slope
    assert off == pytest.approx(story.narrow * curvature / 2)


def test_a_nudge_keeps_near_the_lesson_where_the_loss_is_straight(notebook: Lesson) -> None:
    lesson = replace(notebook, pointwise=sp.Abs(PREDICTION - Y))
    # From −1 to 3 there are 4; twice as far is the most that counts.
    assert abs(Story(compile_loss(lesson), 3.0).wide) == pytest.approx(0.6 * 2 * 4)


def test_a_level_parameter_is_nudged_too(notebook: Lesson) -> None:
    level = replace(notebook, x=[-1.0, 0.0, 1.0], y=[1.0, 1.0, 1.0], start=[0.0, 3.0])
    story = Story(compile_loss(level), 0.0)
    assert (story.slope, story.wide, story.narrow) == (0, 0.6e-3, 1e-5)
    assert story.quotient(story.narrow) > 0
