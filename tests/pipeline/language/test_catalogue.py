"""Catalogues lose nothing, and what is wrong in one is told in a line."""

from pathlib import Path

import pytest

from pipeline.fingerprint import storyboard_of
from pipeline.language import interpreter_of
from pipeline.language.catalogue import read_translation
from pipeline.language.track import track_language
from pipeline.language.untranslated import untranslated
from pipeline.record import Beat
from pipeline.refusal import RefusalError
from pipeline.sentences import gather_sentences
from scenes.outline import Entry
from tests.pipeline.language.conftest import CHAPTER

SQUARE = Entry(1, "scenes.ch01_square", "Square", "A square", "It moves.")
GERMAN = Path("translations/de.po")

pytestmark = pytest.mark.usefixtures("project")


def gather() -> int:
    return gather_sentences("de", [SQUARE])


def translate(message: str, translation: str, context: str = "") -> None:
    """Write a translation into the catalogue, as a person does: by its place in the text."""
    place = f'msgctxt "{context}"\n' * bool(context) + f'msgid "{message}"\nmsgstr "'
    text = GERMAN.read_text()
    before, found, after = text.partition(place)
    assert found
    GERMAN.write_text(before + found + translation + after)


def test_all_sentences_are_in_one_place_with_where_they_are_said() -> None:
    assert gather_sentences(None, [SQUARE]) == 0
    text = Path("build/sentences.pot").read_text()
    line = CHAPTER[: CHAPTER.index("It stops.")].count("\n") + 1
    assert f'#: scenes/ch01_square.py:{line}\nmsgid "It stops."\nmsgstr ""\n' in text
    assert 'msgctxt "paces"\nmsgid "fast"' in text


def test_a_sentence_that_cannot_be_read_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = project / SQUARE.module.replace(".", "/")
    chapter.with_suffix(".py").write_text(CHAPTER.replace('"It stops."', "self.lesson.title"))
    assert gather() == 1
    assert capsys.readouterr().err.startswith("scenes/ch01_square.py:")


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
    translate("fast", "schnell", "paces")
    chapter.write_text(CHAPTER.replace("It stops.", "It stops!"))
    gather()
    assert 'fuzzy\n#| msgid "It stops."\nmsgid "It stops!"\nmsgstr "Es hält an."' in (
        GERMAN.read_text()
    )
    assert read_translation("de").said == {("paces", "fast"): "schnell"}
    chapter.write_text(CHAPTER.replace("PACES[kind]", "").replace(", how = pace(", " = float("))
    gather()
    assert '#~ msgid "fast"\n#~ msgstr "schnell"' in GERMAN.read_text()
    chapter.write_text(CHAPTER)
    gather()
    assert read_translation("de").said["paces", "fast"] == "schnell"


def test_a_fuller_sentence_that_a_translator_added_is_kept() -> None:
    gather()
    with GERMAN.open("a") as file:
        file.write('\nmsgid "A diamond stands."\nmsgstr "Eine Raute."\n')
        file.write('\nmsgid "A circle stands."\nmsgstr "Ein Kreis."\n')
    gather()
    assert read_translation("de").said == {("", "A diamond stands."): "Eine Raute."}
    assert '#~ msgid "A circle stands."' in GERMAN.read_text()


@pytest.mark.parametrize(
    ("translation", "told"),
    [
        ("Da steht es.", "the translation leaves out {shape}: 'Da steht es.' of"),
        ("{shape} {mood}", "the translation has {mood}, which its sentence has not"),
        ("{shape", "the translation "),
        ("{shape!r}", "the translation "),
        ("{0}", "the translation "),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_refused_in_one_line(
    translation: str, told: str
) -> None:
    gather()
    translate("A {shape} stands.", translation)
    line = GERMAN.read_text().split('msgid "A {shape} stands."')[0].count("\n") + 1
    with pytest.raises(RefusalError, match=f"{GERMAN}, line {line}: ") as refused:
        read_translation("de")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_sentence_of_a_translator_s_own_that_cannot_be_read_is_refused_too() -> None:
    gather()
    with GERMAN.open("a") as file:
        file.write('\nmsgid "A {shape stands."\nmsgstr ""\n')
    with pytest.raises(RefusalError, match=r"cannot be filled in .*'A \{shape stands\.'$"):
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
    with pytest.raises(RefusalError, match=told) as refused:
        read_translation("de")
    assert "\n" not in str(refused.value)
    if contents is not None:
        with pytest.raises(RefusalError, match=told):
            gather()
        assert GERMAN.read_bytes() == contents


@pytest.mark.parametrize("language", ["xx", "German", "de_DE", "../de", "en"])
def test_what_is_no_other_language_is_refused(language: str) -> None:
    with pytest.raises(RefusalError, match=f"TO={language} is "):
        gather_sentences(language, [SQUARE])
    assert not Path("translations").exists()


def test_a_translation_changes_the_beat_that_says_it_and_no_other() -> None:
    def storyboard() -> dict[str, str]:
        interpreter = interpreter_of(SQUARE.module, SQUARE.scene, Path("lesson.toml"))
        assert interpreter is not None
        return dict(interpreter.retell(storyboard_of(SQUARE)).sentences)

    gather()
    translate("fast", "schnell", "paces")
    before = storyboard()
    translate("fast", "sehr ", "paces")
    after = storyboard()
    assert [site for site in before if before[site] != after[site]] == ["Square.it_moves#0"]


def test_what_is_still_in_english_is_told(project: Path) -> None:
    gather()
    translate("It stops.", "Es hält an.")
    said = ["", "A square stands here.", "A diamond stands.", "Es hält an."]
    chapters = [(SQUARE, [Beat(sentence, 0, 1) for sentence in said])]
    lesson = project / "lesson.toml"
    assert [*untranslated(lesson, chapters)] == [
        f"still in English, for want of a translation in {GERMAN}: "
        "2 of 3 sentences, the first of them: A square stands here."
    ]
    lesson.write_text(lesson.read_text().replace('"de"', '"en"'))
    assert [*untranslated(lesson, chapters)] == []


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "eng"), ("de", "deu"), ("pt-BR", "por"), ("zh", "zho"), ("fr", "fra"), ("gsw", "gsw")],
)
def test_a_track_says_its_language_as_iso_639_2_has_it(language: str, code: str) -> None:
    assert track_language(language) == code
