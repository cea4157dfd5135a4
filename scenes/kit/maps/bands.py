"""Bands shade the loss: each sublevel set of a panel's levels is darker than the one around it."""

from collections.abc import Sequence

import numpy as np
from contourpy import FillType, contour_generator
from manim import ManimColor, VGroup, VMobject, interpolate_color
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from gdmath import NumericLoss
from gdmath.landscape import Bounds, grid
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind, corners
from scenes.kit.theme import PALETTE

GRID = (181, 181)
BRIGHTEST = 0.8
FAR_ABOVE = 1e4
"""Multiple of the highest level above which heights, next to a pole, are not told apart."""
MOVE = 1
EDGE = 1e-6
"""Distance from the edge of the grid, in cells, that counts as on it."""


def bands(
    plane: Plane, loss: NumericLoss, bounds: Bounds, levels: Sequence[float], floor: float
) -> VGroup:
    """One filled band a level and one for all of ``bounds``; no loss there is under ``floor``."""
    first, second, values = grid(loss, bounds, GRID)
    top = float(values[np.isfinite(values)].max())
    if levels:
        top = min(top, floor + FAR_ABOVE * (max(levels) - floor))
    # Where the loss is too large to be a number it is at any rate above all that is.
    values = np.minimum(np.nan_to_num(values, nan=top, posinf=top), top)
    edges = [*(level for level in levels if level < top), top][::-1]
    generator = contour_generator(first, second, values, fill_type=FillType.OuterCode)
    background, glow = ManimColor(PALETTE.background), ManimColor(PALETTE.height)
    bands, shown = VGroup(), []
    for rank, level in enumerate(edges):
        band = VMobject(stroke_width=0)
        for polygon, codes in zip(*generator.filled(floor - 1, level), strict=True):
            for outline in np.split(polygon, np.flatnonzero(codes == MOVE)[1:]):
                band.append_points(VMobject().set_points_as_corners(plane.c2p(outline)).points)
        if band.has_points():
            shade = BRIGHTEST * (1 - rank / len(edges)) ** 1.5
            bands.add(band.set_fill(interpolate_color(background, glow, shade), 1))
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


def extremes(values: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the greatest of ``values``."""
    return float(values.min()), float(values.max())
