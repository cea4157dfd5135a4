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
    for place in (story.at - story.wide, story.at + story.narrow, story.at + story.wide):
        assert low < place < high
    assert np.sign(story.wide) == np.sign(story.narrow) == -np.sign(story.slope)
    assert 50 <= story.wide / story.narrow <= 500
    assert np.log10(abs(story.narrow)) == pytest.approx(round(np.log10(abs(story.narrow))))
    for sentence in (
        story.keep_one(),
        story.short_cut(),
        story.getting_better(),
        story.both_sides(),
    ):
        assert is_whole(sentence), sentence


@each_told(4)
def test_the_error_falls_with_the_nudge_and_rises_again(case: Told) -> None:
    story = story_of(case)
    (_, first), (_, least), (_, last) = story.errors[[0, story.turn, -1]]
    assert least < min(first, last) - 2
    assert 1e-9 < story.most_exact.value < 1e-5
    spoilt = abs(story.quotient(story.noisy) - story.slope)
    assert spoilt > 1e-4 * abs(story.slope)


@each_told(4)
def test_the_two_losses_begin_alike_and_differ_in_the_end(case: Told) -> None:
    first, second = story_of(case).losses
    assert first[:5] == second[:5]
    assert first != second


@each_told(4)
def test_the_bend_cancels_completely_on_a_parabola_only(case: Told) -> None:
    story = story_of(case)
    off = abs(story.both_ways(story.wide) - story.slope)
    completely = "completely" in str(story.both_sides())
    assert completely == case.loss.is_quadratic
    assert not completely or off < 1e-9 * max(1, abs(story.slope))


def test_the_narrow_secant_of_a_parabola_is_off_by_half_its_curvature(notebook: Lesson) -> None:
    case = told(notebook)
    story = story_of(case)
    curvature = case.loss.hessian(notebook.start)[INDEX, INDEX]
    off = story.quotient(story.narrow) - story.slope
    assert off == pytest.approx(story.narrow * curvature / 2)
    assert "ten times better" in str(story.getting_better())


def test_a_nudge_keeps_near_the_lesson_where_the_loss_is_straight(notebook: Lesson) -> None:
    lesson = replace(notebook, pointwise=sp.Abs(PREDICTION - Y))
    # From −1 to 3 there are 4; four times as far is the most that counts.
    assert abs(Story(compile_loss(lesson), 3.0).far) == pytest.approx(4 * 4)


def test_a_level_parameter_is_nudged_too(notebook: Lesson) -> None:
    level = replace(notebook, x=[-1.0, 0.0, 1.0], y=[1.0, 1.0, 1.0], start=[0.0, 3.0])
    story = Story(compile_loss(level), 0.0)
    assert (story.slope, story.far, story.narrow) == (0, 1e-3, 1e-6)
    assert story.quotient(story.narrow) > 0
