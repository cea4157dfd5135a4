"""Film shares in parallel, each in a process of its own that ends with its parent."""

import importlib
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from pipeline.compiled import compare_contents
from pipeline.disk import disk_trouble
from pipeline.film import Filming
from pipeline.fingerprint import OUTLINE, reached
from pipeline.interruption import undisturbed
from pipeline.plan import BUILD
from pipeline.share import ChangedError, Filmed, Share, ShareDirector

HEARTBEAT = 0.2
TRIES = 2


@dataclass(frozen=True)
class Progress:
    """How far a worker is: its beat, counted from 0, the sentence, and the frames it has filmed."""

    number: int
    sentence: str
    frames: int


@dataclass(frozen=True)
class Stored:
    """The piece that is beat ``number`` is in the store."""

    number: int
    address: str


@dataclass(frozen=True)
class Failed:
    """A share could not be filmed: at which beat, what went wrong in a line, where to read on.

    ``may_pass`` if the same again could succeed; ``changed`` if it was another chapter by then.
    ``disk`` if nothing can be written any more.
    """

    number: int
    error: str
    log: Path
    may_pass: bool = False
    changed: bool = False
    disk: bool = False


Event = Progress | Stored | Filmed | Failed


@dataclass
class _Work:
    """A share on its way: how often it was begun, and at which beat it was last heard of."""

    share: Share
    tries: int = 0
    number: int = 0
    process: BaseProcess = field(init=False)


def film_all(shares: Sequence[Share], jobs: int) -> Generator[tuple[Share, Event], None, None]:
    """Film ``shares``, the longest first, ``jobs`` at a time, and tell what happens to each.

    A share ends with Filmed or Failed; one whose worker died is begun once more and goes on from
    the pieces that are stored. Closing the iterator, or an error in it, ends all workers.
    """
    waiting = deque(
        _Work(share) for share in sorted(shares, key=lambda share: -share.expected_seconds)
    )
    running: dict[Connection, _Work] = {}
    compare_contents(_sources(shares))
    # Starting it with the first worker would undo that Ctrl-C is blocked.
    resource_tracker.ensure_running()
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                work = waiting.popleft()
                with undisturbed():
                    running[_start(work)] = work
            for ready in wait(list(running)):
                connection = cast("Connection[Any, Any]", ready)
                work = running[connection]
                event = _receive(connection, work)
                if isinstance(event, Progress):
                    work.number = event.number
                elif isinstance(event, Filmed | Failed):
                    work.process.join()
                    del running[connection]
                    if isinstance(event, Failed) and event.may_pass and work.tries < TRIES:
                        waiting.append(work)
                        continue
                yield work.share, event
    finally:
        with undisturbed():
            for work in running.values():
                work.process.kill()
            for work in running.values():
                work.process.join()


def _sources(shares: Sequence[Share]) -> set[Path]:
    """Everything that workers may run of the project."""
    modules = {"pipeline.workers", *(share.entry.module for share in shares)}
    return {OUTLINE, *(path for module in modules for path in reached(Path(), module))}


def log_path(share: Share) -> Path:
    """Where everything is kept that manim and the chapter say while they are filmed."""
    return share.folder.parent.parent / "logs" / f"{share.name}.log"


def _start(work: _Work) -> Connection:
    work.tries += 1
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work.share, sender), name=work.share.name)
    process.start()
    sender.close()
    work.process = process
    return receiver


def _receive(connection: Connection, work: _Work) -> Event:
    try:
        event: Event = connection.recv()
    except (EOFError, ConnectionResetError):
        work.process.join()
        code = work.process.exitcode or 0
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        twice = " twice" if work.tries == TRIES else ""
        died = f"the worker died{twice} ({cause})"
        return Failed(work.number, died, log_path(work.share), may_pass=True)
    return event


def _work(share: Share, connection: Connection) -> None:
    """What a worker process does: one share, with everything it says going to the log."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    speaking = threading.Lock()

    def tell(event: Event) -> None:
        with speaking:
            connection.send(event)

    number = 0

    def begins(beat: int) -> None:
        nonlocal number
        number = beat
        tell(Progress(number, filming.sentence, filming.frames))

    try:
        _divert_output(log_path(share))
        # Manim's progress bars would take a semaphore; nobody gives it back for a killed process.
        importlib.import_module("tqdm").tqdm.set_lock(threading.RLock())
        director = ShareDirector(share, lambda *piece: tell(Stored(*piece)), begins)
        filming = director.prepare()
        with _reporting(filming, tell):
            event: Event = director.direct(filming)
    except BaseException as error:
        with suppress(OSError):
            traceback.print_exc()
        event = _failure(error, number, share)
    tell(event)


def _end_with_parent() -> None:
    """End this process as soon as its parent has ended, however that came about."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _reporting(filming: Filming, tell: Callable[[Event], None]) -> Iterator[None]:
    """Tell the parent how far the filming is, as long as the block runs."""
    done = threading.Event()

    def report() -> None:
        while not done.wait(HEARTBEAT):
            tell(Progress(filming.number, filming.sentence, filming.frames))

    reporter = threading.Thread(target=report, daemon=True)
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()


def _failure(error: BaseException, number: int, share: Share) -> Failed:
    if trouble := disk_trouble(error, BUILD):
        return Failed(number, trouble, log_path(share), disk=True)
    lines = str(error).strip().splitlines()
    line = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return Failed(
        number,
        line,
        log_path(share),
        may_pass=isinstance(error, MemoryError),
        changed=isinstance(error, ChangedError),
    )


def _divert_output(log: Path) -> None:
    """Send what this process and its libraries print to ``log``, in long lines; else nowhere."""
    os.environ["COLUMNS"] = "160"
    _print_to(Path(os.devnull))
    log.parent.mkdir(parents=True, exist_ok=True)
    _print_to(log)


def _print_to(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
