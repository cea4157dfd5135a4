"""What chapter 11 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch11_fix_the_bowl.story import Story
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(11):
        story = story_of(case)
        for sentence in (
            story.ravine(),
            story.bound_in_percent(),
            story.upright(),
            story.round(),
            story.lands(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_one_step_finds_the_line_of_the_lesson_s_own_x() -> None:
    for case in cases(11):
        story = story_of(case)
        start, end = story.mapped_back
        assert start == pytest.approx(case.lesson.start), case.name
        assert end == pytest.approx(case.theory.minimum), case.name
        assert story.unmapped != pytest.approx(case.theory.minimum, rel=1e-3), case.name


def test_the_map_shows_the_start_in_each_x_but_percent() -> None:
    for case in cases(11):
        story = story_of(case)
        for scaling in (story.as_given, story.centred, story.standard):
            best = scaling.from_original(case.theory.minimum)
            assert np.linalg.norm(scaling.lesson.start - best) < story.reach, case.name


def test_a_rate_is_said_to_be_too_high_where_the_loss_grows(notebook: Lesson) -> None:
    assert "lies far above the bound" in str(story_of(told(notebook)).bound_in_percent())
    slow = replace(notebook, learning_rate=1e-6)
    assert "a rate has the units of x" in str(story_of(told(slow)).bound_in_percent())
    assert story_of(told(slow)).explodes is False


def test_the_parameter_that_multiplies_x_is_the_slope(notebook: Lesson) -> None:
    a, b = notebook.parameters
    turned = notebook.prediction.subs({a: b, b: a}, simultaneous=True)
    assert story_of(told(notebook)).slope_and_shift == ["a", "b"]
    assert story_of(told(replace(notebook, prediction=turned))).slope_and_shift == ["b", "a"]
