"""What chapter 1 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson
from gdmath.lesson import X
from scenes.ch01_a_guess_and_its_errors.story import BEYOND, Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, each_told, is_whole, told

PICKED = 3


def story_of(case: Told) -> Story:
    return Story(case.loss, message("line"), case.theory.minimum, PICKED)


@each_told(1)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    for sentence in (story.two_numbers(), story.the_guess(), story.one_point(), story.signs()):
        assert is_whole(sentence), sentence
    for word in story.turning:
        assert word in str(story.two_numbers())
    assert f"{story.moved} the line" in str(story.signs())


@each_told(1)
def test_beyond_its_point_a_residual_has_the_other_sign(case: Told) -> None:
    story = story_of(case)
    if story.tilted is None:
        return
    assert np.count_nonzero(story.tilted != case.lesson.start) == 1
    beyond = case.loss.residuals(story.tilted)[PICKED]
    assert beyond == pytest.approx(-BEYOND * story.residual)


def test_a_line_is_tilted_by_its_slope(notebook: Lesson) -> None:
    a, b = notebook.parameters
    tilted = story_of(told(notebook)).tilted
    assert tilted is not None
    assert tilted[1] == notebook.start[1]
    swapped = replace(notebook, prediction=b * X + a)
    assert story_of(told(swapped)).turning == ("lifts", "tilts")


def test_where_a_parameter_changes_nothing_the_line_is_not_tilted(notebook: Lesson) -> None:
    x = notebook.x.copy()
    x[PICKED] = 0
    assert story_of(told(replace(notebook, x=x))).tilted is None
    # Nor is a curve that bends with its parameters.
    a, b = notebook.parameters
    assert story_of(told(replace(notebook, prediction=a + sp.exp(b * X)))).tilted is None


@pytest.mark.parametrize(("start", "said"), [([-1, 1], "Tilt the"), ([7, 15], "Above the point")])
def test_a_residual_tells_on_which_side_the_line_is(
    notebook: Lesson, start: list[float], said: str
) -> None:
    assert said in str(story_of(told(replace(notebook, start=start))).signs())
