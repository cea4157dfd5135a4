"""Film one job in a worker process, which tells how far it is and ends with its parent."""

import gc
import importlib
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from pipeline.cache.plan import BUILD
from pipeline.errors import disk_trouble
from pipeline.film.filming import Filming
from pipeline.film.job import ChangedError, Filmed, Job, JobDirector

HEARTBEAT = 0.2


class Progress(NamedTuple):
    """How far a worker is: its beat, counted from 0, the sentence, and the frames it has filmed."""

    number: int
    sentence: str
    frames: int


class Stored(NamedTuple):
    """The segment that is beat ``number`` is in the store."""

    number: int
    key: str


class Failed(NamedTuple):
    """A job could not be filmed: at which beat, what went wrong in a line, where to read on.

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


def film_job(job: Job, connection: Connection) -> None:
    """Film a job in a process of its own, all that is said meanwhile going to the log.

    The process ends with it.
    """
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
        _divert_output(log_path(job))
        # Manim's progress bars would take a semaphore; nobody gives it back for a killed process.
        importlib.import_module("tqdm").tqdm.set_lock(threading.RLock())
        director = JobDirector(job, lambda *segment: tell(Stored(*segment)), begins)
        filming = director.prepare()
        # What is loaded by now stays to the end: Python need not look there for waste again.
        gc.freeze()
        with _reporting(filming, tell):
            event: Event = director.direct(filming)
    except BaseException as error:
        with suppress(OSError):
            traceback.print_exc()
        event = _failure(error, number, job)
    tell(event)
    _leave()


def _leave() -> None:
    """End this process at once: Python takes 0.4 s to take manim down, object by object."""
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(0)


def log_path(job: Job) -> Path:
    """Where everything is kept that manim and the chapter say while they are filmed."""
    return job.folder.parent.parent / "logs" / f"{job.name}.log"


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


def _failure(error: BaseException, number: int, job: Job) -> Failed:
    if trouble := disk_trouble(error, BUILD):
        return Failed(number, trouble, log_path(job), disk=True)
    lines = str(error).strip().splitlines()
    line = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return Failed(
        number,
        line,
        log_path(job),
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
