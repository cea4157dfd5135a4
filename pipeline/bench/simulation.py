"""What more processes would do, simulated from measured beats: nobody here has the cores.

Shares are those of `pipeline.shares`. A worker takes its start, films its own beats and skips the
others; workers take the longest share first. What cores share, such as memory, is left out.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from pipeline.bench.measure import Row
from pipeline.bench.profiling import START
from pipeline.outlook import Outlook
from pipeline.plan import TYPICAL_SECONDS, Task
from pipeline.share import Share
from pipeline.shares import divide


@dataclass(frozen=True)
class Beats:
    """A chapter's measured seconds: until a worker runs it, and each beat filmed or skipped."""

    start: float
    filmed: Sequence[float]
    skipped: Sequence[float]

    def seconds(self, share: Share) -> float:
        """How long a worker is busy with ``share`` of a chapter that was never filmed."""
        beats = zip(count(), self.filmed, self.skipped, strict=False)
        return self.start + sum(film if share.has(n) else skip for n, film, skip in beats)


def beats_of(filmed: Row, skipped: Row) -> Beats:
    """The beats of a chapter from the two rows of `profiling`."""
    start = (filmed[START] + skipped[START]) / 2
    return Beats(start, _numbered(filmed), _numbered(skipped))


def makespan(tasks: Sequence[Task], beats: Mapping[int, Beats], jobs: int) -> float:
    """The seconds until ``jobs`` workers have filmed ``tasks`` from nothing."""
    cold = [replace(t, outlook=Outlook(), expected_seconds=TYPICAL_SECONDS) for t in tasks]
    shares = sorted(divide(cold, jobs), key=lambda share: -share.expected_seconds)
    free = [0.0] * jobs
    for share in shares:
        heapq.heappush(free, heapq.heappop(free) + beats[share.entry.number].seconds(share))
    return max(free)


def _numbered(row: Row) -> list[float]:
    found: list[float] = []
    for number in count(1):
        if f"beat {number}" not in row:
            return found
        found.append(row[f"beat {number}"])
    raise AssertionError
