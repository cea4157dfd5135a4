"""What chapter 0 tells follows the facts, for every shipped lesson and from mirrored starts."""

from dataclasses import replace

import numpy as np
import pytest

from gdmath import Lesson
from scenes.ch00_it_looks_done.story import CLOSE, Story, chapters_left_out
from scenes.kit.wording import message
from tests.scenes.stories.shipped import Told, each_told, is_whole, told


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson that takes longer than this to arrive is not waited for."""
    monkeypatch.setattr("gdmath.descent.MOST_STEPS", 4000)


def story_of(case: Told) -> Story:
    return Story(case.loss, case.trajectory, case.theory, message("line"))


@each_told(0)
def test_each_sentence_is_filled_in(case: Told) -> None:
    story = story_of(case)
    said = [story.the_points(), story.the_clip(), story.a_number(), story.arrived()]
    said += [chapters_left_out(1), chapters_left_out(2)]
    for yes in (True, False):
        said += [story.how_it_looks(yes), story.arriving(7, yes), story.still_off(yes)]
    for sentence in said:
        assert is_whole(sentence), sentence


@each_told(0)
def test_what_is_far_off_is_told_from_the_best(case: Told) -> None:
    story = story_of(case)
    for k, off in enumerate(story.off):
        stands, best = story.numbers(k)
        assert (stands != best) or off < CLOSE
        assert best.value == case.theory.minimum[k]


@each_told(0)
def test_under_the_glass_the_error_is_seen(case: Told) -> None:
    story = story_of(case)
    end = story.end_seen_closer()
    if end is None:
        return
    lines = [case.trajectory.parameters[story.last], case.theory.minimum]
    apart = np.ptp(case.loss.prediction(lines, case.lesson.x), axis=0)
    extremes = np.argsort(case.lesson.x)[[0, -1]]
    assert set(end) & set(extremes)
    assert apart[end].max() == pytest.approx(apart[extremes].max())


@each_told(0)
def test_an_arrival_is_told_only_of_a_descent_that_stays_close(case: Told) -> None:
    story = story_of(case)
    if story.arrival is None:
        return
    assert story.arrival > story.last
    best = case.theory.minimum
    off = np.abs(story.whole_descent.parameters / best - 1).max(axis=1)
    assert off[story.arrival - 1] > CLOSE >= off[story.arrival :].max()


@pytest.mark.parametrize("start", [[-1, 1], [7, 15]], ids=["as given", "mirrored"])
def test_the_clip_looks_done_long_before_it_is(notebook: Lesson, start: list[float]) -> None:
    story = story_of(told(replace(notebook, start=start)))
    assert (story.frames, story.last) == (40, 400)
    assert story.looks_done(notebook.x, 12.0)
    assert not story.looks_done(notebook.x, 0.1)
    assert story.arrival is not None
    assert not story.has_arrived
    shown = [story.frame_by_frame(t) for t in np.linspace(0, 1, 1000)]
    assert len(set(shown)) == story.frames
    assert (shown[0], shown[-1]) == (0, 1)


def test_a_descent_that_ends_close_has_arrived(notebook: Lesson) -> None:
    story = story_of(told(replace(notebook, steps=20000, steps_per_frame=5000)))
    assert story.has_arrived
    assert story.arrival is None


def test_only_points_free_of_noise_are_said_to_tell_the_truth(notebook: Lesson) -> None:
    exact = story_of(told(notebook))
    assert (exact.slope, exact.is_exact) == (0, True)
    assert "It should be 3: these points are free of noise" in str(exact.a_number())
    noisy = story_of(told(replace(notebook, y=notebook.y + np.sin(99 * notebook.x))))
    assert "The best line has" in str(noisy.a_number())
