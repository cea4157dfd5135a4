"""Replay a chapter without a film: few frames, and a look at every one of them."""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from manim import Mobject, VMobject

from scenes.kit.chapter import Chapter
from scenes.kit.evidence import evidence
from scenes.kit.layout import Report
from scenes.kit.narration import Beat
from scenes.kit.rehearsal import rehearse
from scenes.outline import Entry
from tests.scenes.proof import complaint

FRAMES = Path("build/layout")
"""Where the frames that break a rule of layout are left."""


@dataclass
class Replay:
    """What one chapter showed: its beats, the claims that were checked, and all that was wrong."""

    beats: list[Beat] = field(default_factory=list)
    seconds: float = 0.0
    checked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    layout: Report = field(default_factory=lambda: Report(FRAMES))

    def look(self, chapter: Chapter) -> None:
        """Hold every claim of this frame to its quantity, and all of it to the rules of layout."""
        shown, time = evidence(chapter), f"{chapter.time:.2f} s"
        for entry in shown.entries:
            self.checked.add(entry.quantity)
            if wrong := complaint(entry):
                self.wrong.append(f"{time}: {entry.quantity}: {wrong}")
        self.unclaimed += [f"{time}: {where(mobject)}" for mobject in shown.unclaimed]
        self.layout.look(chapter)


def replay(entry: Entry) -> Replay:
    """Run a chapter of the outline at a few frames a second and look at each."""
    result = Replay()
    chapter = rehearse(getattr(import_module(entry.module), entry.scene), result.look)
    result.layout.close(chapter)
    result.beats, result.seconds = chapter.beats, chapter.time
    return result


def where(mobject: Mobject) -> str:
    """A mobject by its kind, its colour and its place in the picture."""
    x, y, _ = mobject.get_center()
    colour = mobject.get_color().to_hex() if isinstance(mobject, VMobject) else ""
    return f"{type(mobject).__name__} {colour} about ({x:.2f}, {y:.2f})"
