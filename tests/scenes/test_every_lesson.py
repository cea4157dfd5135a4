"""Every shipped lesson has a lecture about it: the chapters that apply pass all checks."""

from pathlib import Path

import pytest

from gdmath import load_lesson, unmet_requirements
from scenes.outline import Entry, programme
from tests.conftest import ROOT
from tests.scenes.replay import replay
from tests.scenes.translating import untranslatable

LESSONS = sorted((ROOT / "lessons").glob("*.toml"))
KINDS = {"decay", "logistic", "ridge"}
"""Lessons of each kind: all chapters of theirs are looked at, which takes minutes each."""
ITS_OWN = {0, 3, 7, 17}
"""The numbers of the chapters that tell most of a lesson's own descent; looked at for every one."""
FOLDED = "decay.toml"


def complaints(lesson: Path, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is wrong with a chapter about ``lesson``: its numbers, marks, layout, or sentences."""
    monkeypatch.setenv("LESSON", str(lesson))
    seen = replay(entry, frame_rate=2)
    complaints = [*seen.wrong, *seen.unclaimed, *seen.ill_laid, *seen.unseen]
    return complaints + untranslatable(seen.said)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_shipped_lesson_is_told_truly(lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapters, _ = programme(unmet_requirements(load_lesson(lesson)))
    if lesson.stem not in KINDS:
        chapters = [entry for entry in chapters if entry.number in ITS_OWN]
    found = {entry.slug: complaints(lesson, entry, monkeypatch) for entry in chapters}
    assert {slug: wrong for slug, wrong in found.items() if wrong} == {}


@pytest.mark.slow
def test_a_lesson_s_lecture_says_what_it_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = ROOT / "lessons" / FOLDED
    monkeypatch.setenv("LESSON", str(lesson))
    (first, *_), left_out = programme(unmet_requirements(load_lesson(lesson)))
    assert left_out
    said = replay(first).beats[-2].sentence
    assert f"{len(left_out)} chapters do not apply" in said
