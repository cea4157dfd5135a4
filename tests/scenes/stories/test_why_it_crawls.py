"""What chapter 9 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch09_why_it_crawls.facts import FLAT, STIFF
from scenes.ch09_why_it_crawls.story import LITTLE, Story, arriving, percent, who_pays
from tests.scenes.stories.shipped import Told, cases, is_whole, told


@pytest.fixture(autouse=True)
def _lessons_that_arrive_late_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdmath.descent.MOST_STEPS", 3000)


@cache
def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory)


@pytest.mark.slow
def test_each_sentence_is_filled_in() -> None:
    for case in cases(9):
        story = story_of(case)
        for sentence in (
            story.how_it_went(),
            story.ellipses(),
            story.goes(STIFF),
            story.goes(FLAT),
            story.move(STIFF, None),
            story.move(FLAT, story.pivot(FLAT, -np.inf, np.inf)),
            story.bends(),
            story.law(),
            story.left(),
            story.half_lives(),
            story.how_many_times(),
            who_pays(),
        ):
            assert is_whole(sentence), f"{case.name}: {sentence}"


def test_the_walkers_start_on_the_map_each_along_its_direction() -> None:
    for case in cases(9):
        story = story_of(case)
        for k, walker in enumerate(story.walkers):
            off = np.abs(case.theory.coordinates(walker.parameters[0]))
            assert 0 < off[k] < story.near, case.name
            assert off[1 - k] < 1e-6 * off[k], case.name


def test_half_or_more_of_the_flat_part_is_left_where_the_stiff_one_is_gone() -> None:
    for case in cases(9):
        story = story_of(case)
        flat, stiff = story.shares[:, story.steps]
        assert flat > 0.49, case.name
        assert (stiff < LITTLE) == ("soon gone" in str(story.left())), case.name
        assert (flat > 0.9) == ("hardly moves" in str(story.goes(FLAT))), case.name


def test_theory_promises_what_is_left_where_it_is_exact() -> None:
    for case in cases(9):
        story = story_of(case)
        if story.close_by is None:
            assert story.shares == pytest.approx(story.promised, abs=1e-9), case.name


def test_a_line_is_lifted_or_swings_about_a_point_nearby(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert "lifts the whole line" in str(story.move(STIFF, None))
    about = story.move(FLAT, story.pivot(FLAT, 0, 1))
    assert "about x = 0.46, amid the points, and few complain" in str(about)
    wide = story_of(told(replace(notebook, x=2 * notebook.x)))
    assert "swings the whole line" in str(wide.move(STIFF, None))


def test_the_notebook_arrives_long_after_its_last_step(notebook: Lesson) -> None:
    story = story_of(told(notebook))
    assert story.arrival == 1968
    assert str(arriving(story.arrival)) == (
        "So you can tell before the first step: 1968 steps "
        "until both numbers are within 1 per cent."
    )
    flat, stiff = (percent(share) for share in story.shares[:, story.steps])
    assert (flat, stiff) == ("53", "0")
