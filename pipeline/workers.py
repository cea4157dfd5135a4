"""Film shares in parallel, each worker in a process of its own that ends with its parent.

Who finds no share that nobody has begun helps with one that is under way: of its beats, each is
filmed by the worker who comes to it first. So all end together, whatever their chapters cost.
"""

import shutil
import signal
from collections import deque
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from pipeline.compiled import compare_contents
from pipeline.fingerprint import OUTLINE, reached
from pipeline.interruption import undisturbed
from pipeline.share import Filmed, Share
from pipeline.shares import neediest
from pipeline.worker import Event, Failed, Progress, film_share, log_path

TRIES = 2


@dataclass
class _Team:
    """All who film one share: how many there ever were, and how many frames each has filmed."""

    share: Share
    size: int = 1
    frames: dict[int, int] = field(default_factory=dict)
    filmed: Filmed | None = None
    failed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether another worker would find beats to film: nobody has come to the end yet."""
        return self.share.is_open and self.filmed is None and not self.failed

    @property
    def left(self) -> float:
        """The seconds of film that are to be expected still."""
        filmed = sum(self.frames.values()) / self.share.quality.frame_rate
        return self.share.expected_seconds - filmed


@dataclass
class _Work:
    """What one worker has to do: how often it was begun, and at which beat it was last."""

    team: _Team
    share: Share
    tries: int = 0
    number: int = 0
    process: BaseProcess = field(init=False)


def film_all(shares: Sequence[Share], jobs: int) -> Generator[tuple[Share, Event], None, None]:
    """Film ``shares``, the longest first, ``jobs`` at a time, and tell what happens to each.

    A share ends with Filmed or Failed; one whose worker died is begun once more and goes on from
    the pieces that are stored. Closing the iterator, or an error in it, ends all workers.
    """
    for share in shares:
        shutil.rmtree(share.claims, ignore_errors=True)
    waiting = deque(
        _Work(_Team(share), share)
        for share in sorted(shares, key=lambda share: -share.expected_seconds)
    )
    running: dict[Connection, _Work] = {}
    compare_contents(_sources(shares))
    # Starting it with the first worker would undo that Ctrl-C is blocked.
    resource_tracker.ensure_running()
    try:
        while waiting or running:
            while len(running) < jobs:
                work = waiting.popleft() if waiting else _help(running.values())
                if work is None:
                    break
                with undisturbed():
                    running[_start(work)] = work
            for ready in wait(list(running)):
                connection = cast("Connection[Any, Any]", ready)
                work = running[connection]
                event = _receive(connection, work)
                if isinstance(event, Filmed | Failed):
                    work.process.join()
                    del running[connection]
                    if isinstance(event, Failed) and event.may_pass and work.tries < TRIES:
                        waiting.append(work)
                        continue
                colleagues = any(other.team is work.team for other in (*running.values(), *waiting))
                if told := _told(work, event, colleagues):
                    yield work.team.share, told
    finally:
        with undisturbed():
            for work in running.values():
                work.process.kill()
            for work in running.values():
                work.process.join()


def _help(running: Collection[_Work]) -> _Work | None:
    """One more worker for the share that needs one most; None if none of them is worth it."""
    teams = [work.team for work in running if work.team.is_open]
    number = neediest([team.left / sum(other is team for other in teams) for team in teams])
    if number is None:
        return None
    team = teams[number]
    team.size += 1
    return _Work(team, team.share.another(team.size - 1))


def _told(work: _Work, event: Event, colleagues: bool) -> Event | None:
    """What is to be told of a share when this happened to one of those who film it."""
    team = work.team
    if isinstance(event, Progress):
        work.number = event.number
        team.frames[work.share.index] = event.frames
        return Progress(event.number, event.sentence, sum(team.frames.values()))
    if isinstance(event, Failed):
        team.failed = True
    if isinstance(event, Filmed):
        if team.filmed is None or event.complete:
            team.filmed = event
        return None if colleagues or team.failed else team.filmed
    return event


def _sources(shares: Sequence[Share]) -> set[Path]:
    """Everything that workers may run of the project."""
    modules = {"pipeline.workers", *(share.entry.module for share in shares)}
    return {OUTLINE, *(path for module in modules for path in reached(Path(), module))}


def _start(work: _Work) -> Connection:
    work.tries += 1
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=film_share, args=(work.share, sender), name=work.share.name, daemon=True
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
        twice = " twice" if work.tries == TRIES else ""
        died = f"the worker died{twice} ({cause})"
        return Failed(work.number, died, log_path(work.share), may_pass=True)
    return event
