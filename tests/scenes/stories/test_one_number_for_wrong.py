"""What chapter 2 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch02_one_number_for_wrong.story import HALFWAY, Story
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.theory.minimum)


@each_told(2)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    assert all(map(is_whole, (story.the_root(), story.the_loss())))


def test_of_points_on_a_line_halfway_to_it_leaves_half_the_root(exact_notebook: Lesson) -> None:
    story = story_of(told(exact_notebook))
    before, after = (story.squares(story.towards_the_minimum(s)).mean() for s in (0, HALFWAY))
    assert np.sqrt(after) == pytest.approx(np.sqrt(before) / 2)


def test_squares_are_told_from_the_left_to_the_right(notebook: Lesson) -> None:
    story = story_of(told(replace(notebook, x=[2.0, 0.0, 1.0], y=[3.0, 0.0, 0.0])))
    assert story.squares(np.zeros(2)).tolist() == [0, 0, 9]
    assert story.squares(np.array([0.0, 2.0])).tolist() == [4, 4, 1]


@pytest.mark.parametrize(("factor", "said"), [(1, "that is the loss, L"), (2, "another relative")])
def test_only_the_mean_square_itself_is_said_to_be_the_loss(
    notebook: Lesson, factor: int, said: str
) -> None:
    story = story_of(told(replace(notebook, pointwise=factor * notebook.pointwise)))
    assert said in str(story.the_loss())
