"""Measure a command: its time on the wall, the processor time of all its processes, its memory."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

Row = Mapping[str, float]

PATIENCE = 60.0
"""Seconds after which what has not happened is not going to."""

RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""In bytes, of what getrusage tells of memory."""


class BenchError(RuntimeError):
    """What was to be measured did not run; the message is the one line to tell."""


def run(command: Sequence[str], folder: Path, log: Path, more: dict[str, str] | None = None) -> Row:
    """Run ``command`` in ``folder``; give its ``wall`` and ``cpu`` seconds and ``peak`` bytes.

    The processor time is that of all its processes, the peak that of the largest one. What it says
    goes to ``log``. The bench itself stays small: a process is taken to be at least as large as the
    one that started it.

    Raises:
        BenchError: it failed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(more or {}), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchError(f"{' '.join(command[1:])} failed: {_last_line(log)} (see {log})")
    cpu = usage.ru_utime + usage.ru_stime
    return {"wall": wall, "cpu": cpu, "peak": float(usage.ru_maxrss * RSS_UNIT)}


def interrupt(
    command: Sequence[str], folder: Path, log: Path, busy: Callable[[], bool]
) -> Mapping[str, float]:
    """Run ``command`` until it is ``busy``, then press Ctrl-C; give the seconds until all is gone.

    Gone are the command and every process that it started.

    Raises:
        BenchError: it was not busy in time, or something of it stays.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("wb") as said,
        subprocess.Popen(
            command,
            cwd=folder,
            env=_environment({}),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # A bench that was started in the background ignores Ctrl-C, and so would this.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        ) as process,
    ):
        try:
            _until(lambda: busy() or process.poll() is not None, f"{command[1:]} is not busy")
            began = time.perf_counter()
            os.killpg(process.pid, signal.SIGINT)
            _until(lambda: process.poll() is not None and not _lives(process.pid), "it goes on")
            return {"gone": time.perf_counter() - began}
        finally:
            if _lives(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


def _until(met: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not met():
        if time.monotonic() > deadline:
            raise BenchError(f"{otherwise} after {PATIENCE:.0f} s")
        time.sleep(0.005)


def _lives(group: int) -> bool:
    """Whether any process of a group is there, and not just waits for init to take note."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    states = [state for state, of in _processes() if of == group]
    return set(states) != {"Z"}


def _processes() -> Iterator[tuple[str, int]]:
    """State and group of each process, where the system tells (proc(5), Linux)."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            yield state, int(group)


def _environment(more: dict[str, str]) -> dict[str, str]:
    """This process's own, less what would make imports slow, or have something else filmed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "LESSON", "STOCK"}
    }
    return kept | more


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing"
