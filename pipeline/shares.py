"""Divide what is to be filmed into shares, each for a process of its own."""

import math
from collections.abc import Iterator, Sequence

from pipeline.plan import PIECES, Task, folder_of
from pipeline.share import Share

SHORTEST = 15
"""Seconds of film for which another process is worth its start, where nobody sees its pace."""


def chapters(tasks: Sequence[Task], only: int | None = None) -> list[Share]:
    """One share for each of ``tasks``: all that is missing of it, or beat ``only``.

    Who has nothing else to do helps: see `pipeline.workers`.
    """
    return [_share(task, only=only) for task in tasks if not task.outlook.whole]


def neediest(left: Sequence[float], prices: Sequence[float]) -> int | None:
    """Which team should get help, if any.

    Each of its workers has so many seconds of work ``left``; its price are those after which
    another one would take a part of that.
    """
    worth = [number for number, price in enumerate(prices) if left[number] > price]
    return max(worth, key=left.__getitem__, default=None)


def divide(tasks: Sequence[Task], jobs: int) -> list[Share]:
    """The shares of ``tasks`` for ``jobs`` processes that know nothing of each other.

    A chapter is one, unless it is more than half of what each process gets: the last one to end
    would keep the others waiting. Each share runs its chapter from the start, so there are no more
    of them than needed.
    """
    total = sum(task.expected_seconds for task in tasks)
    return [
        share
        for task in tasks
        if not task.outlook.whole
        for share in _shares(task, _count(task.expected_seconds, total, jobs))
    ]


def _count(seconds: float, total: float, jobs: int) -> int:
    if not seconds:
        return 1
    wanted = math.ceil(2 * jobs * seconds / total)
    return max(1, min(wanted, jobs, int(seconds / SHORTEST)))


def _shares(task: Task, count: int) -> Iterator[Share]:
    for index in range(count):
        share = _share(task, index, count)
        if not task.outlook.complete or share.last is not None:
            yield share


def _share(task: Task, index: int = 0, count: int = 1, only: int | None = None) -> Share:
    outlook, last = task.outlook, only
    if outlook.complete and only is None:
        mine = [number for number in outlook.missing if number % count == index]
        last = max(mine, default=None)
    mine = [number for number in task.expected if only is None or number == only]
    share = Share(
        entry=task.entry,
        quality=task.quality,
        lesson=task.lesson,
        stock=task.stock,
        store=PIECES,
        folder=folder_of(task.quality) / "work" / task.name,
        ingredients=task.ingredients,
        places=outlook.places,
        last=last,
        of=count,
        only=only,
        expected={number: task.expected[number] for number in mine if number % count == index},
    )
    return share.another(index)
