"""Divide what is to be filmed into jobs, each for a process of its own."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.cache.plan import SEGMENTS, Task, folder_of
from pipeline.film.job import Job

SHORTEST = 15
"""Seconds of film for which another process is worth its start: it sets its chapter up first."""


def divide(tasks: Sequence[Task], workers: int, only: int | None = None) -> list[Job]:
    """The jobs of ``tasks`` for ``workers`` processes, or those that film beat ``only``.

    Of a chapter in several jobs each films every so-many-th beat. Each runs the chapter from its
    start, so there are no more of them than needed.
    """
    total = sum(task.expected_seconds for task in tasks)
    return [
        job
        for task in tasks
        if not task.staleness.whole
        for job in _jobs(task, job_count(task.expected_seconds, total, workers), only)
    ]


def job_count(seconds: float, total: float, workers: int) -> int:
    """How many jobs a chapter of so many of the ``total`` seconds of film is divided into.

    It is one, unless it is more than half of what each worker gets: the last one to end would keep
    the others waiting.
    """
    if not seconds:
        return 1
    wanted = math.ceil(2 * workers * seconds / total)
    return max(1, min(wanted, workers, int(seconds / SHORTEST)))


def _jobs(task: Task, count: int, only: int | None) -> Iterator[Job]:
    for index in range(count):
        name = f"{task.name}-{index + 1}" if index else task.name
        job = Job(
            entry=task.entry,
            quality=task.quality,
            lesson=task.lesson,
            stock=task.stock,
            voice=task.voice,
            store=SEGMENTS,
            folder=folder_of(task.quality) / "work" / name,
            ingredients=task.keys.ingredients,
            places=task.staleness.places,
            last=only,
            index=index,
            of=count,
            only=only,
        )
        expected = {beat: seconds for beat, seconds in task.expected.items() if job.has(beat)}
        missing = [beat for beat in task.staleness.missing if job.has(beat)]
        if not task.staleness.complete:
            yield replace(job, expected=expected)
        elif missing:
            yield replace(job, expected=expected, last=missing[-1])
