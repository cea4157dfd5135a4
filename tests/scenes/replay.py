"""Replay a chapter without a film: few frames, and a look at every one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from manim import Mobject, VMobject, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.kit.chapter import Chapter
from scenes.kit.evidence import evidence, is_seen
from scenes.kit.frame import SAFE
from scenes.kit.narration import Beat
from scenes.outline import Entry
from tests.scenes.proof import complaint

FRAMES_A_SECOND = 5
SLACK = 0.06
"""Half of a thick line, in units: a frame's line may lie astride the edge of the safe area."""


@dataclass
class Replay:
    """What one chapter showed: its beats, the claims that were checked, and all that was wrong."""

    beats: list[Beat] = field(default_factory=list)
    seconds: float = 0.0
    checked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)

    def look(self, chapter: Chapter) -> None:
        """Hold every claim of this frame to its quantity, and all that stands to the safe area."""
        shown, time = evidence(chapter), f"{chapter.time:.2f} s"
        for entry in shown.entries:
            self.checked.add(entry.quantity)
            if wrong := complaint(entry):
                self.wrong.append(f"{time}: {entry.quantity}: {wrong}")
        self.unclaimed += [f"{time}: {where(mobject)}" for mobject in shown.unclaimed]
        for mobject in chapter.standing():
            if is_seen(mobject) and not SAFE.holds(mobject, SLACK):
                self.astray.append(f"{time}: {where(mobject)}")


class Blind(CairoRenderer):
    """Draws nothing: a proof reads the mobjects, and pixels are most of the work."""

    def update_frame(self, *_: Any, **__: Any) -> None:
        """Leave the frame as it was."""


def replay(entry: Entry, media: Path) -> Replay:
    """Run a chapter of the outline at a few frames a second and look at each."""
    result = Replay()
    chapter = dry_run(getattr(import_module(entry.module), entry.scene), media, result.look)
    result.beats, result.seconds = chapter.beats, chapter.time
    return result


def dry_run(kind: type[Chapter], media: Path, look: Callable[[Chapter], None]) -> Chapter:
    """Run a chapter without a film or pixels, and let ``look`` see every frame of it."""
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
    with tempconfig(settings):
        watched = type(kind.__name__, (kind,), {"on_frame": look, "__module__": kind.__module__})
        chapter: Chapter = watched(renderer=Blind())
        chapter.render()
    return chapter


def where(mobject: Mobject) -> str:
    """A mobject by its kind, its colour and its place in the picture."""
    x, y, _ = mobject.get_center()
    colour = mobject.get_color().to_hex() if isinstance(mobject, VMobject) else ""
    return f"{type(mobject).__name__} {colour} about ({x:.2f}, {y:.2f})"
