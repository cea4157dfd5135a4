"""Replay a chapter without a film: few frames, and a look at every one of them."""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from scenes.kit.chapter import Chapter
from scenes.kit.layout import Report
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.wording.beats import Beat
from scenes.outline import Entry
from tests.scenes.proof import Proof
from tests.scenes.translating import listening

FRAMES = Path("build/layout")
"""Where the frames that break a rule of layout are left."""


@dataclass
class Replay(Proof):
    """What one chapter showed and said, and what was wrong with its numbers and its layout.

    `said` holds the templates of what it said.
    """

    beats: list[Beat] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seconds: float = 0.0
    layout: Report = field(default_factory=lambda: Report(FRAMES))

    def look(self, chapter: Chapter) -> None:
        """Hold every claim of this frame to its quantity, and all of it to the rules of layout."""
        super().look(chapter)
        self.layout.look(chapter)


def replay(entry: Entry) -> Replay:
    """Run a chapter of the outline at a few frames a second and look at each."""
    result = Replay()
    kind, result.said = listening(getattr(import_module(entry.module), entry.scene))
    chapter = rehearse(kind, result.look)
    result.layout.close(chapter)
    result.beats, result.seconds = chapter.beats, chapter.time
    return result
