"""Run a command and measure its wall time, the processor time of all its processes, its memory."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

Row = Mapping[str, float]
"""One measurement: quantities by name, in seconds, bytes or frames."""
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit of ``ru_maxrss`` (getrusage(2))."""


class BenchmarkError(RuntimeError):
    """Something to be measured did not run; the message is one line for the terminal."""


def run(command: Sequence[str], folder: Path, log: Path, **environment: str) -> Row:
    """Run ``command`` in ``folder`` and return its ``wall`` and ``cpu`` seconds and ``peak`` bytes.

    The processor time is that of all its processes, the peak that of the largest one; a process
    counts as at least as large as the one that started it, so this one has to stay small. Output
    goes to ``log``; if its last line is a JSON object, its quantities are added or take precedence.

    Raises:
        BenchmarkError: The command failed.
    """
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    last = log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
    if process.returncode:
        raise BenchmarkError(f"{' '.join(command[1:])} failed: {last or 'no output'} (see {log})")
    cpu = usage.ru_utime + usage.ru_stime
    row = {"wall": wall, "cpu": cpu, "peak": float(usage.ru_maxrss * RSS_UNIT)}
    return row | json.loads(last) if last.startswith("{") else row


def interrupt(command: Sequence[str], folder: Path, pattern: str, count: int) -> Row:
    """Press Ctrl-C in ``command`` and return the seconds until all of it is ``gone``.

    That is done as soon as ``count`` files in ``folder`` match ``pattern``. Gone are the command
    and, where there is ``/proc``, every process that it started.

    Raises:
        BenchmarkError: The command ended before.
    """
    output = subprocess.DEVNULL
    # Commands in the background inherit that Ctrl-C is ignored.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, cwd=folder, stdout=output, stderr=output, process_group=0, preexec_fn=heed
    ) as process:
        try:
            while len(list(folder.glob(pattern))) < count:
                if process.poll() is not None:
                    raise BenchmarkError(f"{' '.join(command[1:])} ended before it was interrupted")
                time.sleep(0.005)
            began = time.perf_counter()
            os.killpg(process.pid, signal.SIGINT)
            while process.poll() is None or _runs(process.pid):
                time.sleep(0.005)
            return {"gone": time.perf_counter() - began}
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _runs(group: int) -> bool:
    """Whether a process of ``group`` runs, and does not only wait to be reaped (proc(5))."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False
