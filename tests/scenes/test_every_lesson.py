"""Every shipped lesson has a lecture about it: the chapters that apply pass all checks."""

from pathlib import Path

import pytest

from gdmath import load_lesson, unmet_requirements
from scenes.outline import LECTURE, Entry, programme
from tests.conftest import ROOT
from tests.scenes.replay import replay
from tests.scenes.translating import untranslatable

LESSONS = sorted((ROOT / "lessons").glob("*.toml"))
FOLDED = "decay.toml"
QUICKLY = {"Two knobs, one map", "The chain rule, worked"}
"""Titles of the chapters in the default run: rings that are no ellipses, and long formulas."""


def complaints(lesson: Path, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is wrong with a chapter about ``lesson``: its numbers, marks, layout, or sentences."""
    monkeypatch.setenv("LESSON", str(lesson))
    seen = replay(entry)
    complaints = [*seen.wrong, *seen.unclaimed, *map(str, seen.layout.found)]
    return complaints + untranslatable(seen.said)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_shipped_lesson_is_told_truly(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapters, _ = programme(unmet_requirements(load_lesson(lesson)))
    found = {entry.slug: complaints(lesson, entry, monkeypatch) for entry in chapters}
    assert {slug: wrong for slug, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "entry", [e for e in LECTURE if e.title in QUICKLY], ids=lambda entry: entry.slug
)
def test_a_loss_that_is_no_bowl_is_told_truly(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert complaints(ROOT / "lessons" / FOLDED, entry, monkeypatch) == []


def test_a_lesson_s_lecture_says_what_it_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = ROOT / "lessons" / FOLDED
    monkeypatch.setenv("LESSON", str(lesson))
    (first, *_), left_out = programme(unmet_requirements(load_lesson(lesson)))
    assert left_out
    said = replay(first).beats[-2].sentence
    assert f"{len(left_out)} chapters do not apply" in said
