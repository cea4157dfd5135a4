"""The built-in voice says what it should, and knows when: held to phonemes and to a listener."""

import numpy as np
import pytest

from pipeline.voice.reading import read, spoken
from pipeline.voice.speaker import built_in
from pipeline.voice.speech import phonemes
from tests.pipeline.voice.listener import aligned

HARD = {
    "𝑎": "ˈA",
    "b": "bˈi",
    "h": "ˈAʧ",
    "x": "ˈɛks",
    "y": "wˈI",
    "L": "ˈɛl",
    "κ": "kˈæpə",
    "η": "ˈATə",
    "λ": "lˈæmdə",
    "θ₀": "θˈATə zˈɪɹO",
    "β": "bˈATə",
    "σ²": "sˈɪɡmə skwˈɛɹd",
    "∂L/∂b": "pˈɑɹʃᵊl ˈɛl bI pˈɑɹʃᵊl bˈi",
    "SSE": "ˈɛs ˈɛs ˈi",
    "RMSE": "ˈɑɹ ˈɛm ˈɛs ˈi",
    "−0.35": "mˈInəs zˈɪɹO pˈYnt θɹˈi fˈIv",
    "1e−8": "tˈɛn tə ðə mˈInəs ˈAt",
    "κ = 7": "kˈæpə ˈikwᵊlz sˈɛvən",
    "←": "bəkˈʌmz",
    "5 m²": "fˈIv skwˈɛɹ mˈiTəɹz",
}


@pytest.mark.parametrize("written", HARD)
def test_hard_words_have_the_right_phonemes(written: str) -> None:
    assert phonemes(spoken(written)) == HARD[written]


SENTENCES = (
    "Tilt it, and the start rises from its place on the map up to its loss.",
    "Something among all lines is the one that fits best.",
    "So is a smaller step always better? Let us measure the error as it shrinks.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_begin_when_a_listener_hears_them_begin(sentence: str) -> None:
    sound, starts = built_in(sentence)
    said = " ".join(word.said.strip(".,?").lower() for word in read(sentence))
    words = aligned(sound, said)
    assert [word.partition("(")[0] for word, _ in words] == said.split()
    apart = np.abs(np.array([start for _, start in words]) - starts)
    # The listener counts the closure before a t or b to the word, and hears no finer than 10 ms.
    assert apart.max() < 0.12
    assert np.median(apart) < 0.05


def test_the_same_sentence_always_sounds_the_same() -> None:
    first, again = (built_in("The steps shrink by themselves.")[0] for _ in range(2))
    assert (first == again).all()
