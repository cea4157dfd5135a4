"""What chapter 8 tells follows the facts, for every shipped lesson and from mirrored starts."""

import numpy as np
import pytest

from gdmath import Lesson, load_lesson
from scenes.ch08_the_bowl.story import Story
from tests.conftest import ROOT
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.trajectory, case.theory)


def test_each_sentence_is_filled_in() -> None:
    for case in cases(8):
        story = story_of(case)
        for sentence in (
            story.one_alone(),
            story.the_other_alone(),
            story.a_surface(),
            story.the_start_rises(),
            story.in_the_map(),
            story.raised(),
            story.nothing_rolls(),
            story.comes_to_rest(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_last_ring_passes_through_the_start() -> None:
    for case in cases(8):
        heights = story_of(case).heights
        assert heights[-1] == pytest.approx(case.trajectory.losses[0]), case.name
        assert (heights > case.theory.minimum_loss).all(), case.name


def test_the_slope_at_the_start_lies_to_one_side_and_a_little_behind() -> None:
    for case in cases(8):
        azimuth = story_of(case).azimuth
        along = np.arctan2(*case.trajectory.gradients[0][::-1]) + azimuth
        assert abs(azimuth) <= np.pi, case.name
        assert np.sin(along) == pytest.approx(np.sin(np.radians(15))), case.name


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_a_step_that_remembers_is_told_by_how_far_off_the_slope_it_goes(name: str) -> None:
    case = told(load_lesson(ROOT / f"lessons/{name}.toml"))
    story = story_of(case)
    assert str(story.nothing_rolls()).startswith("It moves by steps alone.")
    angle = f"{np.nanmax(case.trajectory.step_angles[:-1]):.1f}"
    assert "need not go straight down: step " in str(story.comes_to_rest())
    assert float(str(story.comes_to_rest()).split(" is ")[1].split("°")[0]) <= float(angle)


def test_plain_steps_die_with_the_slope(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert str(story.nothing_rolls()).startswith("Nothing rolls.")
    assert "as that fades, so do the steps" in str(story.comes_to_rest())
