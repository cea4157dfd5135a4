"""Film shares in parallel, each in a process of its own that ends with its parent."""

import signal
from collections import deque
from collections.abc import Generator, Sequence
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
from pipeline.worker import Event, Failed, Progress, film_share, log_path

TRIES = 2


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
