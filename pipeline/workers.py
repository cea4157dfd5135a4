"""Render chapters in parallel, each in a process of its own that ends with its parent."""

import importlib
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from pipeline.film import Filming
from pipeline.plan import Task
from pipeline.record import Rendered

HEARTBEAT = 0.2


@dataclass(frozen=True)
class Progress:
    """How far a worker is: the sentence of its beat, and the frames it has filmed."""

    sentence: str
    frames: int


@dataclass(frozen=True)
class Failed:
    """A chapter could not be rendered: what went wrong in a line, and where to read the rest."""

    error: str
    log: Path


Event = Progress | Rendered | Failed


def render_all(tasks: Sequence[Task], jobs: int) -> Generator[tuple[Task, Event], None, None]:
    """Render ``tasks``, the longest first, ``jobs`` at a time, and tell what happens to each.

    A task ends with Rendered or Failed. Closing the iterator, or an error in it, ends all workers.
    """
    waiting = deque(sorted(tasks, key=lambda task: -task.expected_seconds))
    running: dict[Connection, tuple[Task, BaseProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task = waiting.popleft()
                connection, process = _start(task)
                running[connection] = task, process
            for ready in wait(list(running)):
                connection = cast("Connection[Any, Any]", ready)
                task, process = running[connection]
                event = _receive(connection, task, process)
                if not isinstance(event, Progress):
                    process.join()
                    del running[connection]
                yield task, event
    finally:
        for _, process in running.values():
            process.kill()
            process.join()


def log_path(task: Task) -> Path:
    """Where everything is kept that manim and the chapter say while they are filmed."""
    return task.film.parent / "logs" / f"{task.name}.log"


def _start(task: Task) -> tuple[Connection, BaseProcess]:
    """Start a worker deaf to Ctrl-C, which a terminal sends to all: its parent will end it."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, sender), name=task.name)
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, heard)
        sender.close()
    return receiver, process


def _receive(connection: Connection, task: Task, process: BaseProcess) -> Event:
    try:
        event: Event = connection.recv()
    except EOFError:
        process.join()
        code = process.exitcode or 0
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return Failed(f"the worker died ({cause})", log_path(task))
    return event


def _work(task: Task, connection: Connection) -> None:
    """What a worker process does: one task, with everything it says going to the log."""
    _divert_output(log_path(task))
    # Manim's progress bars would take a semaphore, and nobody gives it back for a killed process.
    importlib.import_module("tqdm").tqdm.set_lock(threading.RLock())
    done = threading.Event()
    reporters: list[threading.Thread] = []

    def watch(filming: Filming) -> None:
        reporter = threading.Thread(target=_report, args=(filming, connection, done))
        reporter.start()
        reporters.append(reporter)

    try:
        from pipeline.chapter import render_chapter

        event: Event = render_chapter(task, watch)
    except Exception as error:
        traceback.print_exc()
        event = Failed(_last_line(error), log_path(task))
    done.set()
    for reporter in reporters:
        reporter.join()
    connection.send(event)


def _report(filming: Filming, connection: Connection, done: threading.Event) -> None:
    """Tell the parent how far the filming is until it is done; end with the parent."""
    while not done.wait(HEARTBEAT):
        parent = parent_process()
        if parent is None or not parent.is_alive():
            os._exit(1)
        connection.send(Progress(filming.sentence, filming.frames))


def _divert_output(log: Path) -> None:
    """Send what this process and its libraries print to ``log``, in long lines."""
    log.parent.mkdir(parents=True, exist_ok=True)
    os.environ["COLUMNS"] = "160"
    with log.open("wb", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
