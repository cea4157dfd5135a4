"""A lecture leaves out what its lesson cannot have, and closes ranks."""

import pytest

from gdmath.requirements import REQUIREMENTS
from scenes.outline import LECTURE, Entry, LeftOut, entry_of, programme


def test_every_need_is_a_trait_that_is_judged() -> None:
    assert {need for entry in LECTURE for need in entry.needs} <= set(REQUIREMENTS)


def test_a_lesson_that_lacks_nothing_has_the_whole_lecture() -> None:
    assert programme({}) == (LECTURE, ())


def test_what_a_lesson_cannot_have_is_left_out_with_its_reason() -> None:
    missing = {"straight line": "it bends", "squared residuals": "it is a mean of distances"}
    chapters, left_out = programme(missing)
    titles = [entry.title for entry in chapters]
    assert left_out == (
        LeftOut("Fix the bowl, not the step", "it bends"),
        LeftOut("Check the answer", "it is a mean of distances"),
    )
    assert len(chapters) == len(LECTURE) - 2
    assert not {chapter.title for chapter in left_out} & set(titles)


def test_the_first_chapter_alone_tells_what_is_left_out() -> None:
    (first, *others), left_out = programme({"quadratic loss": "it has two basins"})
    assert first.left_out == left_out
    assert all(entry.left_out == () for entry in others)


def test_title_cards_count_without_a_gap_and_files_keep_their_names() -> None:
    chapters, _ = programme({"linear prediction": "it bends"})
    assert [entry.shown_number for entry in chapters] == list(range(len(chapters)))
    assert {entry.slug for entry in chapters} < {entry.slug for entry in LECTURE}
    assert chapters[-1].number == LECTURE[-1].number


def test_a_chapter_before_the_first_gap_is_as_it_always_was() -> None:
    chapters, _ = programme({"linear prediction": "it bends"})
    assert chapters[1:12] == LECTURE[1:12]


def test_a_need_that_nobody_lacks_leaves_a_chapter_in() -> None:
    entry = Entry(0, "scenes.ch00_a", "A", "A", "A.", needs=("warmth",))
    assert programme({"light": "it is dark"}, [entry]) == ((entry,), ())


def test_a_chapter_is_found_by_its_module() -> None:
    assert entry_of("scenes.ch07_every_step").title == "Every step on one clock"
    with pytest.raises(KeyError):
        entry_of("scenes.ch77_nowhere")
