"""All who film one job: how far they are, at what pace, and what another one would be worth."""

from dataclasses import dataclass, field

from pipeline.film.job import Filmed, Job
from pipeline.film.worker import Event, Failed, Progress, Stored

START = 2.5
"""Seconds that a worker needs before it films, until one has shown how many they are."""

PACE = 1 / 6
"""Seconds of work a second of film, until it is known: those of small pictures."""

TRUST = 3.0
"""Seconds of film after which the pace that was measured counts as much as the one assumed."""

SKIPPING = 0.05
"""What skipping takes of the time that filming took: 0.03 to 0.13 in chapters 5, 7 and 8."""

UNFORESEEN = 12.0
"""Seconds of film that may always follow, as long as nobody knows where a chapter ends.

Its source does not say how often a sentence is said in a loop. To help in vain costs no more than
the time of somebody who has nothing else to do.
"""


@dataclass
class Team:
    """Those who film ``job``, each known by its index; ``size`` is how many there ever were.

    ``tries`` is one more than how many of them died: what killed them should not meet more.
    """

    job: Job
    size: int = 1
    tries: int = 1
    filmed: Filmed | None = None
    failed: bool = False
    _start: float = START
    _front: int = -1
    _seconds: float = 0.0
    _frames: dict[int, int] = field(default_factory=dict)
    _last_heard: dict[int, float] = field(default_factory=dict)
    _stored: set[int] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether another worker would find beats to film: nobody has died or come to the end."""
        return self.job.is_open and self.tries == 1 and self.filmed is None and not self.failed

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to wait for: one came to the end, and no segment is due."""
        if self.filmed is None:
            return False
        claimed = {int(path.name) for path in self.job.claims.glob("[0-9]*")}
        # Whoever comes to the end claims what comes after the last beat, if anything does.
        return claimed.intersection(range(len(self.filmed.places))) <= self._stored

    @property
    def frames(self) -> int:
        """How many were filmed by all together."""
        return sum(self._frames.values())

    @property
    def left(self) -> float:
        """Seconds of work on the beats that nobody has come to yet, for one worker alone."""
        film = sum(length for beat, length in self.job.expected.items() if beat > self._front)
        if self.job.last is None:
            film = max(film, UNFORESEEN)
        filmed = self.frames / self.job.quality.frame_rate
        return film * (self._seconds + PACE * TRUST) / (filmed + TRUST)

    @property
    def price(self) -> float:
        """Seconds until another worker would come to a beat that is still to be filmed."""
        return self._start + SKIPPING * self._seconds

    def begin(self, index: int, now: float) -> None:
        """Take note that a worker was started ``now``, in seconds of any clock that runs evenly."""
        self._frames.pop(index, None)
        self._last_heard[index] = now

    def hear(self, index: int, event: Event, now: float) -> None:
        """Take in what a worker tells; its time counts for the pace as long as frames come."""
        match event:
            case Progress(number=number, frames=frames):
                since = now - self._last_heard[index]
                if index not in self._frames:
                    self._start = since
                elif frames > self._frames[index]:
                    self._seconds += since
                self._frames[index] = frames
                self._last_heard[index] = now
                self._front = max(self._front, number)
            case Stored(number=number):
                self._stored.add(number)
            case Filmed(complete=complete):
                if self.filmed is None or complete:
                    self.filmed = event
            case Failed():
                self.failed = True
