"""The chapters together make one lecture."""

from collections.abc import Callable

from scenes.outline import LECTURE, Entry
from tests.scenes.replay import Replay


def test_lasts_twelve_to_sixteen_minutes(replayed: Callable[[Entry], Replay]) -> None:
    seconds = sum(replayed(entry).seconds for entry in LECTURE)
    # Times are sums of frames, and a replay rounds every pause up to its few frames a second.
    assert 12 * 60 <= round(seconds, 6) <= 16 * 60


def test_numbers_its_chapters_in_order() -> None:
    assert [entry.number for entry in LECTURE] == list(range(len(LECTURE)))
