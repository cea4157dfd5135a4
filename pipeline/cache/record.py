"""Record what is known of a finished film, as JSON beside it that vouches for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.cache.storyboard import Place

RECORD, POSTER, TRACE, SOUND = ".json", ".png", ".trace.jsonl", ".flac"
"""Suffixes of what is kept beside a film: what is known of it, a still, what it shows beside what
was computed for it, as JSON lines, and if anything is said in it its sound without loss."""


@dataclass(frozen=True)
class Beat:
    """One sentence and its seconds, from the start of its chapter; a silent beat says nothing."""

    sentence: str
    start: float
    end: float


@dataclass(frozen=True)
class Part:
    """A segment that a film was joined from: its key, its frames, and where it comes from.

    ``reach`` is the digest of all of the source that it depends on but its sentence.
    """

    key: str
    frames: int
    place: Place
    reach: str


@dataclass(frozen=True)
class Rendered:
    """A finished film: its length in frames, its size in bytes, its beats, its ingredients.

    A chapter's also names its ``parts``, with the digest of what is shared by all of them, and of
    each function of the source. If it is ``spoken``, its sound is kept beside it as well.
    """

    film: Path
    frames: int
    frame_rate: int
    size: int
    beats: tuple[Beat, ...]
    ingredients: Mapping[str, str]
    parts: tuple[Part, ...] = ()
    base: str = ""
    functions: Mapping[str, str] = field(default_factory=dict)
    spoken: bool = False

    @property
    def seconds(self) -> float:
        """The playing time."""
        return self.frames / self.frame_rate

    def write(self) -> None:
        """Keep this record beside its film."""
        contents = asdict(self) | {"film": self.film.name}
        with atomic(self.film.with_suffix(RECORD)) as aside:
            aside.write_text(json.dumps(contents, indent=1, ensure_ascii=False), encoding="utf-8")


def read_record(film: Path, alone: bool = False) -> Rendered | None:
    """The record beside ``film``; None if there is none, or if it is not about this film.

    Read ``alone`` it may be about a film that is lost.
    """
    try:
        contents = json.loads(film.with_suffix(RECORD).read_text(encoding="utf-8"))
        beats = tuple(Beat(**beat) for beat in contents["beats"])
        parts = (part | {"place": Place(**part["place"])} for part in contents["parts"])
        known = {"film": film, "beats": beats, "parts": tuple(Part(**part) for part in parts)}
        record = Rendered(**contents | known)
        truthful = alone or film.stat().st_size == record.size
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if truthful else None


def read_chapter(film: Path) -> Rendered | None:
    """The record beside the chapter ``film``; None also if its poster or its sound is missing."""
    record = read_record(film) if film.with_suffix(POSTER).exists() else None
    if record is not None and record.spoken and not film.with_suffix(SOUND).exists():
        return None
    return record
