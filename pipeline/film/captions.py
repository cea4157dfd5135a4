"""Turn beats into captions: cues of at most two balanced lines, and WebVTT text.

The shape is that of broadcasters: 42 characters a line and two lines a cue (Netflix Timed Text
Style Guide), lines of like length (BBC Subtitle Guidelines). A sentence too long for one cue is
said in several, one after the other, each standing for its share of the characters.
"""

import math
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import count

from pipeline.cache.record import Beat

LINE_LENGTH = 42
LINES = 2


@dataclass(frozen=True)
class Cue:
    """What stands on screen from ``start`` to ``end``, both in milliseconds."""

    text: str
    start: int
    end: int


def film_cues(chapters: Iterable[tuple[Iterable[Beat], int]], frame_rate: int) -> list[Cue]:
    """The cues of chapters played in order, each given by its beats and its length in frames."""
    cues: list[Cue] = []
    start = 0
    for beats, frames in chapters:
        for beat in beats:
            cues.extend(beat_cues(beat, start / frame_rate))
        start += frames
    return cues


def beat_cues(beat: Beat, offset: float = 0.0) -> Iterator[Cue]:
    """The cues of one beat whose chapter starts at ``offset`` seconds; none if it is silent."""
    lines = caption_lines(beat.sentence)
    groups = [lines[first : first + LINES] for first in range(0, len(lines), LINES)]
    letters = sum(map(len, lines))
    said = 0
    for group in groups:
        start = _share(beat, offset, said / letters)
        said += sum(map(len, group))
        end = _share(beat, offset, said / letters)
        if start < end:
            yield Cue("\n".join(group), start, end)


def caption_lines(sentence: str) -> list[str]:
    """Break ``sentence`` into balanced lines: one, two, or as many pairs as it needs."""
    text = " ".join(sentence.split())
    needed = len(_wrap(text, LINE_LENGTH))
    if needed > LINES:
        needed = LINES * math.ceil(needed / LINES)
    widths = count(max(1, len(text) // max(1, needed)))
    return next(lines for width in widths if len(lines := _wrap(text, width)) <= needed)


def webvtt(cues: Iterable[Cue]) -> str:
    """Write ``cues`` as a WebVTT file (https://www.w3.org/TR/webvtt1/)."""
    # Its markup is escaped as that of HTML; without ">" there is no "-->" either.
    blocks = (
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n{escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def _share(beat: Beat, offset: float, fraction: float) -> int:
    """The millisecond of the film at which ``fraction`` of ``beat`` has passed."""
    return round(1000 * (offset + beat.start + fraction * (beat.end - beat.start)))


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
