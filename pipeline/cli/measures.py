"""Measures of finished chapters, one row each: words a minute, stillness, fades, titles, sizes."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from pipeline.cache.record import Rendered

STIRRED = 8
"""Least change of a pixel, of 255, that is seen."""
HEAD = "      words  seconds  a minute  still   fading   title  least px"


@dataclass(frozen=True)
class Row:
    """What was measured of one chapter, or of several together.

    `still` are the seconds in which nothing stirs, `fading` the beats that only fade, `title` the
    seconds before there is a picture, `smallest` the pixels of the smallest number that is said.
    """

    name: str
    words: int
    seconds: float
    still: float
    beats: int = 0
    fading: int = 0
    title: float = 0.0
    smallest: float = float("inf")

    def __str__(self) -> str:
        pace, still = 60 * self.words / self.seconds, 100 * self.still / self.seconds
        fades = f"{self.fading}/{self.beats}"
        smallest = f"{self.smallest:.1f}" if self.smallest < float("inf") else "–"
        return (
            f"{self.name:4}{self.words:7}{self.seconds:9.1f}{pace:10.0f}{still:6.0f}%"
            f"{fades:>9}{self.title:7.1f}s{smallest:>10}"
        )


def measures(chapters: Sequence[tuple[str, Rendered]], folder: Path, workers: int) -> Iterator[str]:
    """A table of ``chapters``, by name; what the check of the layout measured is in ``folder``.

    Each row comes as soon as its film is looked through.
    """
    yield HEAD
    rows = []
    with ThreadPoolExecutor(workers) as pool:
        for row in pool.map(lambda one: measured_of(one[0], one[1], folder), chapters):
            rows.append(row)
            yield str(row)
    if len(rows) > 1:
        yield str(together(rows))


def measured_of(name: str, rendered: Rendered, folder: Path) -> Row:
    """What there is to measure of one chapter."""
    beats = folder / f"{name}.measures.json"
    told = json.loads(beats.read_text(encoding="utf-8")) if beats.exists() else {}
    words = sum(len(beat.sentence.split()) for beat in rendered.beats)
    still = still_seconds(rendered.film, rendered.frame_rate)
    return Row(name.partition("_")[0], words, rendered.seconds, still, **told)


def together(rows: Sequence[Row]) -> Row:
    """All ``rows`` as one."""
    sums = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("words", "seconds", "still", "beats", "fading", "title")
    }
    return Row("all", smallest=min(row.smallest for row in rows), **sums)


def still_seconds(film: Path, frame_rate: int) -> float:
    """For how long no pixel of ``film`` is seen to change, from one frame to the next."""
    last, still = None, 0
    with av.open(film) as container:
        for frame in container.decode(container.streams.video[0]):
            picture = frame.to_ndarray(format="gray").astype(np.int16)
            still += last is not None and np.abs(picture - last).max() <= STIRRED
            last = picture
    return still / frame_rate
