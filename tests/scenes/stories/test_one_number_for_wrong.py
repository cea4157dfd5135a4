"""What chapter 2 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from gdmath.lesson import X
from scenes.ch02_one_number_for_wrong.story import Story
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory.minimum)


@each_told(2)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    said = story.the_question(), story.the_mean(), story.the_root(), story.another_loss()
    assert all(map(is_whole, said))


@each_told(2)
def test_about_the_level_line_the_errors_cancel(case: Told) -> None:
    level = story_of(case).level
    if level is None:
        return
    residuals = case.loss.residuals(level)
    assert residuals.sum() == pytest.approx(0, abs=1e-9 * np.abs(residuals).sum())
    assert {*np.sign(residuals)} >= {-1, 1}


def test_the_level_line_is_the_one_without_a_slope(notebook: Lesson) -> None:
    a, b = notebook.parameters
    mean = notebook.y.mean()
    assert story_of(told(notebook)).level == pytest.approx([0, mean])
    swapped = replace(notebook, prediction=b * X + a)
    assert story_of(told(swapped)).level == pytest.approx([mean, 0])
    assert story_of(told(replace(notebook, prediction=a * X**2 + b))).level is None


def test_of_points_on_a_line_halfway_to_it_leaves_half_the_root(exact_notebook: Lesson) -> None:
    story = story_of(told(exact_notebook))
    after = story.squares(story.halfway).mean()
    assert np.sqrt(after) == pytest.approx(np.sqrt(story.mean) / 2)


def test_squares_are_told_from_the_left_to_the_right(notebook: Lesson) -> None:
    story = story_of(told(replace(notebook, x=[2.0, 0.0, 1.0], y=[3.0, 0.0, 0.0])))
    assert story.squares(np.zeros(2)).tolist() == [0, 0, 9]
    assert story.squares(np.array([0.0, 2.0])).tolist() == [4, 4, 1]


@pytest.mark.parametrize("factor", [1, 2])
def test_only_the_mean_square_itself_is_said_to_be_the_loss(notebook: Lesson, factor: int) -> None:
    story = story_of(told(replace(notebook, pointwise=factor * notebook.pointwise)))
    assert ("we call it the loss" in str(story.the_mean())) == story.is_mean_square == (factor == 1)
