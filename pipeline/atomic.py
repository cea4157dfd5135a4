"""Write files that appear whole or not at all, under locks that die with their process."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; it becomes ``target`` if the block succeeds.

    The name beside it is always the same, so what a killed run left is overwritten by the next;
    whoever may have company holds the `lock` of ``target``.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".part-{target.name}")
    try:
        yield aside
        put_in_place(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def put_in_place(finished: Path, target: Path) -> None:
    """Have the ``finished`` file become ``target``, on the same file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _to_disk(finished)
    finished.replace(target)
    _to_disk(target.parent)


@contextmanager
def lock(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Be the only process that builds ``folder``; wait for another to finish or to die.

    ``waiting`` is called before, if that is needed.
    """
    path = folder / "work" / "build.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _to_disk(path: Path) -> None:
    """Have the system write ``path`` out, so that a rename never outruns the contents."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
