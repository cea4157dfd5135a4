"""Shapes: what Cairo has to draw for one mobject, worked out again only when its look changes.

Waste removed: stock Manim turns points, colours and widths into Cairo's terms at every frame for
every mobject behind the first one that moves, though most of them stand still.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cairo
import numpy as np
from manim import VMobject
from manim.camera.camera import Camera
from numpy.typing import NDArray

from scenes.fast.paints import Paint
from scenes.fast.paths import Path
from scenes.fast.tiles import Tiles

MARGIN = 2.0
"""In pixels: what smoothing and rounding add at most."""


@dataclass(frozen=True, eq=False)
class Outline:
    """The path of a mobject, and its curves (k, 4, 2) in pixels."""

    path: Path
    curves: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shape:
    """An outline, the paints that go over it, and the tiles and columns that they may touch."""

    outline: Outline
    paints: Sequence[Paint]
    tiles: int
    columns: int

    def draw(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Draw it on ``context``."""
        context.new_path()
        self.outline.path.append_to(context)
        for paint in self.paints:
            paint.apply(context)


def outline_of(mobject: VMobject, camera: Camera, matrix: cairo.Matrix) -> Outline:
    """The outline of ``mobject``, where ``matrix`` leads from units to pixels.

    A subpath ends where the next curve begins elsewhere; it is closed if it comes back.
    """
    points = camera.transform_points_pre_display(mobject, mobject.points)
    curves = np.ascontiguousarray(points[: len(points) // 4 * 4, :2]).reshape(-1, 4, 2)
    ends, begins = curves[:, 3], curves[:, 0]
    joined = _meet(ends[:-1], begins[1:], mobject)
    starts = np.flatnonzero(np.concatenate([[True], ~joined])[: len(curves)])
    lasts = np.append(starts[1:], len(curves))[: len(starts)] - 1
    path = Path(curves, starts, _meet(begins[starts], ends[lasts], mobject))
    return Outline(path, curves * (matrix.xx, matrix.yy) + (matrix.x0, matrix.y0))


def shape_of(outline: Outline, paints: Sequence[Paint], scale: float, tiles: Tiles) -> Shape:
    """Put ``paints`` over ``outline``; ``scale`` is how many pixels a unit has."""
    if not paints or not len(outline.curves):
        return NOTHING
    reach = max(paint.reach for paint in paints) * scale + MARGIN
    filled = any(paint.width is None for paint in paints)
    return Shape(outline, paints, *tiles.under(outline.curves, reach, filled))


def _meet(
    points: NDArray[np.float64], others: NDArray[np.float64], mobject: VMobject
) -> NDArray[np.bool_]:
    """Which of these points (k, 2) fall together, as ``consider_points_equals_2d`` decides it."""
    close = mobject.tolerance_for_point_equality + 1e-5 * np.abs(others)
    return np.asarray((np.abs(points - others) <= close).all(axis=1))


_NO_CURVES = np.empty((0, 4, 2))
NOTHING = Shape(
    Outline(Path(_NO_CURVES, np.empty(0, int), np.empty(0, bool)), _NO_CURVES), (), 0, 0
)
