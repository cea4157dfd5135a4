"""Every chapter draws what gdmath computes, and all together make one lecture."""

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise

import pytest

from pipeline.quality import QUALITIES
from scenes.kit.layout import Report
from scenes.kit.proof.dry_run import rehearse
from scenes.outline import LECTURE, Entry
from tests.scenes.replay import FRAMES, Replay
from tests.scenes.translating import untranslatable

each = pytest.mark.parametrize("entry", LECTURE, ids=lambda entry: entry.slug)
LAST_SHIPPED = 15
"""The number of the last chapter that this project comes with; a lecturer's own follow."""

Replayed = Callable[[Entry], Replay]


@each
def test_draws_what_is_computed(entry: Entry, replayed: Replayed) -> None:
    seen = replayed(entry)
    assert seen.wrong == []
    assert seen.checked, "a chapter that claims nothing proves nothing"


@each
def test_draws_nothing_that_is_not_accounted_for(entry: Entry, replayed: Replayed) -> None:
    assert replayed(entry).unclaimed == []


@each
def test_is_laid_out_by_the_rules(entry: Entry, replayed: Replayed) -> None:
    assert [str(violation) for violation in replayed(entry).layout.found] == []


@pytest.mark.slow
@each
def test_is_laid_out_by_the_rules_on_every_frame_of_a_draft(entry: Entry) -> None:
    report = Report(FRAMES, contrast_every=0)
    chapter = rehearse(
        getattr(import_module(entry.module), entry.scene),
        report.look,
        QUALITIES["draft"].frame_rate,
    )
    report.close(chapter)
    assert [str(violation) for violation in report.found] == []


@each
def test_beats_follow_one_another_to_the_end(entry: Entry, replayed: Replayed) -> None:
    seen = replayed(entry)
    assert seen.beats[0].start == 0
    for before, after in pairwise(seen.beats):
        assert before.end == pytest.approx(after.start)
    assert seen.beats[-1].end == pytest.approx(seen.seconds)


@each
def test_lasts_as_long_as_a_chapter_should(entry: Entry, replayed: Replayed) -> None:
    assert 30 <= replayed(entry).seconds <= 90


@each
def test_says_what_can_be_translated(entry: Entry, replayed: Replayed) -> None:
    assert untranslatable(replayed(entry).said) == []


def test_the_lecture_as_shipped_lasts_twelve_to_sixteen_minutes(replayed: Replayed) -> None:
    seconds = sum(replayed(entry).seconds for entry in LECTURE if entry.number <= LAST_SHIPPED)
    # Times are sums of frames, and a replay rounds every pause up to its few frames a second.
    assert 12 * 60 <= round(seconds, 6) <= 16 * 60


def test_the_lecture_numbers_its_chapters_in_order() -> None:
    numbers = [entry.number for entry in LECTURE]
    assert numbers == sorted({*numbers})
