"""What chapter 6 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson
from gdmath.lesson import X
from scenes.ch06_one_step.story import Story
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory.minimum)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(6):
        story = story_of(case)
        for sentence in (
            story.two_slopes(),
            story.off_the_minimum(),
            story.the_rate(comes_close=True),
            story.the_rate(comes_close=False),
            story.two_legs(),
            story.the_loss_falls(message("line")),
            story.without_the_minus(),
            story.one_after_the_other(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_arrow_goes_where_the_step_goes() -> None:
    for case in cases(6):
        story = story_of(case)
        _, step, slope = story.first_step
        assert np.linalg.norm(story.downhill) == pytest.approx(story.reach), case.name
        assert story.downhill @ step == pytest.approx(story.reach * np.linalg.norm(step)), case.name
        assert slope @ step < 0, case.name
        short = np.linalg.norm(step) < story.reach
        assert short == ("makes it short" in str(story.the_rate(comes_close=True))), case.name


def test_the_map_shows_the_step_between_both_its_ends() -> None:
    for case in cases(6):
        start, up, down = story_of(case).ends
        assert start == pytest.approx(case.lesson.start), case.name
        assert up - start == pytest.approx(start - down), case.name


def test_a_step_up_may_lead_to_where_no_loss_is(notebook: Lesson) -> None:
    assert "the loss would be" in str(story_of(told(notebook)).without_the_minus())
    a, b = notebook.parameters
    logarithm = replace(
        notebook,
        prediction=a * X + b,
        pointwise=notebook.pointwise - sp.log(10.41 - a) / 1000,
        start=np.array([10.4, 8.0]),
    )
    case = told(logarithm)
    assert "climbs to where no loss is" in str(story_of(case).without_the_minus())


def test_a_mixed_step_is_told_by_its_value_if_it_has_one(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert f"b becomes {story.mixed_value}: not" in str(story.one_after_the_other())
    assert story.mixed_value != f"{story.trajectory.parameters[1, 1]:.4f}"
    vars(story)["mixed"] = np.nan
    assert "there is no slope to go by" in str(story.one_after_the_other())
