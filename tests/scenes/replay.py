"""Replay a chapter without a film: few frames, few pixels, and a look at every one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import numpy as np
from manim import Mobject, VMobject, tempconfig

from scenes.kit.chapter import Chapter
from scenes.kit.frame import SAFE
from scenes.kit.narration import Beat
from scenes.kit.trace import Binding, bindings
from scenes.outline import Entry

FRAMES_A_SECOND = 5
TOLERANCE = 1e-6
"""Of the largest value drawn: into the picture and back is a dozen additions and products."""
SLACK = 0.06
"""Half of a thick line, in units: a frame's line may lie astride the edge of the safe area."""


@dataclass
class Replay:
    """What one chapter showed: its beats, the claims that were checked, and all that was wrong."""

    beats: list[Beat] = field(default_factory=list)
    seconds: float = 0.0
    checked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)

    def look(self, chapter: Chapter) -> None:
        """Hold what is bound and stands in this frame to its quantity, and all to the safe area."""
        standing = chapter.standing()
        for binding in bindings(standing):
            self.checked.add(binding.quantity)
            if complaint := difference(binding):
                self.wrong.append(f"{chapter.time:.2f} s: {binding.quantity}: {complaint}")
        for mobject in standing:
            if is_seen(mobject) and not SAFE.holds(mobject, SLACK):
                where = mobject.get_center()
                self.astray.append(f"{chapter.time:.2f} s: {mobject!r} about {where}")


def replay(entry: Entry, media: Path) -> Replay:
    """Run a chapter at a few frames a second and look at each."""
    result = Replay()
    settings = {
        "dry_run": True,
        "frame_rate": FRAMES_A_SECOND,
        "pixel_width": 128,
        "pixel_height": 72,
        "media_dir": str(media),
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(settings), watched(result):
        scene = getattr(import_module(entry.module), entry.scene)()
        scene.render()
    result.beats, result.seconds = scene.beats, scene.time
    return result


@contextmanager
def watched(result: Replay) -> Iterator[None]:
    """Let `result` see every frame of the chapters run inside."""
    Chapter.on_frame = result.look
    try:
        yield
    finally:
        Chapter.on_frame = None


def difference(binding: Binding) -> str:
    """What is wrong with a claim, in words; empty if the picture shows what gdmath computes."""
    drawn, computed = binding.drawn(), binding.computed()
    if isinstance(drawn, str) or isinstance(computed, str):
        return "" if drawn == computed else f"shows {drawn!r}, but it is {computed!r}"
    drawn, computed = np.asarray(drawn, dtype=float), np.asarray(computed, dtype=float)
    if drawn.shape != computed.shape:
        return f"shows shape {drawn.shape}, but it is {computed.shape}"
    scale = max(1.0, float(np.abs(computed).max(initial=0)))
    gap = float(np.abs(drawn - computed).max(initial=0))
    return "" if gap <= TOLERANCE * scale else f"is off by {gap:.3g} of {scale:.3g}"


def is_seen(mobject: Mobject) -> bool:
    """Whether a mobject leaves a mark of its own on the picture."""
    if not isinstance(mobject, VMobject) or not mobject.has_points():
        return False
    stroked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > 0
    return bool(stroked or mobject.get_fill_opacity() > 0)
