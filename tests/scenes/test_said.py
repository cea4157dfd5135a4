"""A spoken scene takes the time of its voice, and its pictures wait for their words."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from manim import tempconfig

from pipeline.voice.reading import read
from scenes.kit.narrated import NarratedScene
from scenes.kit.wording import fixed, heard_roughly, message, reading_time
from scenes.kit.wording.said import Said
from tests.conftest import ROOT

SENTENCE = "Tilt it, and the start rises: z = 77.01."


@dataclass(frozen=True)
class Sound:
    """Each word a second after the one before."""

    words: int
    seconds: float = 10.0

    @property
    def starts(self) -> list[float]:
        return [float(word) for word in range(self.words)]


def said(waited: list[float], words: int = 8) -> Said:
    return Said(SENTENCE, Sound(words), 100.0, waited.append)


@pytest.mark.parametrize(
    ("words", "when"),
    [("Tilt", 100), ("rises", 105), ("the start", 103), ("RISES:", 105), ("77.01", 108)],
)
def test_a_picture_waits_for_its_word(words: str, when: float) -> None:
    waited: list[float] = []
    said(waited, words=9).until(words)
    assert waited == [when]


@pytest.mark.parametrize("words", ["fall", "the rises", ""])
def test_a_word_that_is_not_said_is_an_error_of_the_chapter(words: str) -> None:
    with pytest.raises(ValueError, match="is not said in 'Tilt it"):
        Said(SENTENCE, None, 0.0, lambda _: None).until(words)


def test_nothing_is_waited_for_where_nobody_knows_when_it_is_said() -> None:
    waited: list[float] = []
    said(waited, words=0).until("rises")
    Said(SENTENCE, None, 0.0, waited.append).until("rises")
    assert waited == []


def test_a_picture_may_last_as_long_as_the_sentence() -> None:
    spoken = Said(SENTENCE, Sound(8), 100.0, lambda _: None, lambda: 101.0)
    assert spoken.rest(0.5) == 9.0
    assert spoken.rest(60.0) == 60.0
    assert Said(SENTENCE, None, 0.0, lambda _: None).rest(0.5) == reading_time(SENTENCE)


def test_the_parameter_is_told_from_the_article() -> None:
    told = message("A line has {name}, a slope, and {more}.", name="a", more=message("{b}", b="b"))
    assert told.for_the_ear() == "A line has 𝑎, a slope, and b."
    assert str(told) == "A line has a, a slope, and b."


def test_the_ear_may_hear_fewer_digits_of_the_same_value() -> None:
    loss = 2310.4
    told = message("The loss is {loss} now.", loss=heard_roughly(fixed(loss)))
    assert str(told) == "The loss is 2310.40 now."
    words = read(told.for_the_ear())
    assert [word.said for word in words[2:4]] == ["is", "about two thousand three hundred"]
    assert len(words) == len(str(told).split(" "))


def lasts(
    sentence: str,
    voice: Callable[..., Sound | None] | None,
    plays: float = 0.2,
    paragraph: bool = False,
) -> float:
    class Scene(NarratedScene):
        def construct(self) -> None:
            with self.say(sentence) as said:
                self.wait(plays)
                if paragraph:
                    said.ends_paragraph()

    Scene.voice = None if voice is None else staticmethod(voice)  # type: ignore[assignment]
    with tempconfig({"dry_run": True, "frame_rate": 30, "progress_bar": "none"}):
        scene = Scene()
        scene.render()
    return scene.beats[0].duration


def test_a_beat_lasts_as_long_as_its_voice_and_never_less_than_its_pictures() -> None:
    three = lasts("It falls.", lambda *_: Sound(2, 3.0))
    assert three == pytest.approx(3.35, abs=0.05)
    assert lasts("Does it?", lambda *_: Sound(2, 3.0)) > three + 0.4, "a question wants a moment"
    assert lasts("It falls.", lambda *_: Sound(2, 3.0), paragraph=True) > three + 0.3
    assert lasts("It falls.", lambda *_: Sound(2, 3.0), plays=6) > 6
    assert lasts("It falls.", None) == pytest.approx(1.5, abs=0.05)


CHAPTERS = sorted((ROOT / "scenes").glob("ch*/scene.py"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.parent.name)
def test_pictures_wait_for_their_word_in_three_beats_of_every_chapter(path: Path) -> None:
    beats = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and "said.until(" in ast.unparse(node)
    ]
    assert len(beats) >= 3
