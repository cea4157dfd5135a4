"""Select the chapters that a lesson can have, without SymPy while nothing has changed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.atomic import atomic, lock
from pipeline.cache.fingerprint import contents_of, lesson_files
from pipeline.cache.imports import dependencies
from pipeline.cache.storyboard import digest
from pipeline.sandbox import judge
from scenes.outline import LECTURE, Entry, LeftOut, programme

REMEMBERED = Path("build") / "requirements"


def select_chapters(
    lesson: Path, lecture: Sequence[Entry] = LECTURE
) -> tuple[tuple[Entry, ...], tuple[LeftOut, ...]]:
    """The chapters of ``lecture`` that the lesson at this path has, and those left out, with why.

    What the lesson lacks is remembered by the digest of all that decides it.

    Raises:
        UserError: the lesson cannot be taught.
    """
    return programme(_missing(lesson), lecture)


def _missing(lesson: Path) -> Mapping[str, str]:
    known = REMEMBERED / f"{_digest(lesson)}.json"
    try:
        return dict(json.loads(known.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        pass
    missing = judge(lesson)
    with lock(REMEMBERED.parent), atomic(known) as aside:
        aside.write_text(json.dumps(missing), encoding="utf-8")
    return missing


def _digest(lesson: Path) -> str:
    """A digest of the lesson, its points and the sources that judge it."""
    files = [(str(path), contents_of(path)) for path in lesson_files(lesson)]
    return digest(files, dependencies(Path(), "gdmath"))
