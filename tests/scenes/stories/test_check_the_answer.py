"""What chapter 12 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch12_check_the_answer.story import SHORTEST, Story
from scenes.kit.wording import Number
from tests.scenes.stories.shipped import Told, cases, is_whole, told


def story_of(case: Told) -> Story:
    return Story(case.lesson, case.theory, case.trajectory)


def numbers(story: Story) -> list[float]:
    """The numbers of the sentence about the losses, as a viewer reads them."""
    written = [n for n in story.how_much_was_left().english().numbers if isinstance(n, Number)]
    return [float(number.replace("\N{MINUS SIGN}", "-")) for number in written]


def test_each_sentence_is_filled_in() -> None:
    for case in cases(12):
        story = story_of(case)
        for sentence in (story.solved(), story.how_far_off(), story.how_much_was_left()):
            assert is_whole(sentence), sentence


def test_the_least_loss_is_never_told_to_be_above_the_one_reached() -> None:
    for case in cases(12):
        reached, *least = numbers(story_of(case))
        assert not least or least[0] < reached, case.name


@pytest.mark.parametrize(
    ("reached", "least", "said"),
    [
        (0.0116, 6.4e-9, "Its loss was 0.012. The least possible is about 1e−8."),
        (3.4, 3.26, "Its loss was 3.4. The least possible is 3.3."),
        (3.261492, 3.261488, "Its loss was 3.26149: to that many digits the least possible."),
        (0.5, 0.04, "Its loss was 0.50. The least possible is 0.040."),
    ],
)
def test_two_losses_are_written_to_tell_them_apart(
    notebook: Lesson, reached: float, least: float, said: str
) -> None:
    case = told(notebook)
    ended = replace(case.trajectory, losses=np.full(case.trajectory.steps + 1, reached))
    story = Story(notebook, replace(case.theory, minimum_loss=least), ended)
    assert str(story.how_much_was_left()) == said


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_the_notebook_is_solved_from_wherever_it_starts(
    notebook: Lesson, start: list[float]
) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert "a is 2.99998 and b is 8.00000" in str(story.solved())
    assert "0.35 off in a, and 0.16 in b" in str(story.how_far_off())


def test_a_leg_that_is_too_short_hides_both(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.shows(np.array([-2 * SHORTEST, 2 * SHORTEST]))
    assert not story.shows(np.array([-2 * SHORTEST, SHORTEST / 2]))
