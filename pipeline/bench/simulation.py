"""What more processes would do, simulated from measured beats: nobody here has the cores.

Workers do as those of `pipeline.film.pool`: each takes a chapter, the longest first, and then helps
where that is worth its price; a beat is filmed by the one who comes to it first, and skipped by the
others, who are dismissed when it is all there. The pace and the end of a chapter are known
here from the start. What cores share, such as memory, is left out.
"""

import heapq
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.bench.measure import Row
from pipeline.bench.profiling import START
from pipeline.cache.plan import Task, typical
from pipeline.film.partition import neediest


@dataclass(frozen=True)
class Beats:
    """A chapter's measured seconds: until a worker runs it, and each beat filmed or skipped."""

    start: float
    filmed: Sequence[float]
    skipped: Sequence[float]


@dataclass
class _Team:
    """The workers at one chapter: how many, how far, and when all is stored that they film.

    It has ``ended`` if one of them has come to the end.
    """

    expected_seconds: float
    beats: Beats
    ended: bool = False
    size: int = 0
    front: int = 0
    stored: float = 0.0

    @property
    def left(self) -> float:
        """The seconds of work that nobody has come to yet, to each of its workers."""
        return sum(self.beats.filmed[self.front :]) / self.size

    @property
    def price(self) -> float:
        """The seconds until another worker would come to a beat that is still to be filmed."""
        return self.beats.start + sum(self.beats.skipped[: self.front])

    def is_over(self, now: float) -> bool:
        """Whether there is nothing left to wait for."""
        return self.ended and now >= self.stored

    def pass_beat(self, number: int, now: float) -> float:
        """The seconds that a worker who has come to a beat needs until it comes to the next."""
        if number < self.front:
            return self.beats.skipped[number]
        self.front = number + 1
        self.stored = max(self.stored, now + self.beats.filmed[number])
        return self.beats.filmed[number]


def beats_of(filmed: Row, skipped: Row) -> Beats:
    """The beats of a chapter from the two rows of `profiling`."""
    start = (filmed[START] + skipped[START]) / 2
    return Beats(start, _numbered(filmed), _numbered(skipped))


def makespan(tasks: Sequence[Task], beats: Mapping[int, Beats], jobs: int) -> float:
    """The seconds until ``jobs`` workers have filmed ``tasks`` from nothing."""
    teams = [_Team(sum(typical(task.keys).values()), beats[task.entry.number]) for task in tasks]
    waiting = deque(sorted(teams, key=lambda team: -team.expected_seconds))
    begun: list[_Team] = []
    # When something happens, to which worker, and what: it comes to a beat of a team's.
    agenda: list[tuple[float, int, _Team | None, int]] = [(0.0, n, None, 0) for n in range(jobs)]
    now = 0.0
    while agenda:
        now, worker, team, number = heapq.heappop(agenda)
        if team is not None:
            at_end = number == len(team.beats.filmed)
            team.ended |= at_end
            if team.is_over(now):
                agenda = [
                    (now, n, None, 0) if t is team else (at, n, t, b) for at, n, t, b in agenda
                ]
                heapq.heapify(agenda)
            if team.is_over(now) or at_end:
                team = None
        if team is None:
            team, number = _next(waiting, begun), -1
            if team is None:
                continue
            team.size += 1
        seconds = team.beats.start if number < 0 else team.pass_beat(number, now)
        heapq.heappush(agenda, (now + seconds, worker, team, number + 1))
    return now


def _next(waiting: deque[_Team], begun: list[_Team]) -> _Team | None:
    """The chapter for a worker who has nothing to do."""
    if waiting:
        begun.append(waiting.popleft())
        return begun[-1]
    going_on = [team for team in begun if not team.ended]
    chosen = neediest([team.left for team in going_on], [team.price for team in going_on])
    return None if chosen is None else going_on[chosen]


def _numbered(row: Row) -> list[float]:
    found: list[float] = []
    for number in count(1):
        if f"beat {number}" not in row:
            return found
        found.append(row[f"beat {number}"])
    raise AssertionError
