"""Simulate more workers than there are cores, from the measured seconds of each beat.

Chapters are divided as `pipeline.film.partition` does, and workers take the longest job first. Each
job skips the beats of the others. What cores share, such as memory, is left out.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cache.plan import SENTENCE_SECONDS
from pipeline.film.partition import job_count


@dataclass(frozen=True)
class Chapter:
    """A chapter takes seconds before its first beat, and for each beat filmed or skipped."""

    start: float
    filmed: Sequence[float]
    skipped: Sequence[float]

    def jobs(self, count: int) -> list[float]:
        """Return the seconds that each of ``count`` jobs takes, of every so-many-th beat."""
        jobs = [self.start] * count
        for number, (filmed, skipped) in enumerate(zip(self.filmed, self.skipped, strict=True)):
            for job in range(count):
                jobs[job] += filmed if number % count == job else skipped
        return jobs


def makespan(chapters: Sequence[Chapter], workers: int) -> float:
    """Return the seconds until ``workers`` processes have filmed ``chapters`` from nothing."""
    lengths = [SENTENCE_SECONDS * len(chapter.filmed) for chapter in chapters]
    jobs = [
        seconds
        for chapter, length in zip(chapters, lengths, strict=True)
        for seconds in chapter.jobs(job_count(length, sum(lengths), workers))
    ]
    free = [0.0] * workers
    for seconds in sorted(jobs, reverse=True):
        heapq.heappush(free, heapq.heappop(free) + seconds)
    return max(free)
