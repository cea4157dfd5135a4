"""Film jobs in parallel, each in a process of its own that ends with its parent."""

import shutil
from collections import deque
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from pipeline.cache.compiled import compare_contents
from pipeline.cache.imports import OUTLINE, reached
from pipeline.film.job import Filmed, Job
from pipeline.film.worker import Event, Failed, Progress, film_job, log_path
from pipeline.signals import cause_of_death, undisturbed

TRIES = 2


@dataclass
class _Work:
    """A job, how often it was begun, and at which beat it was last."""

    job: Job
    tries: int = 0
    number: int = 0
    process: BaseProcess = field(init=False)


def film_all(jobs: Sequence[Job], workers: int) -> Generator[tuple[Job, Event], None, None]:
    """Film ``jobs``, the longest first, ``workers`` at a time, and tell what happens to each.

    A job ends with Filmed or Failed; one whose worker dies begins once more and goes on from the
    segments that are stored. Closing the iterator, or an error in it, ends all workers.
    """
    waiting = deque(map(_Work, sorted(jobs, key=lambda job: -job.expected_seconds)))
    running: dict[Connection, _Work] = {}

    def fill() -> None:
        while waiting and len(running) < workers:
            work = waiting.popleft()
            with undisturbed():
                running[_start(work)] = work

    compare_contents(_sources(jobs))
    # Starting it with the first worker would undo that Ctrl-C is blocked.
    resource_tracker.ensure_running()
    try:
        fill()
        while running:
            for ready in wait(list(running)):
                connection = cast("Connection[Any, Any]", ready)
                work = running[connection]
                event = _receive(connection, work)
                if isinstance(event, Filmed | Failed):
                    work.process.join()
                    del running[connection]
                    again = isinstance(event, Failed) and event.may_pass and work.tries < TRIES
                    waiting.extend([work] * again)
                    # What is done with what is told may take a while.
                    fill()
                    if again:
                        continue
                yield work.job, event
    finally:
        _end(running.values())


def _sources(jobs: Sequence[Job]) -> set[Path]:
    """Everything that workers may run of the project."""
    modules = {"pipeline.film.pool", *(job.entry.module for job in jobs)}
    return {OUTLINE, *(path for module in modules for path in reached(Path(), module))}


def _start(work: _Work) -> Connection:
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=film_job, args=(work.job, sender), name=work.job.name, daemon=True
    )
    process.start()
    work.tries += 1
    sender.close()
    work.process = process
    return receiver


def _end(works: Collection[_Work]) -> None:
    """End the processes of ``works`` at once, and take away what they leave unfinished."""
    with undisturbed():
        for work in works:
            work.process.kill()
        for work in works:
            work.process.join()
            shutil.rmtree(work.job.folder, ignore_errors=True)


def _receive(connection: Connection, work: _Work) -> Event:
    try:
        event: Event = connection.recv()
    except (EOFError, ConnectionResetError):
        work.process.join()
        twice = " twice" if work.tries == TRIES else ""
        died = f"the worker died{twice} ({cause_of_death(work.process.exitcode)})"
        return Failed(work.number, died, log_path(work.job), may_pass=True)
    if isinstance(event, Progress):
        work.number = event.number
    return event
