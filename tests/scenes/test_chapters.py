"""Every chapter draws what gdmath computes, and all together make one lecture."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.cli.layout import CHECK
from pipeline.quality import QUALITIES
from scenes.kit.layout import Report
from scenes.kit.proof.dry_run import rehearse
from scenes.outline import LECTURE, Entry
from tests.scenes.colours import OF_SEVERAL
from tests.scenes.replay import FRAMES, Replay
from tests.scenes.translating import untranslatable

QUICK = {4, 8, 12}
"""The numbers of the chapters that the default run replays, beside new ones."""
LAST_SHIPPED = 17
"""The number of the last chapter that this project comes with; a lecturer's own follow."""


def is_quick(entry: Entry) -> bool:
    """Whether the default run replays a chapter."""
    return entry.number in QUICK or entry.number > LAST_SHIPPED


each = pytest.mark.parametrize(
    "entry",
    [pytest.param(entry, marks=() if is_quick(entry) else pytest.mark.slow) for entry in LECTURE],
    ids=lambda entry: entry.slug,
)
WITH_ALL_GROUNDS = 8
"""The number of the chapter whose marks lie on the map, on the bowl and on the bare ground."""

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
    assert replayed(entry).ill_laid == []


@each
def test_shows_every_number_that_it_says(entry: Entry, replayed: Replayed) -> None:
    assert replayed(entry).unseen == []


@pytest.mark.slow
@each
def test_is_laid_out_by_the_rules_on_every_frame_of_a_draft(entry: Entry) -> None:
    report = Report(FRAMES)
    chapter = rehearse(
        getattr(import_module(entry.module), entry.scene),
        report.look,
        QUALITIES["draft"].frame_rate,
    )
    report.close(chapter)
    assert [str(one) for one in report.found] == []


@pytest.mark.slow
def test_is_laid_out_by_the_rules_on_a_light_ground(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", CHECK, "--folder", str(tmp_path), str(WITH_ALL_GROUNDS)]
    environment = os.environ | {"THEME": "light"}
    outcome = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert (outcome.stdout, outcome.stderr, outcome.returncode) == ("", "", 0)


@each
def test_beats_follow_one_another_to_the_end(entry: Entry, replayed: Replayed) -> None:
    seen = replayed(entry)
    assert seen.beats[0].start == 0
    for before, after in pairwise(seen.beats):
        assert before.end == pytest.approx(after.start)
    assert seen.beats[-1].end == pytest.approx(seen.seconds)


@each
def test_lasts_as_long_as_a_chapter_should(entry: Entry, replayed: Replayed) -> None:
    longest = 130 if entry.number == LAST_SHIPPED else 90
    assert 30 <= replayed(entry).seconds <= longest


@each
def test_says_what_can_be_translated(entry: Entry, replayed: Replayed) -> None:
    assert untranslatable(replayed(entry).said) == []


def test_what_a_chapter_claims_can_be_translated() -> None:
    assert untranslatable(entry.claim for entry in LECTURE) == []


@pytest.mark.slow
def test_the_lecture_as_shipped_lasts_twelve_to_twenty_two_minutes(replayed: Replayed) -> None:
    seconds = sum(replayed(entry).seconds for entry in LECTURE if entry.number <= LAST_SHIPPED)
    # Times are sums of frames, and a replay rounds every pause up to its few frames a second.
    assert 12 * 60 <= round(seconds, 6) <= 22 * 60


@pytest.mark.slow
def test_a_quantity_keeps_its_colour_and_a_letter_its_quantity(replayed: Replayed) -> None:
    colours, letters = defaultdict(set), defaultdict(set)
    for entry in LECTURE:
        for name, worn in replayed(entry).worn.colours.items():
            colours[name] |= worn
        for letter, quantities in replayed(entry).worn.letters.items():
            letters[letter] |= quantities
    assert {q: worn for q, worn in colours.items() if len(worn) > 1 and q not in OF_SEVERAL} == {}
    assert {x: meant for x, meant in letters.items() if len(meant) > 1} == {}


def test_the_lecture_numbers_its_chapters_in_order() -> None:
    numbers = [entry.number for entry in LECTURE]
    assert numbers == sorted({*numbers})
