"""Replay a chapter without a film: few frames, and a look at most of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from scenes.kit.chapter import Chapter
from scenes.kit.layout import Report
from scenes.kit.proof.dry_run import FRAMES_A_SECOND, rehearse
from scenes.kit.wording.beats import Beat
from scenes.outline import Entry
from tests.scenes.proof import Proof
from tests.scenes.translating import listening

FRAMES = Path("build/layout")
"""Where the frames that break a rule of layout are left."""
LOOK_EVERY = 0.5
"""Seconds between two looks during one play: a look takes three times as long as a frame."""


@dataclass(kw_only=True)
class Replay(Proof):
    """What one chapter showed and said, and what was wrong with its numbers and its layout.

    `said` holds the templates of what it said.
    """

    entry: Entry
    beats: list[Beat] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seconds: float = 0.0
    layout: Report = field(default_factory=lambda: Report(FRAMES))

    @property
    def ill_laid(self) -> list[str]:
        """What breaks the rules of layout."""
        return [str(one) for one in self.layout.found]

    @property
    def unseen(self) -> list[str]:
        """What is said and not shown."""
        return self.spoken.unseen

    def look(self, chapter: Chapter) -> None:
        """Hold every claim of this frame to its quantity, and all of it to the rules of layout."""
        super().look(chapter)
        self.layout.look(chapter)


def seldom(look: Callable[[Chapter], None]) -> Callable[[Chapter], None]:
    """``look``, but only as a play or a pause begins, every half second of it, and after it."""
    playing, due = None, 0.0

    def look_if_due(chapter: Chapter) -> None:
        nonlocal playing, due
        if chapter.animations is not playing or chapter.time >= due:
            playing, due = chapter.animations, chapter.time + LOOK_EVERY
            look(chapter)

    return look_if_due


def replay(entry: Entry, frame_rate: int = FRAMES_A_SECOND) -> Replay:
    """Run a chapter of the outline at a few frames a second and look at most of them."""
    result = Replay(entry=entry)
    kind, result.said = listening(getattr(import_module(entry.module), entry.scene))
    chapter = rehearse(kind, seldom(result.look), frame_rate)
    result.layout.close(chapter)
    result.spoken.close()
    result.beats, result.seconds = chapter.beats, chapter.time
    return result
