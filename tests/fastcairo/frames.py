"""The frames that a renderer hands on, whole or as digests."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import numpy as np
from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer


def whole(frame: np.ndarray) -> np.ndarray:
    return np.array(frame, subok=False)


def digest(frame: np.ndarray) -> str:
    return blake2b(np.ascontiguousarray(frame)).hexdigest()


def frames_of(
    scene: type[Scene],
    renderer: type[CairoRenderer],
    keep: Callable[[np.ndarray], Any] = whole,
    **settings: Any,
) -> list[tuple[int, Any]]:
    """What is handed on of each frame, and how often the frame is repeated."""
    frames = []

    class Listener(renderer):
        def add_frame(self, frame, num_frames=1):
            frames.append((num_frames, keep(frame)))
            super().add_frame(frame, num_frames)

    usual = {
        "dry_run": True,
        "pixel_width": 426,
        "pixel_height": 240,
        "frame_rate": 10,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(usual | settings):
        scene(renderer=Listener()).render()
    return frames
