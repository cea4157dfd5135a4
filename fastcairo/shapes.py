"""Shapes: what Cairo has to draw for one mobject, worked out again only when its look changes.

Waste removed: stock Manim turns points, colours and widths into Cairo's terms at every frame for
every mobject behind the first one that moves, though most of them stand still.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import cairo
import numpy as np
from manim import VMobject
from manim.camera.camera import Camera
from numpy.typing import NDArray

from fastcairo.paints import Paint
from fastcairo.paths import Path, paths_of
from fastcairo.tiles import Boxes, Spread, Tiles

MARGIN = 2.0
"""In pixels: what smoothing and rounding add at most."""


@dataclass(frozen=True, eq=False)
class Outline:
    """The path of a mobject, and a box around each of its curves."""

    path: Path
    boxes: Boxes


@dataclass(frozen=True, eq=False)
class Shape:
    """An outline, the paints that go over it, and the tiles and columns that they may touch."""

    outline: Outline
    paints: tuple[Paint, ...]
    tiles: int
    columns: int

    def draw(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Draw it on ``context``."""
        context.new_path()
        self.outline.path.append_to(context)
        for paint in self.paints:
            paint.apply(context)


def outlines_of(
    mobjects: Sequence[VMobject], camera: Camera, matrix: cairo.Matrix
) -> list[Outline]:
    """The outlines of ``mobjects``, all at once, where ``matrix`` leads from units to pixels.

    A subpath ends where the next curve begins elsewhere; it is closed if it comes back.
    """
    if not mobjects:
        return []
    points = [mobject.points for mobject in mobjects]
    if not np.isfinite(np.concatenate(points)).all():
        points = [
            camera.transform_points_pre_display(mobject, mobject.points) for mobject in mobjects
        ]
    sizes = [len(own) // 4 for own in points]
    whole = np.concatenate([own[: 4 * size] for own, size in zip(points, sizes, strict=True)])
    curves = whole.reshape(-1, 4, 3)[..., :2]
    # NumPy is quick along the last axis.
    corners = np.ascontiguousarray(curves.transpose(1, 2, 0))
    tolerance = np.repeat([mobject.tolerance_for_point_equality for mobject in mobjects], sizes)
    begins, ends = corners[0], corners[3]
    fresh = np.ones(len(curves), bool)
    fresh[1:] = ~_meet(ends[:, :-1], begins[:, 1:], tolerance[1:])
    bounds = np.cumsum([0, *sizes])
    fresh[bounds[:-1][bounds[:-1] < len(curves)]] = True
    starts = np.flatnonzero(fresh)
    lasts = np.append(starts[1:], len(curves))[: len(starts)] - 1
    closed = _meet(begins[:, starts], ends[:, lasts], tolerance[starts])
    pixels = corners * [[matrix.xx], [matrix.yy]] + [[matrix.x0], [matrix.y0]]
    boxes = np.stack([reduce(np.minimum, pixels), reduce(np.maximum, pixels)]).transpose(2, 0, 1)
    return [
        Outline(path, boxes[start:end].copy())
        for path, (start, end) in zip(
            paths_of(curves, starts, closed, sizes), pairwise(bounds.tolist()), strict=True
        )
    ]


def shapes_of(
    looks: Sequence[tuple[Outline, tuple[Paint, ...]]], scale: float, tiles: Tiles
) -> list[Shape]:
    """Put paints over outlines, all at once; ``scale`` is how many pixels a unit has."""
    seen = [(outline, paints) for outline, paints in looks if paints and len(outline.boxes)]
    if not seen:
        return [NOTHING] * len(looks)
    spreads = {paints: _spread(paints, scale) for paints in {paints for _, paints in seen}}
    boxes, spread = zip(
        *((outline.boxes, spreads[paints]) for outline, paints in seen), strict=True
    )
    under = iter(tiles.under(boxes, spread))
    return [
        Shape(outline, paints, *next(under)) if paints and len(outline.boxes) else NOTHING
        for outline, paints in looks
    ]


def _spread(paints: tuple[Paint, ...], scale: float) -> Spread:
    reach = max(paint.reach for paint in paints) * scale + MARGIN
    return Spread(reach, any(paint.width is None for paint in paints))


def _meet(
    points: NDArray[np.float64], others: NDArray[np.float64], tolerance: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which of these points (2, k) fall together, as ``consider_points_equals_2d`` decides it."""
    close = np.abs(points - others) <= tolerance + 1e-5 * np.abs(others)
    return np.asarray(close[0] & close[1])


NOTHING = Shape(Outline(Path(b""), np.empty((0, 2, 2))), (), 0, 0)
