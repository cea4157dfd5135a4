"""What chapter 6 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson
from gdmath.lesson import X
from scenes.ch06_one_step.story import Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory.minimum)


@each_told(6)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    for sentence in (
        story.an_arrow(),
        story.a_share_of_it(),
        story.the_rate(comes_close=True),
        story.the_rate(comes_close=False),
        story.the_update(),
        story.the_loss_falls(message("line")),
        story.without_the_minus(),
        story.question(),
    ):
        assert is_whole(sentence), sentence


@each_told(6)
def test_the_map_has_room_for_the_arrow_as_it_turns(
    case: Told,
) -> None:
    story = story_of(case)
    start, up, down = story.ends
    uphill = story.seen[0] - start
    assert up - start == pytest.approx(start - down)
    share = np.linalg.norm(up - start) / np.linalg.norm(uphill)
    assert up - start == pytest.approx(share * uphill)
    assert np.linalg.norm(uphill) <= 2.5 * story.distance * (1 + 1e-9)
    low, high = story.seen.min(axis=0), story.seen.max(axis=0)
    for turned in (uphill, uphill[::-1], -uphill):
        assert (low <= start + turned).all()
        assert (start + turned <= high).all()


def test_the_whole_gradient_is_called_too_much_only_where_the_loss_would_rise(
    notebook: Lesson,
) -> None:
    assert "far too much. Take 1 % of it." in str(story_of(told(notebook)).a_share_of_it())
    narrow = told(replace(notebook, x=notebook.x / 2, y=notebook.y / 2, start=np.array([0.0, 0.0])))
    gentle = replace(narrow.lesson, pointwise=narrow.lesson.pointwise / 4)
    assert "Be careful" in str(story_of(told(gentle)).a_share_of_it())


def test_the_numbers_told_are_those_of_the_notebook(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.drawn == 1
    assert "stirs, and the loss falls from 77.0 to 73.4." in str(
        story.the_loss_falls(message("line"))
    )
    assert str(story.without_the_minus()).endswith("to 80.7.")
    assert "helped a little" in str(story.question())


def test_a_step_up_may_lead_to_where_no_loss_is(notebook: Lesson) -> None:
    a, b = notebook.parameters
    logarithm = replace(
        notebook,
        prediction=a * X + b,
        pointwise=notebook.pointwise - sp.log(10.41 - a) / 1000,
        start=np.array([10.4, 8.0]),
    )
    assert "no loss at all" in str(story_of(told(logarithm)).without_the_minus())
