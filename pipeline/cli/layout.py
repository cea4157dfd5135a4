"""Report on the layout of chapters, each rehearsed in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.cache.plan import Task

CHECK = "scenes.kit.layout"


def layout_report(tasks: Sequence[Task], folder: Path, workers: int) -> Iterator[str]:
    """A line for each thing wrong with the layout of the chapters, ``workers`` of them at a time.

    The frames that show it, with the objects boxed, are left in ``folder``.
    """
    with ThreadPoolExecutor(workers) as pool:
        for lines in pool.map(lambda task: _check(task, folder), tasks):
            yield from lines


def _check(task: Task, folder: Path) -> list[str]:
    check = subprocess.run(
        [sys.executable, "-m", CHECK, "--folder", str(folder), str(task.entry.number)],
        env=os.environ | {"LESSON": str(task.lesson), "THEME": task.quality.theme},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = check.stdout.splitlines()
    if check.returncode and not lines:
        errors = check.stderr.strip().splitlines() or [f"exit code {check.returncode}"]
        lines.append(f"{task.name}: the layout could not be checked: {errors[-1]}")
    return lines
