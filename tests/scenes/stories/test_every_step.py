"""What chapter 7 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from pathlib import Path

import pytest

from gdmath import Convergence, Lesson, compile_loss, convergence, descend, load_lesson
from scenes.ch07_every_step.story import Astray, Story
from scenes.kit.wording import message
from tests.conftest import ROOT

LESSONS = [ROOT / "lesson.toml", *sorted((ROOT / "lessons").glob("*.toml"))]
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def story_of(lesson: Lesson, theory: Convergence | None = None) -> Story:
    loss = compile_loss(lesson)
    minimum = (theory or convergence(loss)).minimum
    walked = descend(loss, lesson.rule, lesson.start, lesson.steps)
    return Story(lesson, walked, minimum, message("line"))


def told(story: Story) -> list[str]:
    said = [story.first_step(), story.the_end(), story.step_lengths(), story.what_changed()]
    if story.overshoot is None:
        return [*map(str, said), str(story.where_the_long_steps_are())]
    return [
        *map(str, said),
        str(story.passing(story.overshoot)),
        str(story.turning(story.overshoot)),
    ]


@each_lesson
def test_each_sentence_is_filled_in(path: Path) -> None:
    for sentence in told(story_of(load_lesson(path))):
        assert sentence.endswith(".")
        assert not set(sentence) & set("{}")
        assert "undefined" not in sentence


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_b_is_told_to_overshoot_from_either_side(notebook: Lesson, start: list[float]) -> None:
    story = story_of(replace(notebook, start=start))
    assert story.overshoot is not None
    assert str(story.passing(story.overshoot)) == (
        "A mark every 20 steps. At step 142, b passes 8.0, where it belongs."
    )
    assert "step 262: it had been making up for the error in a" in str(
        story.turning(story.overshoot)
    )


def test_momentum_is_told_to_carry_a_parameter_on() -> None:
    story = story_of(load_lesson(ROOT / "lessons/momentum.toml"))
    assert story.overshoot is not None
    assert "earlier steps carried it on" in str(story.turning(story.overshoot))
    assert story.astray(story.trajectory.losses, 0, story.trajectory.steps) is None


def test_an_arrow_is_shown_where_it_points_farthest_past_the_minimum(notebook: Lesson) -> None:
    story = story_of(notebook)
    far = 2 + 0 * story.trajectory.losses
    angles = story.trajectory.angle_to(story.minimum)
    assert story.astray(far, 142, 262) == Astray(step=167, angle=angles[167])
    assert story.astray(far / 4, 142, 262) is None
