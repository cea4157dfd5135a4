"""PatchCamera: paints only where the picture changes, and says where that was.

What holds still during an animation is one layer and what may move another on top, as in stock
Manim; here both are kept from frame to frame, and so is the shape worked out for each mobject.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Camera, Mobject
from manim.typing import PixelArray

from fastcairo.layer import Layer, sunk
from fastcairo.shaper import Shaper
from fastcairo.shapes import Shape
from fastcairo.tiles import Tiles


class PatchCamera(Camera):
    """Draws as `Camera` does, pixel for pixel, with the least painting it can.

    `changed` gathers the tiles that were painted since it was last set to 0.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.tiles = Tiles(self.pixel_width, self.pixel_height)
        self.changed = self.tiles.all
        self._shaper = Shaper(self, self.tiles)
        self._still: Sequence[Mobject] = ()
        self._still_shapes: list[Shape] | None = []
        self._layers: tuple[Layer, Layer] | None = None

    def hold_still(self, mobjects: Sequence[Mobject]) -> None:
        """Let ``mobjects`` as they are now lie beneath, until this is called again."""
        self._shaper.begin()
        self._still = list(mobjects)
        self._still_shapes = self._shaper.shapes(self._still)

    def show(self, mobjects: Sequence[Mobject]) -> None:
        """Make the picture show ``mobjects`` over what holds still."""
        below, above = self._kept_layers()
        moving = self._shaper.shapes(mobjects)
        if self._still_shapes is None or moving is None:
            self._show_as_stock_manim(mobjects)
            above.forget()
            self.changed = self.tiles.all
        else:
            resting, rest = sunk(moving, self._shaper.restless)
            self.changed |= above.show(rest, below.show(self._still_shapes + resting))

    def _show_as_stock_manim(self, mobjects: Sequence[Mobject]) -> None:
        self.reset()
        self.capture_mobjects(self._still)
        self.capture_mobjects(mobjects)

    def _kept_layers(self) -> tuple[Layer, Layer]:
        """The two layers; new ones if the background is another than before."""
        assert self.background is not None
        if self._layers is None or self._layers[0].ground is not self.background:
            below, above = np.empty_like(self.background), self.pixel_array
            self._layers = self._layer(below, self.background), self._layer(above, below)
        return self._layers

    def _layer(self, pixels: PixelArray, ground: PixelArray) -> Layer:
        return Layer(pixels, ground, self.get_cairo_context(pixels), self.tiles)
