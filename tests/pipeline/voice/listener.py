"""Independent listeners: speech recognisers that know nothing of the voice.

pocketsphinx tells when it hears a word, moonshine-voice writes down what it hears.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from pocketsphinx import Decoder

from pipeline.voice.sound import RATE, Sound
from tests.conftest import installed_for_ci

HEARS_AT = 16_000


@cache
def _decoder() -> Decoder:
    return Decoder(samprate=HEARS_AT, loglevel="FATAL")


def aligned(sound: Sound, words: str) -> list[tuple[str, float]]:
    """When the listener hears each of ``words`` begin: seconds."""
    decoder = _decoder()
    decoder.set_align_text(words)
    _listen(decoder, sound)
    return [
        (segment.word, segment.start_frame / 100)
        for segment in decoder.seg()
        if not segment.word.startswith(("<", "["))
    ]


def heard(sound: Sound) -> list[str]:
    """The words that moonshine-voice writes down, where `.ci/run` has installed it."""
    lines = _recogniser().transcribe_without_streaming(_samples(sound).tolist(), HEARS_AT).lines
    return words(" ".join(line.text for line in lines))


def words(text: str) -> list[str]:
    """The words of ``text``, without case and punctuation."""
    return re.findall(r"[a-z']+", text.lower())


def onset(sound: Sound, begin: float, end: float) -> float:
    """Seconds from ``begin`` to the first sound after it, a little earlier counts as well."""
    early = 0.1
    part = np.abs(sound[max(0, int((begin - early) * RATE)) : int(end * RATE)])
    return float(np.flatnonzero(part > 0.02)[0]) / RATE - min(early, begin)


@cache
def _recogniser() -> Any:
    moonshine = installed_for_ci("moonshine_voice")
    model = Path(*moonshine.__path__) / "assets/tiny-en"
    return moonshine.Transcriber(str(model), moonshine.ModelArch.TINY)


def _listen(decoder: Decoder, sound: Sound) -> None:
    decoder.start_utt()
    decoder.process_raw((_samples(sound) * 32767).astype(np.int16).tobytes(), full_utt=True)
    decoder.end_utt()


def _samples(sound: Sound) -> Sound:
    """``sound`` at the rate that the listeners hear at."""
    resampler = av.AudioResampler("flt", "mono", HEARS_AT)
    frame = av.AudioFrame.from_ndarray(sound[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = RATE
    parts = (*resampler.resample(frame), *resampler.resample(None))
    return np.concatenate([part.to_ndarray()[0] for part in parts])
