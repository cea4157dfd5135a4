"""The built-in voice: hibari speaks a sentence, and tells when it says each word.

hibari (Apache-2.0) brings one American voice in its wheel and needs no network. Its network knows
how long each phoneme lasts and keeps it to itself, so its graph is given one more output.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.voice.reading import Word

RATE = 24_000
"""Samples a second that hibari speaks at."""
DURATIONS = "/Clip_output_0"
"""The name in hibari's graph of the durations of phonemes."""
UNIT = 600
"""Samples in a unit of these durations: two frames of 12.5 ms."""
EARLY = 2
"""Units, at most, of the gap before a word in which it is heard already."""
SEED = 0
"""Seed of the noise in the voice: the same sentence always sounds the same."""

PHONEMES = {
    "ay": "ˈA",
    "el": "ˈɛl",
    "why": "wˈI",
    "you": "jˈu",
    "Nesterov's": "nˈɛstəɹˌɔfs",
    "Nesterov": "nˈɛstəɹˌɔf",
}
"""Words that hibari would say wrongly, in misaki's alphabet."""


@dataclass(frozen=True)
class Utterance:
    """A sentence as sound: mono ``samples`` at `RATE`, and the second at which each word begins."""

    samples: NDArray[np.float32]
    starts: tuple[float, ...]


def speak(words: Sequence[Word]) -> Utterance:
    """Say ``words``, which must not be empty.

    Raises:
        ImportError: hibari is not installed, or broken.
    """
    said = [word.said.split() for word in words]
    text = " ".join(_marked(part) for parts in said for part in parts)
    voice, random = _voice(), np.random.default_rng(SEED)
    samples, begins, offset = [], [], 0
    for phonemes in voice.phonemize(text):
        ids = voice.ids(phonemes)
        sound, durations = _synthesise(voice, ids, random)
        ends = np.cumsum(durations)
        kept = [sign for sign in phonemes if sign in voice.vocab]
        gaps = [0, *(k + 1 for k, sign in enumerate(kept) if sign == " ")]
        heard = [ends[gap] - min(durations[gap], EARLY) for gap in gaps]
        begins += [(offset + units * UNIT) / RATE for units in heard]
        samples.append(sound)
        offset += len(sound)
    counts = np.cumsum([0, *map(len, said)])[:-1]
    # hibari may say two words as one; what follows is then found by its share of the words.
    total = sum(map(len, said))
    found = np.minimum(counts * len(begins) // max(total, 1), len(begins) - 1)
    return Utterance(np.concatenate(samples), tuple(float(begins[k]) for k in found))


def phonemes(text: str) -> str:
    """What hibari says for words of `reading`, in misaki's alphabet."""
    return " ".join(_voice().phonemize(" ".join(_marked(word) for word in text.split())))


def _marked(word: str) -> str:
    """A word, with its phonemes in the markup that hibari reads if it has any of its own."""
    bare = word.rstrip(".,:;!?…")
    if bare not in PHONEMES:
        return word
    return f"[{bare}](/{PHONEMES[bare]}/){word[len(bare) :]}"


def _synthesise(
    voice: Any, ids: Sequence[int], random: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The sound of phonemes and the duration of each, in units."""
    from hibari import dsp

    inputs = {"ids": np.asarray([ids], np.int64), "speed": np.ones(1, np.float32)}
    *spectrum, durations = voice.sess.run(None, inputs)
    return dsp.synth(*(part[0] for part in spectrum), random), durations.astype(float)


@cache
def _voice() -> Any:
    """hibari, its network with the durations as one more output."""
    from hibari import Hibari
    from hibari.voices import DEFAULT, voice_path

    model = Path(voice_path(DEFAULT)).read_bytes()
    # Protocol buffers may be joined end to end: ModelProto.graph (7) . output (12) . name (1).
    model += _field(7, _field(12, _field(1, DURATIONS.encode())))
    return Hibari(model=model)


def _field(number: int, contents: bytes) -> bytes:
    """A field of a protocol buffer that holds bytes; all lengths here are below 128."""
    return bytes([number << 3 | 2, len(contents)]) + contents
