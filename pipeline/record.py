"""What is known of a finished film: kept as JSON beside it, vouching for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.whole import whole


@dataclass(frozen=True)
class Beat:
    """One sentence and its seconds, from the start of its chapter; a silent beat says nothing."""

    sentence: str
    start: float
    end: float


@dataclass(frozen=True)
class Rendered:
    """A finished film: its length in frames, its size in bytes, its beats, its ingredients."""

    film: Path
    frames: int
    frame_rate: int
    size: int
    beats: tuple[Beat, ...]
    ingredients: Mapping[str, str]

    @property
    def seconds(self) -> float:
        """The playing time."""
        return self.frames / self.frame_rate

    def write(self) -> None:
        """Keep this record beside its film."""
        contents = asdict(self) | {"film": self.film.name}
        with whole(record_path(self.film)) as aside:
            aside.write_text(json.dumps(contents, indent=1, ensure_ascii=False), encoding="utf-8")


def record_path(film: Path) -> Path:
    """Where the record of ``film`` is kept."""
    return film.with_suffix(".json")


def trace_path(film: Path) -> Path:
    """Where it is kept what ``film`` shows beside what was computed for it, as JSON lines."""
    return film.with_suffix(".trace.jsonl")


def poster_path(film: Path) -> Path:
    """Where the still of ``film`` is kept."""
    return film.with_suffix(".png")


def read_record(film: Path) -> Rendered | None:
    """The record beside ``film``; None if there is none, or if it is not about this film."""
    try:
        contents = json.loads(record_path(film).read_text(encoding="utf-8"))
        record = Rendered(
            film=film,
            frames=int(contents["frames"]),
            frame_rate=int(contents["frame_rate"]),
            size=int(contents["size"]),
            beats=tuple(Beat(**beat) for beat in contents["beats"]),
            ingredients=dict(contents["ingredients"]),
        )
        truthful = film.stat().st_size == record.size
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if truthful else None


def read_chapter(film: Path) -> Rendered | None:
    """The record beside the chapter ``film``; None also if its poster is missing."""
    return read_record(film) if poster_path(film).exists() else None
