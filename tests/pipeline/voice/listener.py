"""An independent listener: a speech recogniser that knows nothing of the voice."""

import re
from functools import cache

import av
import numpy as np
from pocketsphinx import Decoder

from pipeline.voice.sound import RATE, Sound

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
    """The words that the listener makes out."""
    decoder = _decoder()
    decoder.activate_search()
    _listen(decoder, sound)
    return re.findall(r"[a-z']+", decoder.hyp().hypstr) if decoder.hyp() else []


def onset(sound: Sound, begin: float, end: float) -> float:
    """Seconds from ``begin`` to the first sound after it, a little earlier counts as well."""
    early = 0.1
    part = np.abs(sound[max(0, int((begin - early) * RATE)) : int(end * RATE)])
    return float(np.flatnonzero(part > 0.02)[0]) / RATE - min(early, begin)


def _listen(decoder: Decoder, sound: Sound) -> None:
    resampler = av.AudioResampler("s16", "mono", HEARS_AT)
    frame = av.AudioFrame.from_ndarray(sound[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = RATE
    parts = (*resampler.resample(frame), *resampler.resample(None))
    heard = np.concatenate([part.to_ndarray()[0] for part in parts])
    decoder.start_utt()
    decoder.process_raw(heard.tobytes(), full_utt=True)
    decoder.end_utt()
