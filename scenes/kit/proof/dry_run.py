"""A dry run plays a chapter from beginning to end before an observer, and films nothing."""

import tempfile
from collections.abc import Callable
from typing import Any

from manim import tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from scenes.kit.chapter import Chapter

FRAMES_A_SECOND = 5


class Blind(CairoRenderer):
    """Draws nothing: an observer reads the mobjects, and pixels are most of the work."""

    def update_frame(self, *_: Any, **__: Any) -> None:
        """Leave the frame as it was."""


def rehearse(
    kind: type[Chapter], look: Callable[[Chapter], None], frame_rate: int = FRAMES_A_SECOND
) -> Chapter:
    """Run a chapter without a film or pixels, and let ``look`` see every frame of it."""
    with tempfile.TemporaryDirectory() as media:
        settings = {
            "dry_run": True,
            "frame_rate": frame_rate,
            "pixel_width": 1920,
            "pixel_height": 1080,
            "media_dir": media,
            "disable_caching": True,
            "progress_bar": "none",
            "verbosity": "ERROR",
        }
        with tempconfig(settings):
            watched = type(
                kind.__name__, (kind,), {"on_frame": look, "__module__": kind.__module__}
            )
            chapter: Chapter = watched(renderer=Blind())
            chapter.render()
    return chapter
