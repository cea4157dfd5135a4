"""Whether the fast path can be trusted: it has to draw a small scene just as stock Manim does.

It stands on parts of Manim, Cairo and PyAV that another version may change. Better slow than wrong.
"""

from functools import cache
from typing import cast

import av
import numpy as np
from manim import (
    BLUE,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    Circle,
    Dot,
    FadeIn,
    Line,
    Scene,
    Square,
    Triangle,
    tempconfig,
)
from manim.renderer.cairo_renderer import CairoRenderer
from manim.typing import PixelArray
from numpy.typing import NDArray

from fastcairo.encoder import FORMAT, Converter, planes
from fastcairo.renderer import FastRenderer

HEIGHT, WIDTH = 180, 320


@cache
def doubt() -> str:
    """Why the fast path must not be used here; empty if it may."""
    try:
        return _difference()
    except Exception as error:  # Whatever goes wrong in a trial is a reason not to go on.
        return f"its trial failed ({type(error).__name__}: {error})"


def _difference() -> str:
    expected, drawn = _frames(CairoRenderer), _frames(FastRenderer)
    converter = Converter(WIDTH, HEIGHT)
    for wanted, frame in zip(expected, drawn, strict=True):
        if not np.array_equal(wanted, frame):
            return "it draws other pixels than this version of Manim"
        converter.take(frame)
    whole = av.VideoFrame.from_ndarray(
        cast("NDArray[np.uint8]", expected[-1]), format="rgba"
    ).reformat(format=FORMAT)
    if not all(map(np.array_equal, planes(whole), planes(converter.frame))):
        return "it converts colours otherwise than this version of PyAV"
    return ""


def _frames(kind: type[CairoRenderer]) -> list[PixelArray]:
    """What a renderer of this kind hands on of the trial, each frame as it was at that moment."""
    frames: list[PixelArray] = []

    class Listener(kind):  # type: ignore[misc, valid-type]
        def add_frame(self, frame: PixelArray, num_frames: int = 1) -> None:
            frames.append(frame.copy())
            super().add_frame(frame, num_frames)

    settings = {
        "dry_run": True,
        "pixel_width": WIDTH,
        "pixel_height": HEIGHT,
        "frame_rate": 10,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(settings):
        Trial(renderer=Listener()).render()
    return frames


class Trial(Scene):
    """Something of each kind: strokes, fills, gradients, things that move, come and lie above."""

    def construct(self) -> None:
        """Play a few frames."""
        still = Square(3, color=RED, fill_opacity=0.4).set_color_by_gradient(RED, BLUE)
        dot = Dot(radius=0.4).shift(LEFT)
        ring = Circle(1.2, stroke_width=6).set_stroke(GREEN, 6, 0.5).rotate(0.3)
        self.add(still, dot, Line(LEFT, RIGHT + UP), ring)
        self.play(dot.animate.shift(0.7 * RIGHT), run_time=0.3)
        self.play(FadeIn(Triangle(fill_opacity=1)), ring.animate.scale(0.5), run_time=0.3)
        self.wait(0.2)
