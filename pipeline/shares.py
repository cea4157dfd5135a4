"""Divide what is to be filmed so that all processes end together."""

import math
from collections.abc import Iterator, Sequence

from pipeline.plan import PIECES, Task, folder_of
from pipeline.share import Share

SHORTEST = 15
"""Seconds of film for which another process is worth its start, and the way to its first beat."""


def divide(tasks: Sequence[Task], jobs: int, only: int | None = None) -> list[Share]:
    """The shares of ``tasks`` for ``jobs`` processes: a chapter is one, unless it is too long.

    Too long is more than half of what each process gets: the last one to end would keep the others
    waiting. Each share runs its chapter from the start, so there are no more of them than needed.
    """
    total = sum(task.expected_seconds for task in tasks)
    return [
        share
        for task in tasks
        if not task.outlook.whole
        for share in _shares(task, _count(task.expected_seconds, total, jobs), only)
    ]


def _count(seconds: float, total: float, jobs: int) -> int:
    if not seconds:
        return 1
    wanted = math.ceil(2 * jobs * seconds / total)
    return max(1, min(wanted, jobs, int(seconds / SHORTEST)))


def _shares(task: Task, count: int, only: int | None) -> Iterator[Share]:
    outlook, count = task.outlook, count if only is None else 1
    for index in range(count):
        last = only
        if outlook.complete and only is None:
            mine = [number for number in outlook.missing if number % count == index]
            if not mine:
                continue
            last = mine[-1]
        yield Share(
            entry=task.entry,
            quality=task.quality,
            lesson=task.lesson,
            stock=task.stock,
            store=PIECES,
            folder=folder_of(task.quality) / "work" / f"{task.name}-{index + 1}",
            ingredients=task.ingredients,
            places=outlook.places,
            last=last,
            index=index,
            of=count,
            only=only,
            expected_seconds=task.expected_seconds / count,
        )
