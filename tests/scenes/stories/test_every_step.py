"""What chapter 7 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson, load_lesson
from scenes.ch07_every_step.detour import Detour
from scenes.ch07_every_step.rule_words import how_it_steps
from scenes.ch07_every_step.story import Story
from tests.conftest import ROOT
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.trajectory, case.theory.minimum, case.theory.minimum_loss)


@each_told(7)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    sentences = [
        story.opening(),
        how_it_steps(case.lesson.rule),
        story.by_powers(),
        story.step_lengths(),
        story.why_it_slows(),
        story.question(),
    ]
    if story.most_is_done is not None:
        sentences.append(story.how_it_runs(story.most_is_done))
    if (overshoot := story.overshoot) is None:
        sentences.append(story.going_on())
    else:
        sentences += [
            (detour := Detour(story, overshoot)).passing(),
            detour.past_it(overshoot.crossing),
            detour.reason(np.array([1.0, -1.0])),
            detour.coming_back(),
        ]
    for sentence in sentences:
        assert is_whole(sentence), sentence


@each_told(7)
def test_two_speeds_are_told_where_the_loss_always_falls_and_ever_more_slowly(case: Told) -> None:
    story = story_of(case)
    falls = -np.diff(np.log(story.excess))
    assert not story.has_two_speeds or falls[0] > 3 * falls[np.flatnonzero(falls)[-1]] > 0


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_b_is_told_to_overshoot_from_either_side(notebook: Lesson, start: list[float]) -> None:
    case = told(replace(notebook, start=start))
    story = story_of(case)
    assert story.most_is_done == 48
    assert story.has_two_speeds
    assert story.overshoot is not None
    assert str((detour := Detour(story, story.overshoot)).passing()).startswith(
        "At step 142, b reaches 8.00,"
    )
    x, y = notebook.x, notebook.y
    residuals = case.loss.prediction(case.trajectory.parameters[262], x)[np.argsort(x)] - np.sort(y)
    sides = "left too high" if start[0] < 0 else "left too low"
    assert sides in str(detour.reason(residuals))


def test_momentum_is_told_to_carry_a_parameter_on() -> None:
    case = told(load_lesson(ROOT / "lessons/momentum.toml"))
    story = story_of(case)
    assert story.overshoot is not None
    detour = Detour(story, story.overshoot)
    assert "the steps before carry it on" in str(detour.reason(np.ones(3)))
    assert detour.astray(case.trajectory.losses) is None


def test_an_arrow_is_shown_where_it_points_farthest_past_the_minimum(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.overshoot is not None
    far = 2 + 0 * story.trajectory.losses
    detour = Detour(story, story.overshoot)
    assert detour.astray(far) == 167
    assert detour.astray(far / 4) is None
    assert "here 61° lie between them" in str(detour.past_it(167))
