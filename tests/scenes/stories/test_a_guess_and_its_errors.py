"""What chapter 1 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson
from gdmath.lesson import X
from scenes.ch01_a_guess_and_its_errors.story import Story
from scenes.kit.wording import fixed, message
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    x, y = ((values.min() - 0.1, values.max() + 0.1) for values in (case.lesson.x, case.lesson.y))
    return Story(case.loss, message("line"), x, y)


@each_told(1)
def test_a_tilted_line_is_seen_and_leaves_points_on_both_sides(case: Told) -> None:
    story = story_of(case)
    if story.tilted is None:
        return
    predictions = case.loss.prediction(story.tilted, case.lesson.x)
    assert (story.y[0] <= predictions).all()
    assert (predictions <= story.y[1]).all()
    assert set(np.sign(case.loss.residuals(story.tilted))) >= {-1, 1}


def test_the_line_through_the_notebook_s_points_falls_from_corner_to_corner(
    notebook: Lesson,
) -> None:
    story = replace(story_of(told(notebook)), x=(0.0, 1.0), y=(0.0, 20.0))
    assert story.tilted == pytest.approx([-14.6, 17.0])


def test_a_line_that_misses_all_points_on_one_side_is_not_tilted(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert replace(story, y=(0.0, 5.0)).tilted is None
    # Nor one that would leave the panel between its ends.
    assert replace(story, x=(0.4, 0.6)).tilted is None


def test_a_model_without_a_value_at_an_end_is_not_tilted(notebook: Lesson) -> None:
    a, b = notebook.parameters
    case = told(replace(notebook, prediction=a * sp.log(X) + b, x=notebook.x + 0.5))
    assert story_of(case).tilted is not None
    assert replace(story_of(case), x=(-0.1, 2.0)).tilted is None


@pytest.mark.parametrize(("residual", "side"), [(-10.29, "below"), (0.4, "above")])
def test_a_residual_tells_on_which_side_the_line_is(
    notebook: Lesson, residual: float, side: str
) -> None:
    sentence = story_of(told(notebook)).one_residual(fixed(residual))
    assert is_whole(sentence)
    assert f"The line is {side} the point." in str(sentence)
