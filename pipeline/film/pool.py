"""Film jobs in parallel, each worker in a process of its own that ends with its parent.

Who finds no job that nobody has begun helps with one that is under way: of its beats, each is
filmed by the worker who comes to it first. So all end together, whatever their chapters cost.
"""

import shutil
import signal
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from pipeline.cache.compiled import compare_contents
from pipeline.cache.imports import OUTLINE, reached
from pipeline.film.job import Filmed, Job
from pipeline.film.partition import neediest
from pipeline.film.team import Team
from pipeline.film.worker import Event, Failed, Progress, film_job, log_path
from pipeline.signals import undisturbed

TRIES = 2


@dataclass
class _Work:
    """What one worker has to do, and at which beat it was last."""

    team: Team
    job: Job
    number: int = 0
    process: BaseProcess = field(init=False)


@dataclass
class _Crew:
    """All work that is under way, or waits for one of the ``workers``."""

    workers: int
    waiting: deque[_Work]
    running: dict[Connection, _Work] = field(default_factory=dict)

    def fill(self) -> None:
        """Give everybody something to do, as long as there is anything worth doing."""
        while len(self.running) < self.workers:
            work = self.waiting.popleft() if self.waiting else self._help()
            if work is None:
                break
            work.team.begin(work.job.index, time.monotonic())
            with undisturbed():
                self.running[_start(work)] = work

    def colleagues(self, team: Team) -> int:
        """How many work for a team, or are about to."""
        return sum(work.team is team for work in (*self.running.values(), *self.waiting))

    def dismiss(self, team: Team | None = None) -> None:
        """End those who work for ``team``, or all, at once."""
        leaving = [
            (connection, work)
            for connection, work in self.running.items()
            if team is None or work.team is team
        ]
        with undisturbed():
            for _, work in leaving:
                work.process.kill()
            for connection, work in leaving:
                work.process.join()
                del self.running[connection]
                shutil.rmtree(work.job.folder, ignore_errors=True)
        for work in [work for work in self.waiting if work.team is team]:
            self.waiting.remove(work)

    def _help(self) -> _Work | None:
        """One more worker for the team that needs one most; None if none of them is worth it."""
        teams = [work.team for work in self.running.values() if work.team.is_open]
        number = neediest(
            [team.left / self.colleagues(team) for team in teams], [team.price for team in teams]
        )
        if number is None:
            return None
        team = teams[number]
        team.size += 1
        return _Work(team, team.job.another(team.size - 1))


def film_all(jobs: Sequence[Job], workers: int) -> Generator[tuple[Job, Event], None, None]:
    """Film ``jobs``, the longest first, ``workers`` at a time, and tell what happens to each.

    A job ends with Filmed or Failed; the first of its workers who dies begins once more and goes
    on from the segments that are stored. Closing the iterator, or an error in it, ends all workers.
    """
    longest_first = sorted(jobs, key=lambda job: -job.expected_seconds)
    crew = _Crew(workers, deque(_Work(Team(job), job) for job in longest_first))
    compare_contents(_sources(jobs))
    # Starting it with the first worker would undo that Ctrl-C is blocked.
    resource_tracker.ensure_running()
    try:
        while crew.waiting or crew.running:
            crew.fill()
            for ready in wait(list(crew.running)):
                connection = cast("Connection[Any, Any]", ready)
                # One who was dismissed just now may have told something before.
                if work := crew.running.get(connection):
                    event = _receive(connection, work)
                    told = [*_told(crew, connection, event)]
                    # What is done with what is told may take a while.
                    crew.fill()
                    yield from ((work.team.job, news) for news in told)
    finally:
        crew.dismiss()
        for job in jobs:
            shutil.rmtree(job.claims, ignore_errors=True)


def _told(crew: _Crew, connection: Connection, event: Event) -> Iterator[Event]:
    """What is to be told of a job when this happened to one of those who film it."""
    work = crew.running[connection]
    team = work.team
    if isinstance(event, Filmed | Failed):
        work.process.join()
        del crew.running[connection]
        if isinstance(event, Failed) and event.may_pass and team.tries < TRIES:
            team.tries += 1
            crew.waiting.append(work)
            return
    team.hear(work.job.index, event, time.monotonic())
    if isinstance(event, Progress):
        work.number = event.number
        yield Progress(event.number, event.sentence, team.frames)
    elif not isinstance(event, Filmed):
        yield event
    if team.failed or team.is_settled:
        crew.dismiss(team)
    if team.filmed is not None and not team.failed and not crew.colleagues(team):
        yield team.filmed


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
        twice = " twice" if work.team.tries == TRIES else ""
        died = f"the worker died{twice} ({cause})"
        return Failed(work.number, died, log_path(work.job), may_pass=True)
    return event
