"""What is being said, word for word: pictures can wait until a word of it is heard."""

from collections.abc import Callable, Sequence
from typing import Protocol

from scenes.kit.wording.beats import reading_time

BREATH, PARAGRAPH, QUESTION = 0.35, 0.8, 0.9
"""Seconds of silence after a spoken sentence, after the last of a thought, and after a question."""
PUNCTUATION = ".,:;!?…()[]{}“”‘’\"'«»"


class Speech(Protocol):
    """A sentence as sound: how long it is, and when each of its words begins.

    ``starts`` are seconds, one for each word of the sentence between spaces; empty if nobody knows.
    """

    @property
    def seconds(self) -> float:
        """How long it is."""

    @property
    def starts(self) -> Sequence[float]:
        """When each word begins."""


Voice = Callable[[int, str, str], Speech | None]
"""Speaks a beat, given its number from 1, its caption, and its English for the ear; or does not."""


class Said:
    """The ``sentence`` of a beat that began at ``start``, and its ``speech`` if it is spoken.

    ``pause_until`` waits for a moment of the chapter; ``now`` is the present one. Silence follows
    for ``breath`` seconds.
    """

    def __init__(
        self,
        sentence: str,
        speech: Speech | None,
        start: float,
        pause_until: Callable[[float], None],
        now: Callable[[], float] = float,
    ) -> None:
        self.sentence, self.speech = sentence, speech
        self.breath = QUESTION if sentence.endswith("?") else BREATH
        self._start, self._pause_until, self._now = start, pause_until, now

    def until(self, words: str) -> None:
        """Wait until the first of ``words`` is said, which stand in the sentence as given.

        It is not waited for where nothing is said, or nobody knows when.

        Raises:
            ValueError: they are not said in this sentence.
        """
        said, wanted = _words(self.sentence), _words(words)
        places = [k for k in range(len(said)) if wanted and said[k : k + len(wanted)] == wanted]
        if not places:
            raise ValueError(f"{words!r} is not said in {self.sentence!r}")
        if self.speech is not None and len(self.speech.starts) == len(said):
            self._pause_until(self._start + self.speech.starts[places[0]])

    def rest(self, least: float) -> float:
        """Seconds until it has been said, or could be read; ``least`` if that is sooner."""
        seconds = reading_time(self.sentence) if self.speech is None else self.speech.seconds
        return max(least, self._start + seconds - self._now())

    def ends_paragraph(self) -> None:
        """Leave a longer silence after this sentence: a thought ends here."""
        self.breath = max(self.breath, PARAGRAPH)


def _words(text: str) -> list[str]:
    return [word.strip(PUNCTUATION).lower() for word in text.split(" ") if word]
