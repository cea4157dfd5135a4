"""Which voice a film is to have: the built-in one, none, or the lecturer's takes in a folder."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.language import ENGLISH

BUILT_IN = ""
"""The name of the built-in voice."""
SILENT = "none"
"""The name of no voice; any other name is the folder of the lecturer's takes."""
FORMATS = ("wav", "flac", "mp3")


@dataclass(frozen=True)
class Take:
    """The sound file of a beat in the lecturer's voice, and a digest of its contents."""

    path: Path
    digest: str


def takes_of(voice: str, chapter: int) -> dict[int, Take]:
    """The takes of a chapter by beat, from 0: ``folder/ch07/03.wav`` is that of beat 2."""
    return dict(_takes(Path(voice) / f"ch{chapter:02d}")) if is_folder(voice) else {}


def spare_takes(voice: str, chapter: int) -> dict[Path, Path]:
    """Each take of a chapter that has another one of the same beat, which is used instead."""
    used = takes_of(voice, chapter)
    takes = _takes(Path(voice) / f"ch{chapter:02d}")
    return {take.path: used[beat].path for beat, take in takes if take != used[beat]}


def is_folder(voice: str) -> bool:
    """Whether ``voice`` is the name of a folder of takes."""
    return voice not in (BUILT_IN, SILENT)


def speaks(voice: str, language: str = ENGLISH) -> str:
    """What speaks where there is no take, for films to be told apart by."""
    if voice == SILENT or language != ENGLISH:
        return "silent"
    try:
        return f"hibari {version('hibari-tts')}"
    except PackageNotFoundError:
        return "silent"


def _takes(folder: Path) -> Iterator[tuple[int, Take]]:
    for path in sorted(folder.glob("*")):
        if path.suffix[1:] in FORMATS and path.stem.isdecimal():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            yield int(path.stem) - 1, Take(path, digest)
