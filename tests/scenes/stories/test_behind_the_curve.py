"""What chapter 16 tells follows the facts, for every shipped lesson and from mirrored starts."""

from functools import cache

import numpy as np
import pytest

from gdmath.descent import CLOSE
from scenes.ch16_behind_the_curve.story import DIGITS, PLAIN, Story, parting
from scenes.kit.wording import significant
from tests.scenes.stories.shipped import Told, cases, is_whole

LINE = 0.008
"""The width of a line, as a share of the height of the panel it is drawn on."""


@pytest.fixture(autouse=True)
def _lessons_that_arrive_late_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdmath.descent.MOST_STEPS", 3000)


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory)


def test_each_sentence_is_filled_in() -> None:
    assert cases(16)
    for case in cases(16):
        story = story_of(case)
        for sentence in (
            story.two_fates(),
            story.on_a_linear_axis(story.share_of_a_line(LINE)),
            story.in_powers_of_ten(None),
            story.in_powers_of_ten(7),
            story.by_the_gradient(None),
            story.by_the_gradient(7),
            story.why(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_when_the_curve_is_flat_one_has_arrived_and_the_other_has_not() -> None:
    for case in cases(16):
        story = story_of(case)
        off = np.abs(story.ends / case.theory.minimum - 1).max(axis=1)
        own, twin, _ = off
        assert twin <= CLOSE < own, case.name
        assert story.late is None or story.last < story.late


def test_on_a_linear_axis_nobody_ever_sees_two_curves() -> None:
    for case in cases(16):
        own, twin, _ = story_of(case).descents
        assert np.abs(own.losses - twin.losses).max() < LINE * own.losses[0], case.name


def test_a_mirror_image_has_the_same_loss_and_gradient_at_every_step() -> None:
    for case in cases(16):
        own, _, mirror = story_of(case).descents
        assert [significant(loss, DIGITS) for loss in own.losses] == [
            significant(loss, DIGITS) for loss in mirror.losses
        ]
        lengths = [np.hypot(*descent.gradients.T) for descent in (own, mirror)]
        assert lengths[0] == pytest.approx(lengths[1])


def test_the_mirror_s_start_is_what_the_moving_dot_comes_to() -> None:
    for case in cases(16):
        story = story_of(case)
        own, _, mirror = story.descents
        for share, start in ((1, own.parameters[0]), (-1, mirror.parameters[0])):
            assert story.between(share) == pytest.approx(start)


def test_the_gradient_tells_whatever_noise_there_is() -> None:
    for case in cases(16):
        own, twin, _ = story_of(case).descents
        powers = [np.log10(np.hypot(*descent.gradients.T)) for descent in (own, twin)]
        assert parting(*powers, LINE * np.ptp(powers)) is not None, case.name


def test_noise_hides_the_flat_part_from_the_logarithm_of_the_loss() -> None:
    told = {}
    for case in cases(16):
        own, twin, _ = story_of(case).descents
        powers = [np.log10(descent.losses) for descent in (own, twin)]
        told[case.name] = parting(*powers, LINE * np.ptp(powers))
    assert told["notebook"] is not None
    assert told["noisy_line"] is None


def test_two_series_part_where_they_are_first_a_line_apart() -> None:
    apart = np.array([0, 0.5, 1.5, 3, PLAIN])
    assert parting(apart, np.zeros(len(apart)), 1.0) == 2
    assert parting(apart[:-1], np.zeros(len(apart) - 1), 1.0) is None
