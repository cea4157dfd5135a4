"""A sentence is said in another language as its catalogue has it, whole or not at all."""

import pytest

from pipeline.language.sayings import sayings
from pipeline.language.template import Slot, Template
from pipeline.language.translation import Translation

SCENE = "scenes.ch01_square", "Square"
GERMAN = {
    ("", "A {shape} stands here."): "Hier steht ein {shape}.",
    ("", "The {shape} {really}moves {how}: from {written} to {speed}."): (
        "Von {written} nach {speed}, {how}: das {shape} geht {really}weiter."
    ),
    ("shape", "square"): "Quadrat",
    ("really", "really"): "wirklich",
    ("how", "by {speed}, {paces}"): "{paces} um {speed}",
    ("paces", "fast"): "schnell",
}
SAID = "The square really moves by 2.5, fast: from 0.0 to 2.5."

pytestmark = pytest.mark.usefixtures("project")


def translated(sentence: str, said: dict[tuple[str, str], str]) -> str | None:
    templates = [template for saying in sayings(*SCENE) for template in saying.templates]
    return Translation(said).translate(sentence, templates)


def test_words_and_numbers_move_to_where_the_language_wants_them() -> None:
    assert translated(SAID, GERMAN) == (
        "Von 0.0 nach 2.5, schnell um 2.5: das Quadrat geht wirklich weiter."
    )


def test_what_may_be_left_out_may_be_left_out() -> None:
    assert translated(SAID.replace("really ", ""), GERMAN) == (
        "Von 0.0 nach 2.5, schnell um 2.5: das Quadrat geht weiter."
    )


@pytest.mark.parametrize("lost", GERMAN)
def test_a_sentence_is_translated_whole_or_not_at_all(lost: tuple[str, str]) -> None:
    rest = {key: text for key, text in GERMAN.items() if key != lost}
    sentence = "A square stands here." if lost[1].startswith("A ") else SAID
    assert translated(sentence, GERMAN)
    assert translated(sentence, rest) is None


def test_the_fuller_sentence_wins() -> None:
    """Where a word wants another sentence around it, the catalogue may have that one too."""
    own = {("", "A diamond stands here."): "Hier steht eine Raute."}
    assert translated("A diamond stands here.", GERMAN | own) == "Hier steht eine Raute."
    assert translated("A square stands here.", GERMAN | own) == "Hier steht ein Quadrat."


def test_of_two_readings_the_more_literal_one_wins() -> None:
    either = [Template((Slot("name"), verb)) for verb in (" stops.", " never stops.")]
    said = {("", "{name} stops."): "{name} hält.", ("", "{name} never stops."): "Nie hält {name}."}
    assert Translation(said).translate("a never stops.", either) == "Nie hält a."
    assert Translation(said).translate("a stops.", either) == "a hält."


def test_only_what_a_sentence_depends_on_counts_for_it() -> None:
    first, second, third, silence = sayings(*SCENE)

    def decides(said: dict[tuple[str, str], str], of: int) -> list[object]:
        return [*Translation(said).entries((first, second, third, silence)[of].templates)]

    other = GERMAN | {("paces", "fast"): "flink", ("", "A diamond stands here."): "Da!"}
    assert decides(other, 0) != decides(GERMAN, 0)
    assert decides(other, 1) != decides(GERMAN, 1)
    assert decides(other, 2) == decides(GERMAN, 2)
    assert decides(other, 3) == decides(GERMAN, 3)
