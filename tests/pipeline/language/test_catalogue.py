"""Catalogues lose nothing, and what is wrong in one is told in a line."""

from pathlib import Path

import pytest

from pipeline.cache.fingerprint import source_path, storyboard_of
from pipeline.cache.keys import with_translation
from pipeline.cli.sentences import gather_sentences
from pipeline.errors import UserError
from pipeline.language import track_language
from pipeline.language.catalogue import read
from pipeline.language.translation import translation_of, untranslated
from scenes.outline import Entry
from tests.pipeline.language.conftest import CHAPTER

SQUARE = Entry(1, "scenes.ch01_square", "Square", "A square", "It moves.")
GERMAN = Path("translations/de.po")
LESSON = Path("lesson.toml")

pytestmark = pytest.mark.usefixtures("project")


def gather() -> int:
    return gather_sentences("de")


def translate(message: str, translation: str) -> None:
    """Write a translation into the catalogue, as a person does: by its place in the text."""
    text = GERMAN.read_text()
    before, found, after = text.partition(f'msgid "{message}"\nmsgstr "')
    assert found
    GERMAN.write_text(before + found + translation + after)


def translated() -> dict[str, str]:
    translation = translation_of(LESSON)
    assert translation is not None
    return dict(translation)


def test_all_sentences_are_in_one_place_with_where_they_are_said() -> None:
    assert gather_sentences(None) == 0
    text = Path("build/sentences.pot").read_text()
    line = CHAPTER[: CHAPTER.index("It stops.")].count("\n") + 1
    assert f'#: scenes/ch01_square.py:{line}\nmsgid "It stops."\nmsgstr ""\n' in text
    assert '#: scenes/kit/words.py:9\nmsgid "It moves fast."\n' in text


def test_nothing_new_changes_nothing() -> None:
    gather()
    translate("It stops.", "Es hält an.")
    gather()
    before = GERMAN.read_bytes()
    gather()
    assert GERMAN.read_bytes() == before


def test_what_is_translated_stays_though_the_sentence_changes_goes_and_comes_back(
    project: Path,
) -> None:
    chapter = project / "scenes/ch01_square.py"
    gather()
    translate("It stops.", "Es hält an.")
    chapter.write_text(CHAPTER.replace("It stops.", "It stops!"))
    gather()
    assert 'fuzzy\n#| msgid "It stops."\nmsgid "It stops!"\nmsgstr "Es hält an."' in (
        GERMAN.read_text()
    )
    assert translated() == {}
    chapter.write_text(CHAPTER.replace("It stops.", ""))
    gather()
    chapter.write_text(CHAPTER)
    gather()
    translate("It moves fast.", "Es geht schnell.")
    words = project / "scenes/kit/words.py"
    spoken = words.read_text()
    words.write_text(spoken.replace("It moves fast.", ""))
    gather()
    assert '#~ msgid "It moves fast."\n#~ msgstr "Es geht schnell."' in GERMAN.read_text()
    words.write_text(spoken)
    gather()
    assert translated()["It moves fast."] == "Es geht schnell."


@pytest.mark.parametrize(
    ("translation", "told"),
    [
        ("Da steht es.", "the translation leaves out {width}: 'Da steht es.' of"),
        ("{width} {mood}", "the translation has {mood}, which its sentence has not"),
        ("{width", "the translation "),
        ("{width!r}", "the translation "),
        ("{0}", "the translation "),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_refused_in_one_line(
    translation: str, told: str
) -> None:
    gather()
    translate("A square of {width} stands here.", translation)
    line = GERMAN.read_text().split('msgid "A square of {width} stands here."')[0].count("\n") + 1
    with pytest.raises(UserError, match=f"{GERMAN}, line {line}: ") as refused:
        read(GERMAN)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_sentence_of_a_translator_s_own_that_cannot_be_read_is_refused_too() -> None:
    gather()
    with GERMAN.open("a") as file:
        file.write('\nmsgid "A {shape stands."\nmsgstr ""\n')
    with pytest.raises(UserError, match=r"cannot be filled in .*'A \{shape stands\.'$"):
        gather()


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (None, "there is no such catalogue; make sentences TO=de begins one"),
        (b'msgid "a"\nmsgstr ""\n\nwhat is this?', "line 4: this is no catalogue"),
        (b'msgid "a"\nmsgstr "\xff"', "this is no catalogue"),
    ],
)
def test_what_is_no_catalogue_is_told_in_one_line(contents: bytes | None, told: str) -> None:
    if contents is not None:
        GERMAN.parent.mkdir()
        GERMAN.write_bytes(contents)
    with pytest.raises(UserError, match=told) as refused:
        read(GERMAN)
    assert "\n" not in str(refused.value)
    if contents is not None:
        with pytest.raises(UserError, match=told):
            gather()
        assert GERMAN.read_bytes() == contents


@pytest.mark.parametrize("language", ["xx", "German", "de_DE", "../de", "en"])
def test_what_is_no_other_language_is_refused(language: str) -> None:
    with pytest.raises(UserError, match=f"TO={language} is "):
        gather_sentences(language)
    assert not Path("translations").exists()


@pytest.mark.parametrize(
    ("message", "beats"),
    [
        ("It stops.", {"Square.it_stops#0", "Square.it_stops#1"}),
        (
            "It moves fast.",
            {
                f"Square.{beat}"
                for beat in ("it_stands#0", "it_moves#0", "it_stops#0", "it_stops#1")
            },
        ),
    ],
)
def test_a_translation_changes_the_beats_that_may_say_it(message: str, beats: set[str]) -> None:
    """One in the chapter changes the beats of its function; one of the kit may be said by any."""

    def storyboard() -> dict[str, str]:
        others = [Path("scenes/kit/words.py"), Path("scenes/kit/chapter.py")]
        board = storyboard_of(SQUARE)
        return dict(with_translation(board, translated(), source_path(SQUARE), others).sentences)

    gather()
    translate(message, "Schluss")
    before = storyboard()
    translate(message, "Und ")
    after = storyboard()
    assert {site for site in before if before[site] != after[site]} == beats


def test_what_is_still_in_english_is_told() -> None:
    gather()
    translate("It stops.", "Es hält an.")
    said = ["", "A square of 2.0 stands here.", "It moves fast.", "Es hält an."]
    assert [*untranslated(LESSON, said)] == [
        f"still in English, for want of a translation in {GERMAN}: "
        "2 of 3 sentences, the first of them: A square of 2.0 stands here."
    ]
    LESSON.write_text(LESSON.read_text().replace('"de"', '"en"'))
    assert [*untranslated(LESSON, said)] == []


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "eng"), ("de", "deu"), ("pt-BR", "por"), ("zh", "zho"), ("fr", "fra"), ("gsw", "gsw")],
)
def test_a_track_says_its_language_as_iso_639_2_has_it(language: str, code: str) -> None:
    assert track_language(language) == code
