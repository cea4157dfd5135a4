"""Divide what is to be filmed into jobs, each for a process of its own."""

import math
from collections.abc import Iterator, Sequence

from pipeline.cache.plan import SEGMENTS, Task, folder_of
from pipeline.film.job import Job

SHORTEST = 15
"""Seconds of film for which another process is worth its start, where nobody sees its pace."""


def chapters(tasks: Sequence[Task], only: int | None = None) -> list[Job]:
    """One job for each of ``tasks``: all that is missing of it, or beat ``only``.

    Who has nothing else to do helps: see `pipeline.film.pool`.
    """
    return [_job(task, only=only) for task in tasks if not task.staleness.whole]


def neediest(left: Sequence[float], prices: Sequence[float]) -> int | None:
    """Which team should get help, if any.

    Each of its workers has so many seconds of work ``left``; its price are those after which
    another one would take a part of that.
    """
    worth = [number for number, price in enumerate(prices) if left[number] > price]
    return max(worth, key=left.__getitem__, default=None)


def divide(tasks: Sequence[Task], workers: int) -> list[Job]:
    """The jobs of ``tasks`` for ``workers`` processes that know nothing of each other.

    A chapter is one, unless it is more than half of what each process gets: the last one to end
    would keep the others waiting. Each job runs its chapter from the start, so there are no more
    of them than needed.
    """
    total = sum(task.expected_seconds for task in tasks)
    return [
        job
        for task in tasks
        if not task.staleness.whole
        for job in _jobs(task, _count(task.expected_seconds, total, workers))
    ]


def _count(seconds: float, total: float, workers: int) -> int:
    if not seconds:
        return 1
    wanted = math.ceil(2 * workers * seconds / total)
    return max(1, min(wanted, workers, int(seconds / SHORTEST)))


def _jobs(task: Task, count: int) -> Iterator[Job]:
    for index in range(count):
        job = _job(task, index, count)
        if not task.staleness.complete or job.last is not None:
            yield job


def _job(task: Task, index: int = 0, count: int = 1, only: int | None = None) -> Job:
    staleness, last = task.staleness, only
    if staleness.complete and only is None:
        mine = [number for number in staleness.missing if number % count == index]
        last = max(mine, default=None)
    mine = [number for number in task.expected if only is None or number == only]
    job = Job(
        entry=task.entry,
        quality=task.quality,
        lesson=task.lesson,
        stock=task.stock,
        voice=task.voice,
        store=SEGMENTS,
        folder=folder_of(task.quality) / "work" / task.name,
        ingredients=task.ingredients,
        places=staleness.places,
        last=last,
        of=count,
        only=only,
        expected={number: task.expected[number] for number in mine if number % count == index},
    )
    return job.another(index)
