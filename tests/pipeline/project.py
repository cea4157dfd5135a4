"""What tests do to a copy of the small lecture, and how they see what became of it."""

import time
from collections.abc import Callable
from pathlib import Path

DRAFT, SEGMENTS = Path("build/draft"), Path("build/segments")
RENDER = ("render", "--quality", "draft", "--jobs", "2")
PATIENCE = 120
"""Seconds after which what a slow machine would have done by then is not going to happen."""


def seen(project: Path) -> dict[str, bytes]:
    """What a viewer gets: films, posters, captions."""
    suffixes = {".mp4", ".png", ".vtt"}
    films = (project / DRAFT).iterdir()
    return {path.name: path.read_bytes() for path in films if path.suffix in suffixes}


def dated(project: Path) -> dict[str, tuple[int, bytes]]:
    """What a viewer gets: when it was put there, and its contents."""
    return {
        name: ((project / DRAFT / name).stat().st_mtime_ns, contents)
        for name, contents in seen(project).items()
    }


def segments(project: Path) -> dict[Path, int]:
    """When each segment was put into the store."""
    return {path: path.stat().st_mtime_ns for path in (project / SEGMENTS).glob("*/[!.]*.mp4")}


def edit(path: Path, old: str, new: str) -> None:
    """Replace ``old`` in a source, where it has to be."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def wait_until(met: Callable[[], bool]) -> None:
    """Wait no longer than needed, nor longer than any machine needs."""
    deadline = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.02)
