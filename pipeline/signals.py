"""Put off Ctrl-C while something must not be left half done, without losing it."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C has ended, as shells have it."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C until the block has ended.

    Processes that are started in it are deaf to Ctrl-C, which a terminal sends to all of them: they
    inherit that it is blocked. Whoever started them ends them.

    Raises:
        KeyboardInterrupt: after the block, if Ctrl-C came meanwhile.
    """
    put_off: list[int] = []
    # Blocking holds it off this thread alone; another one could still take it.
    before = signal.signal(signal.SIGINT, lambda number, _frame: put_off.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
    if put_off:
        raise KeyboardInterrupt


def cause_of_death(code: int | None) -> str:
    """What ended a process, by its exit code: a signal's name, or the code."""
    return signal.Signals(-code).name if code and code < 0 else f"exit code {code or 0}"


def leave(code: int) -> NoReturn:
    """End this process with exit code ``code``, all being done.

    Python by itself would still be killed by Ctrl-C: by one that comes so late, and by one that
    came in a text that it ran, such as a dataclass is made of.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == INTERRUPTED:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)
