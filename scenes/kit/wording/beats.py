"""A Beat is one sentence of a chapter, with when it was said; here is how long one needs."""

from dataclasses import dataclass

CHARACTERS_PER_SECOND = 15.0
SHORTEST_CAPTION = 1.5


@dataclass(frozen=True)
class Beat:
    """One sentence and the seconds of its chapter under which it stands; silent if it is empty."""

    sentence: str
    start: float
    end: float

    @property
    def duration(self) -> float:
        """Seconds from start to end."""
        return self.end - self.start


def reading_time(sentence: str) -> float:
    """Seconds a viewer needs for ``sentence``: 15 characters a second, never under 1.5 s."""
    return max(SHORTEST_CAPTION, len(sentence) / CHARACTERS_PER_SECOND)
