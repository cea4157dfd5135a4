"""Sound as arrays: read from any file, trimmed, brought to one loudness, and encoded as AAC.

A sound is mono, float32 in [−1, 1], at `RATE`. Loudness and true peak are those of EBU R 128, by
FFmpeg's filters.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

Sound = NDArray[np.float32]

RATE = 48_000
"""Samples a second of all sound in a film."""
LOUDNESS = -16.0
"""Loudness of speech, in LUFS: what players on the web expect."""
TRUE_PEAK = -3.0
"""Highest peak in dBTP before sound is encoded, which adds up to a decibel."""
AUDIBLE = 0.02
"""Share of the highest peak from which a sound has begun."""
LEAD, TAIL = 0.01, 0.12
"""Seconds kept before the first audible sample, and after the last."""
MEASURED = 3.0
"""Least seconds that are measured: shorter sounds are repeated, for loudness needs some time."""
BLOCK = RATE // 10
"""Samples after which the filter tells the loudness so far."""
FRAME = 1024
"""Samples in a frame of AAC."""


def from_file(path: Path) -> Sound:
    """Read a sound file of any format, rate and number of channels.

    Raises:
        OSError, ValueError: it cannot be read, or holds no sound.
    """
    with av.open(str(path)) as container:
        if not container.streams.audio:
            raise ValueError("there is no sound in it")
        frames = (frame for frame in container.decode(audio=0) if isinstance(frame, av.AudioFrame))
        return resampled(frames)


def at_rate(samples: NDArray[np.float32], rate: int) -> Sound:
    """``samples`` (n,), taken at another ``rate``, as a sound."""
    return resampled([_frame(samples, rate)])


def resampled(frames: Iterable[av.AudioFrame]) -> Sound:
    """Audio frames, which may be of any format, as a sound."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    parts = [part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)]
    parts += [part.to_ndarray()[0] for part in resampler.resample(None)]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def trimmed(sound: Sound) -> tuple[Sound, float]:
    """``sound`` without the silence around it, and the seconds cut off before it.

    Its ends are faded, so that they do not click.
    """
    loud = np.flatnonzero(np.abs(sound) >= AUDIBLE * np.abs(sound).max(initial=0))
    if not loud.size or not sound.any():
        return sound[:0], 0.0
    lead, tail = int(LEAD * RATE), int(TAIL * RATE)
    first, last = max(0, int(loud[0]) - lead), int(loud[-1]) + tail
    kept = sound[first:last].copy()
    kept[:lead] *= np.linspace(0, 1, lead, dtype=np.float32)[: len(kept)]
    kept[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)[-len(kept) :]
    return kept, first / RATE


def levelled(sound: Sound) -> Sound:
    """``sound`` at `LOUDNESS`, its peaks below `TRUE_PEAK`."""
    measured, _ = loudness(sound)
    if not np.isfinite(measured):
        return sound
    louder = sound * np.float32(10 ** ((LOUDNESS - measured) / 20))
    if loudness(louder)[1] <= TRUE_PEAK:
        return louder
    limit = 10 ** (TRUE_PEAK / 20)
    limiter = ("alimiter", f"limit={limit:.6f}:level=disabled:attack=2:release=40:latency=1")
    frames = [frame.to_ndarray().ravel() for frame in _filtered(louder, limiter)]
    limited = np.concatenate(frames).astype(np.float32)[: len(sound)]
    # The limiter looks at samples: between two of them a peak may be up to a decibel higher.
    over = max(0.0, loudness(limited)[1] - TRUE_PEAK)
    return limited * np.float32(10 ** (-over / 20))


def loudness(sound: Sound) -> tuple[float, float]:
    """The loudness of ``sound`` in LUFS and its true peak in dBTP; −∞ for silence."""
    if not sound.any():
        return -np.inf, -np.inf
    measured = np.tile(sound, int(np.ceil(MEASURED * RATE / len(sound))))
    measured = measured[: len(measured) // BLOCK * BLOCK]
    *_, last = _filtered(measured, ("ebur128", "metadata=1:peak=true"))
    facts = last.metadata
    return float(facts["lavfi.r128.I"]), 20 * np.log10(float(facts["lavfi.r128.true_peak"]))


def placed(sounds: Iterable[tuple[float, Sound]], seconds: float) -> Sound:
    """A track of so many ``seconds`` with each sound from its second on, and silence between."""
    track = np.zeros(round(seconds * RATE), np.float32)
    for second, sound in sounds:
        begin = round(second * RATE)
        track[begin : begin + len(sound)] += sound[: max(0, len(track) - begin)]
    return track


def write_flac(path: Path, sound: Sound) -> None:
    """Write ``sound`` to ``path`` without loss, but for 16 bits a sample."""
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        for packet in encoded(sound, stream):
            container.mux(packet)


def encoded(sound: Sound, stream: av.AudioStream) -> Iterator[Any]:
    """``sound`` encoded for ``stream``, which has one channel at `RATE`."""
    resampler = av.AudioResampler(stream.format.name, "mono", RATE)
    for begin in range(0, len(sound), FRAME):
        frame = _frame(sound[begin : begin + FRAME], RATE)
        frame.pts = begin
        for fitting in resampler.resample(frame):
            yield from stream.encode(fitting)
    yield from stream.encode(None)


def _filtered(sound: Sound, *filters: tuple[str, str]) -> Iterator[av.AudioFrame]:
    """``sound`` through FFmpeg's ``filters``, each with its options."""
    graph = Graph()
    chain = [graph.add_abuffer(format="flt", sample_rate=RATE, layout="mono")]
    chain += [graph.add(name, options) for name, options in filters]
    chain += [
        graph.add("aformat", "sample_fmts=flt:channel_layouts=mono"),
        graph.add("abuffersink"),
    ]
    for one, next_ in pairwise(chain):
        one.link_to(next_)
    graph.configure()
    frame = _frame(sound, RATE)
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            filtered = graph.pull()
        except (av.EOFError, av.BlockingIOError):
            return
        assert isinstance(filtered, av.AudioFrame)
        yield filtered


def _frame(samples: NDArray[np.float32], rate: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    return frame
