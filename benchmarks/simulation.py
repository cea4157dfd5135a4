"""Simulate more workers than there are cores, from the measured seconds of each beat.

Workers do as those of `pipeline.film.pool`: each takes a chapter, the longest first, and then helps
with the one where most is left for each of its workers. Each beat is filmed by the worker who comes
to it first and skipped by the others. What cores share, such as memory, is left out.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass
class Chapter:
    """Measured seconds: before the first beat, and for each beat filmed or skipped.

    In a simulation it has ``workers``, and ``front`` is the first beat that none has come to.
    """

    start: float
    filmed: Sequence[float]
    skipped: Sequence[float]
    workers: int = 0
    front: int = 0

    @property
    def left(self) -> float:
        """Seconds of filming that nobody has begun, for each of its workers."""
        return sum(self.filmed[self.front :]) / max(1, self.workers)


def makespan(chapters: Iterable[Chapter], workers: int) -> float:
    """Return the seconds until ``workers`` processes have filmed ``chapters`` from nothing."""
    chapters = [replace(chapter) for chapter in chapters]
    end = 0.0
    # When a worker is free, which one, at which chapter, and the beat that it has come to.
    agenda: list[tuple[float, int, Chapter | None, int]] = [(0, n, None, 0) for n in range(workers)]
    while agenda:
        now, worker, chapter, beat = heapq.heappop(agenda)
        if chapter is None or not chapter.left:
            neediest = max(chapters, key=lambda chapter: (not chapter.workers, chapter.left))
            if not neediest.left:
                continue
            chapter, beat, seconds = neediest, -1, neediest.start
            chapter.workers += 1
        elif beat < chapter.front:
            seconds = chapter.skipped[beat]
        else:
            seconds = chapter.filmed[beat]
            chapter.front += 1
            end = max(end, now + seconds)
        heapq.heappush(agenda, (now + seconds, worker, chapter, beat + 1))
    return end
