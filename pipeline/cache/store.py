"""Store segments, the films of single beats, each under the key of all it depends on.

A segment is there whole or not at all: its film first, then what is known of it, which vouches for
the film. What does not hold is taken out when it is asked for, and so counts as missing. What is
known is sealed with the key it stands at: no flipped bit passes, nor what another segment is.
"""

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.atomic import atomic, lock, put_in_place
from pipeline.cache.storyboard import Place

ROOM = 2 * 10**9
"""Most bytes of segments kept that no film uses, so that an undone edit finds them again."""


@dataclass(frozen=True)
class Segment:
    """One beat as filmed: ``frames`` in all, its sentence from frame ``start`` to ``end``.

    ``trace`` holds its lines of the chapter's trace, their times counted from the segment's start.
    A segment of no frames has no film. If its sentence is ``spoken``, its sound is kept beside it.
    """

    sentence: str
    start: int
    end: int
    frames: int
    trace: str
    spoken: bool = False


class Store:
    """The segments in ``folder``, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def film(self, key: str) -> Path:
        """Where the film of the segment at ``key`` is kept."""
        return self.folder / key[:2] / f"{key}.mp4"

    def sound(self, key: str) -> Path:
        """Where the sound of the sentence of the segment at ``key`` is kept, if it is spoken."""
        return self.film(key).with_suffix(".flac")

    def get(self, key: str, verify: bool = False) -> Segment | None:
        """The segment at ``key``; None if it is not there, or not as it was put.

        Its size is compared always, its contents too if asked to ``verify`` them.
        """
        film = self.film(key)
        try:
            contents = self._read(key)
            files = contents.pop("files")
            segment = Segment(**contents)
            for suffix, (size, sha256) in files.items():
                file = film.with_suffix(suffix)
                if file.stat().st_size != size or (verify and _sha256(file) != sha256):
                    raise ValueError(f"{file} is not as it was put")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            with suppress(OSError):
                self._facts(key).unlink()
            return None
        return segment

    def put(self, key: str, segment: Segment, film: Path) -> None:
        """Keep ``segment`` with its ``film``, which is moved here from the same file system.

        If it is spoken, its sound stands beside the film and is moved as well.

        Until then all that is written stands beside the film: who is killed leaves nothing here.
        """
        files = [film, film.with_suffix(".flac")] if segment.spoken else [film]
        known = {file.suffix: (file.stat().st_size, _sha256(file)) for file in files}
        contents = asdict(segment) | {"files": known}
        facts = film.with_suffix(".json")
        facts.write_text(_sealed(key, contents), encoding="utf-8")
        self._facts(key).unlink(missing_ok=True)
        for file in files:
            put_in_place(file, self.film(key).with_suffix(file.suffix))
        put_in_place(facts, self._facts(key))

    def order(self, key: str) -> tuple[Place, ...] | None:
        """The order of beats kept at ``key``; None if there is none that can be read."""
        try:
            return tuple(Place(**place) for place in self._read(key)["beats"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put_order(self, key: str, places: Sequence[Place]) -> None:
        """Keep the order in which a chapter's beats happen, which all of its jobs find out."""
        with lock(self.folder), atomic(self._facts(key)) as aside:
            contents = {"beats": [asdict(place) for place in places]}
            aside.write_text(_sealed(key, contents), encoding="utf-8")

    def sweep(self) -> None:
        """Remove what a worker that was ended left half written."""
        with suppress(OSError), lock(self.folder):
            for path in self.folder.glob("??/.part-*"):
                path.unlink(missing_ok=True)

    def prune(self, used: Collection[str], room: int = ROOM) -> None:
        """Keep what is ``used``, and of the rest the most recent files up to ``room`` bytes."""
        spare = [
            (status.st_mtime, status.st_size, path)
            for path in self.folder.glob("??/*")
            if path.stem not in used and (status := _status(path)) is not None
        ]
        for _, size, path in sorted(spare, reverse=True):
            room -= size
            if room < 0:
                path.unlink(missing_ok=True)

    def _facts(self, key: str) -> Path:
        return self.film(key).with_suffix(".json")

    def _read(self, key: str) -> dict[str, Any]:
        """What was written at ``key``.

        Raises:
            FileNotFoundError: nothing was.
            ValueError, TypeError: it is not what was written, or was written at another key.
        """
        seal, facts = json.loads(self._facts(key).read_text(encoding="utf-8"))
        if seal != _seal(key, facts):
            raise ValueError(f"{self._facts(key)} is not as it was written")
        contents: dict[str, Any] = json.loads(facts)
        return contents


def _sealed(key: str, contents: Mapping[str, Any]) -> str:
    facts = json.dumps(contents, ensure_ascii=False)
    return json.dumps([_seal(key, facts), facts], ensure_ascii=False)


def _seal(key: str, facts: str) -> str:
    return hashlib.sha256(f"{key} {facts}".encode()).hexdigest()


def _status(path: Path) -> os.stat_result | None:
    """The status of ``path``; None if it is just gone, for another render may be at work here."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
