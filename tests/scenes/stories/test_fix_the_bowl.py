"""What chapter 11 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch11_fix_the_bowl.ruler import RuledPanel
from scenes.ch11_fix_the_bowl.shake import Shake
from scenes.ch11_fix_the_bowl.story import Story
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(11):
        story = story_of(case)
        for sentence in (story.ravine(), story.explosion(), story.upright()):
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


def test_a_rate_is_said_to_explode_where_the_loss_grows(notebook: Lesson) -> None:
    assert "of 0.01 now explodes" in str(story_of(told(notebook)).explosion())
    slow = replace(notebook, learning_rate=1e-6)
    assert story_of(told(slow)).explodes is False
    assert "still holds" in str(story_of(told(slow)).explosion())


def test_the_ear_is_told_kappa_roughly(notebook: Lesson) -> None:
    ravine = story_of(told(notebook)).ravine()
    assert "Its kappa is 7921." in str(ravine)
    assert "7900" in ravine.for_the_ear()


def test_the_numbers_of_the_other_x_have_room_on_the_map_that_grows() -> None:
    for case in cases(11):
        story = story_of(case)
        assert story.highest >= story.first_steps.losses.max() - case.theory.minimum_loss, case.name


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.5, 1.0])
def test_the_bowl_of_shaken_points_has_its_bottom_where_it_is_drawn(
    notebook: Lesson, moment: float
) -> None:
    case = told(notebook)
    panel = RuledPanel(STAGE, case.loss, [notebook.start, case.theory.minimum])
    plane = RoundMap(STAGE, case.loss, case.theory, 10.0, 1.0)
    shake = Shake(case.loss, panel, plane)
    shaken = told(replace(notebook, y=notebook.y + shake.off(moment)))
    assert case.theory.minimum + shake.moved(moment) == pytest.approx(shaken.theory.minimum)
    assert shaken.theory.hessian == pytest.approx(case.theory.hessian)


def test_the_parameter_that_multiplies_x_is_the_slope(notebook: Lesson) -> None:
    a, b = notebook.parameters
    turned = notebook.prediction.subs({a: b, b: a}, simultaneous=True)
    assert story_of(told(notebook)).slope_and_shift == ["a", "b"]
    assert story_of(told(replace(notebook, prediction=turned))).slope_and_shift == ["b", "a"]
