"""Layer: shapes over a ground, in a buffer of which only the changed tiles are painted again.

Waste removed: stock Manim copies the whole picture, 8 MB at 1080p, and draws everything on it anew
for every frame, even if one digit changed.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from operator import is_

import cairo
import numpy as np
from manim.typing import PixelArray

from fastcairo.shapes import NOTHING, Shape
from fastcairo.tiles import Rectangle, Tiles

SPARE = 2
"""Rows of pixels that are painted above and below a part and not kept."""


class Layer:
    """Paints into ``pixels`` (height, width, 4) what is to be seen over ``ground``, likewise."""

    def __init__(
        self,
        pixels: PixelArray,
        ground: PixelArray,
        context: "cairo.Context[cairo.ImageSurface]",
        tiles: Tiles,
    ) -> None:
        self.pixels, self.ground, self.context, self.tiles = pixels, ground, context, tiles
        self.forget()

    def forget(self) -> None:
        """Take nothing for granted of what is in the buffer."""
        self._shown: list[Shape] = []
        self._lost = self.tiles.all

    def show(self, shapes: list[Shape], ground_changed: int = 0) -> int:
        """Paint ``shapes``, in this order, where the picture is not yet so; return those tiles."""
        stale = self._lost | ground_changed | changed(self._shown, shapes)
        self._shown, self._lost = shapes, 0
        for part in self._parts(stale, shapes):
            self._paint(shapes, part)
        return stale

    def _parts(self, stale: int, shapes: Sequence[Shape]) -> Iterator[Rectangle]:
        """Rectangles around the ``stale`` tiles whose left and right sides cut through no shape.

        Cairo rounds where an edge crosses the side of a clip, and the pixels around would differ by
        a level or two from those of an unclipped drawing. Above and below it does so in the rows at
        the clip alone, of which `_paint` takes some more than it keeps.
        """
        for band in self.tiles.bands(stale):
            columns = grown = band.columns
            crossing = [shape for shape in shapes if shape.tiles & band.tiles]
            while True:
                for shape in crossing:
                    if shape.columns & grown:
                        grown |= shape.columns
                if grown == columns:
                    break
                columns = grown
            yield from self.tiles.parts(band, columns)

    def _paint(self, shapes: Sequence[Shape], part: Rectangle) -> None:
        """Paint one rectangle anew."""
        top, bottom = max(part.top - SPARE, 0), part.bottom + SPARE
        columns = slice(part.left, part.right)
        spare = np.s_[top : part.top, columns], np.s_[part.bottom : bottom, columns]
        kept = [self.pixels[rows].copy() for rows in spare]
        self.pixels[top:bottom, columns] = self.ground[top:bottom, columns]
        context = self.context
        context.save()
        units = context.get_matrix()
        context.identity_matrix()
        context.new_path()
        context.rectangle(part.left, top, part.right - part.left, bottom - top)
        context.clip()
        context.set_matrix(units)
        for shape in shapes:
            if shape.tiles & part.tiles:
                shape.draw(context)
        context.restore()
        for rows, pixels in zip(spare, kept, strict=True):
            self.pixels[rows] = pixels


def changed(before: Sequence[Shape], now: Sequence[Shape]) -> int:
    """The tiles on which shapes came, went or changed places in the order of painting."""
    if len(before) == len(now) and all(map(is_, before, now)):
        return 0
    gone, come = set(map(id, before)), set(map(id, now))
    tiles = 0
    for shape in before:
        if id(shape) not in come:
            tiles |= shape.tiles
    for shape in now:
        if id(shape) not in gone:
            tiles |= shape.tiles
    kept_before = [shape for shape in before if id(shape) in come]
    kept_now = [shape for shape in now if id(shape) in gone]
    for was, stands in zip_longest(kept_before, kept_now, fillvalue=NOTHING):
        # Two shapes that change places cannot both keep theirs, so what they share is caught.
        if was is not stands:
            tiles |= was.tiles | stands.tiles
    return tiles


def sunk(shapes: Sequence[Shape], restless: Collection[Shape]) -> tuple[list[Shape], list[Shape]]:
    """Part the shapes that can as well be drawn before all the ``restless`` ones from the rest.

    Those are the ones that rest and share no tile with anything of the rest before them.
    """
    resting, rest, covered = [], [], 0
    for shape in shapes:
        if shape in restless or shape.tiles & covered:
            rest.append(shape)
            covered |= shape.tiles
        else:
            resting.append(shape)
    return resting, rest
