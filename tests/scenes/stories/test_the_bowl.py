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
            story.the_map(),
            story.across(),
            story.the_other_way(),
            story.all_ways(),
            story.rings(),
            story.the_guess(),
            story.no_upward_part(),
            story.fall(1.0),
            story.fall(0.01),
            story.from_the_side(),
            story.nothing_rolls(),
            story.why_does_it_creep(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_first_slice_is_the_steeper() -> None:
    for case in cases(8):
        first, second = story_of(case).order
        curvatures = np.diag(case.theory.hessian)
        assert {first, second} == {0, 1}
        assert curvatures[first] >= curvatures[second], case.name
        flatter = "flatter" in str(story_of(case).the_other_way())
        assert flatter == (curvatures[first] > 1.3 * curvatures[second]), case.name


def test_a_stop_is_on_the_open_slope() -> None:
    for case in cases(8):
        stop = story_of(case).stop
        assert 0 < stop < case.trajectory.steps, case.name


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_what_has_speed_is_not_told_to_have_none(name: str) -> None:
    story = story_of(told(load_lesson(ROOT / f"lessons/{name}.toml")))
    assert "it moves by steps alone" in str(story.nothing_rolls())


def test_it_asks_why_it_creeps_where_the_next_chapter_answers(notebook: Lesson) -> None:
    assert str(story_of(told(notebook)).why_does_it_creep()).endswith("Why does it creep?")
    adam = story_of(told(load_lesson(ROOT / "lessons/adam.toml")))
    assert "Why does it creep?" not in str(adam.why_does_it_creep())
