"""Every chapter of the outline draws what gdmath computes, and its captions can be read."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from scenes.kit.narration import CHARACTERS_PER_SECOND, SHORTEST_CAPTION
from scenes.outline import LECTURE, Entry
from tests.scenes.replay import FRAMES_A_SECOND, Replay

FRAME = 1 / FRAMES_A_SECOND

pytestmark = pytest.mark.parametrize("entry", LECTURE, ids=lambda entry: entry.slug)
Replayed = Callable[[Entry], Replay]


def test_draws_what_is_computed(entry: Entry, replayed: Replayed) -> None:
    seen = replayed(entry)
    assert seen.wrong == []
    assert seen.checked, "a chapter that claims nothing proves nothing"


def test_draws_nothing_that_is_not_accounted_for(entry: Entry, replayed: Replayed) -> None:
    assert replayed(entry).unclaimed == []


def test_stays_in_the_safe_area(entry: Entry, replayed: Replayed) -> None:
    assert replayed(entry).astray == []


def test_beats_follow_one_another_to_the_end(entry: Entry, replayed: Replayed) -> None:
    seen = replayed(entry)
    assert seen.beats[0].start == 0
    for before, after in pairwise(seen.beats):
        assert before.end == pytest.approx(after.start)
    assert seen.beats[-1].end == pytest.approx(seen.seconds)


def test_captions_can_be_read_in_their_time(entry: Entry, replayed: Replayed) -> None:
    for beat in replayed(entry).beats:
        if beat.sentence:
            needed = max(SHORTEST_CAPTION, len(beat.sentence) / CHARACTERS_PER_SECOND)
            # A pause is cut to whole frames, of which this replay has few.
            assert beat.duration >= needed - FRAME, beat.sentence


def test_lasts_as_long_as_a_chapter_should(entry: Entry, replayed: Replayed) -> None:
    assert 30 <= replayed(entry).seconds <= 90
