"""Bands shade the loss: each fills what is below one of a panel's levels, the lower the darker."""

from collections.abc import Callable, Sequence

import numpy as np
from contourpy import ContourGenerator, FillType, contour_generator
from manim import ManimColor, VGroup, VMobject
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from gdmath import NumericLoss
from gdmath.landscape import Bounds, grid
from scenes.kit.maps.heights import height_color
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind, corners

GRID = (181, 181)
FAR_ABOVE = 1e4
"""Multiple of the highest level above which heights, next to a pole, are not told apart."""
MOVE = 1
Shade = Callable[[float], ManimColor]
"""The colour of what is not above a level."""
EDGE = 1e-6
"""Distance from the edge of the grid, in cells, that counts as on it."""


def bands(
    plane: Plane,
    loss: NumericLoss,
    bounds: Bounds,
    levels: Sequence[float],
    floor: float,
    shade: Shade | None = None,
) -> VGroup:
    """One filled band a level and one for all of ``bounds``; no loss there is under ``floor``.

    They are painted by ``shade``, or so that each level is told from the next.
    """
    values, generator = heights(loss, bounds, levels, floor)
    shade = shade or shades(levels, floor)
    bands, shown = VGroup(), []
    for level, colour in edges(values, levels, shade):
        band = VMobject(stroke_width=0)
        band.points = filled(plane, generator, floor, level)
        if band.has_points():
            bands.add(band.set_fill(colour, 1))
            shown.append(level)

    def along(band: VMobject, level: float) -> NDArray[np.float64]:
        """The loss along a band's outline, between the corners of the grid as contourpy has it.

        On the border of the map it may be any that is not above the band's.
        """
        low, high = np.array(bounds).T
        last = np.array(GRID[::-1]) - 1
        cells = (plane.p2c(corners(band)) - low) / (high - low) * last
        losses: NDArray[np.float64] = map_coordinates(
            values, cells.T[::-1], order=1, mode="nearest"
        )
        inside = np.all((cells > EDGE) & (cells < last - EDGE), axis=1)
        return losses[inside] if inside.any() else losses.max(initial=level, keepdims=True)

    # Together: between two crossings of the grid the lowest has no more digits than the highest.
    bind(
        bands,
        "loss at the edges of the bands",
        lambda: [extremes(along(*pair)) for pair in zip(bands, shown, strict=True)],
        lambda: [(level, level) for level in shown],
    )
    return bands


def heights(
    loss: NumericLoss, bounds: Bounds, levels: Sequence[float], floor: float
) -> tuple[NDArray[np.float64], ContourGenerator]:
    """The loss at the crossings of a grid, none far above the highest level, and its contours."""
    first, second, values = grid(loss, bounds, GRID)
    top = float(values[np.isfinite(values)].max())
    if len(levels):
        top = min(top, floor + FAR_ABOVE * (max(levels) - floor))
    # Where the loss is too large to be a number it is at any rate above all that is.
    values = np.minimum(np.nan_to_num(values, nan=top, posinf=top), top)
    return values, contour_generator(first, second, values, fill_type=FillType.OuterCode)


def edges(
    values: NDArray[np.float64], levels: Sequence[float], shade: Shade
) -> list[tuple[float, ManimColor]]:
    """The upper edge of each band and its colour, from the highest ``values`` (k, m) down."""
    top = float(values.max())
    above = min((level for level in levels if level >= top), default=np.inf)
    below = sorted((level for level in levels if level < top), reverse=True)
    return [(top, shade(above)), *((level, shade(level)) for level in below)]


def shades(levels: Sequence[float], floor: float) -> Shade:
    """The colour of the band under a level: one of ``levels``, between two of them, or above."""
    ascending = np.log(np.maximum(np.sort(levels) - floor, np.finfo(float).tiny))

    def shade(level: float) -> ManimColor:
        count = len(ascending)
        rank = float(count + 1)
        if count and level <= max(levels):
            height = np.log(max(level - floor, np.finfo(float).tiny))
            rank = float(np.interp(height, ascending, np.arange(1, count + 1)))
        return height_color((rank - 1) / max(1, count))

    return shade


def filled(
    plane: Plane, generator: ContourGenerator, floor: float, level: float
) -> NDArray[np.float64]:
    """The outlines, as points of a mobject (k, 3), of all that is not above ``level``."""
    shape = VMobject()
    outlines = [
        shape.set_points_as_corners(plane.c2p(outline)).points
        for polygon, codes in zip(*generator.filled(floor - 1, level), strict=True)
        for outline in np.split(polygon, np.flatnonzero(codes == MOVE)[1:])
    ]
    return np.concatenate([np.empty((0, 3)), *outlines])


def extremes(values: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the greatest of ``values``."""
    return float(values.min()), float(values.max())
