"""Every number that is said is on screen while it is said."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from scenes.kit.chapter import Chapter
from scenes.kit.proof.evidence import Entry
from scenes.kit.proof.provenance import Told, shows
from scenes.kit.wording.written import Number, numbers_of


@dataclass
class Spoken:
    """Looks for what is said among what stands on screen; `unseen` is what it did not find."""

    unseen: list[str] = field(default_factory=list)
    beat: int = 0
    sentence: str = ""
    sought: list[Number] = field(default_factory=list)

    def look(self, chapter: Chapter, entries: Iterable[Entry]) -> None:
        """Tick off the numbers of the present sentence that stand there now."""
        beat = len(chapter.beats) + 1
        if beat != self.beat or chapter.sentence != self.sentence:
            self.close()
            self.beat, self.sentence = beat, chapter.sentence
            self.sought = [n for n in numbers_of(chapter.sentence) if not n.counted]
        if self.sought:
            texts = [e.computed for e in entries if e.mobject and isinstance(e.computed, Told)]
            there = [number for text in texts for number in text.numbers if number is not None]
            self.sought = [n for n in self.sought if not any(shows(one, n) for one in there)]

    def close(self) -> None:
        """Report what is sought yet: its beat is over."""
        self.unseen += [
            f"beat {self.beat}: {number} is said, and not shown: “{self.sentence}”"
            for number in self.sought
        ]
        self.sought = []
