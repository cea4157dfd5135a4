"""Shapes: what Cairo has to draw for one mobject, worked out again only when its look changes.

Waste removed: stock Manim turns points, colours and widths into Cairo's terms at every frame for
every mobject behind the first one that moves, though most of them stand still, and paints fills and
strokes that are wholly transparent.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cairo
import numpy as np
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP, Camera
from numpy.typing import NDArray

from scenes.fast.paths import Path
from scenes.fast.tiles import Tiles

MITER_LIMIT = 10.0
"""Cairo's own: so many half widths may a corner stand out."""

MARGIN = 2.0
"""In pixels: what smoothing and rounding add at most."""

Look = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Paint:
    """One pass over a path: a fill, or a stroke if there is a ``width`` (in units of the scene)."""

    source: cairo.Pattern
    width: float | None = None
    join: cairo.LineJoin = cairo.LineJoin.MITER
    cap: cairo.LineCap = cairo.LineCap.BUTT


@dataclass(frozen=True, eq=False)
class Shape:
    """A path, the paints that go over it, and the tiles and columns that they may touch."""

    path: Path
    paints: Sequence[Paint]
    tiles: int
    columns: int

    def draw(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Draw in the order of stock Manim: background stroke, fill, stroke."""
        context.new_path()
        self.path.append_to(context)
        for paint in self.paints:
            context.set_source(paint.source)
            if paint.width is None:
                context.fill_preserve()
            else:
                context.set_line_width(paint.width)
                context.set_line_join(paint.join)
                context.set_line_cap(paint.cap)
                context.stroke_preserve()


NOTHING = Shape(Path(np.empty((0, 4, 2)), np.empty(0, int), np.empty(0, bool)), (), 0, 0)


def look_of(mobject: VMobject) -> Look:
    """All that the drawing of ``mobject`` depends on, to be compared with ``==``."""
    colors = _colors(mobject)
    look: Look = (
        mobject.points.tobytes(),
        *(rgbas.tobytes() for rgbas in colors),
        mobject.stroke_width,
        mobject.background_stroke_width,
        mobject.joint_type,
        mobject.cap_style,
    )
    if any(len(rgbas) > 1 for rgbas in colors):
        # The ends of a gradient depend on the whole family.
        look += (np.asarray(mobject.get_gradient_start_and_end_points()).tobytes(),)
    return look


def shape_of(mobject: VMobject, camera: Camera, matrix: cairo.Matrix, tiles: Tiles) -> Shape:
    """Work out how ``camera`` draws ``mobject``, where ``matrix`` leads from units to pixels."""
    points = camera.transform_points_pre_display(mobject, mobject.points)
    splits = mobject.get_subpath_split_indices_from_points(points, n_dims=2)
    paints = _paints(mobject, camera)
    if len(splits) == 0 or not paints:
        return NOTHING
    begins, ends = splits[:, 0] // 4, splits[:, 1] // 4
    whole = ends > begins
    begins, ends = begins[whole], ends[whole]
    if len(begins) == 0:
        return NOTHING
    closed = _meet(points[splits[whole, 0]], points[splits[whole, 1] - 1], mobject)
    curves = np.ascontiguousarray(points[: 4 * ends[-1], :2]).reshape(-1, 4, 2)
    path = Path(curves, begins, closed)
    scale, origin = (matrix.xx, matrix.yy), (matrix.x0, matrix.y0)
    reach = max(map(_reach, paints)) * abs(matrix.xx) + MARGIN
    filled = any(paint.width is None for paint in paints)
    return Shape(path, paints, *tiles.under(curves * scale + origin, reach, filled))


def _meet(
    starts: NDArray[np.float64], ends: NDArray[np.float64], mobject: VMobject
) -> NDArray[np.bool_]:
    """Which of these points (k, 3) fall together in the picture, as ``VMobject`` decides it.

    That is ``consider_points_equals_2d``, for all pairs at once.
    """
    apart = np.abs(starts - ends)[:, :2]
    close = mobject.tolerance_for_point_equality + 1e-5 * np.abs(ends)[:, :2]
    return np.asarray((apart <= close).all(axis=1))


def _reach(paint: Paint) -> float:
    """How far a paint may go beyond its path, in units of the scene."""
    if paint.width is None:
        return 0.0
    corner = MITER_LIMIT if paint.join == cairo.LineJoin.MITER else math.sqrt(2)
    return corner * paint.width / 2


def _paints(mobject: VMobject, camera: Camera) -> list[Paint]:
    behind, fill, stroke = _colors(mobject)
    paints = []
    for rgbas, background in ((behind, True), (fill, None), (stroke, False)):
        if not rgbas[:, 3].any():
            continue
        source = _source(rgbas, mobject, camera)
        if background is None:
            paints.append(Paint(source))
        elif width := mobject.get_stroke_width(background):
            paints.append(
                Paint(
                    source,
                    width * camera.cairo_line_width_multiple,
                    LINE_JOIN_MAP[mobject.joint_type],
                    CAP_STYLE_MAP[mobject.cap_style],
                )
            )
    return paints


def _colors(mobject: VMobject) -> tuple[NDArray[np.float64], ...]:
    return (
        mobject.get_stroke_rgbas(background=True),
        mobject.get_fill_rgbas(),
        mobject.get_stroke_rgbas(),
    )


def _source(rgbas: NDArray[np.float64], mobject: VMobject, camera: Camera) -> cairo.Pattern:
    """Blue comes first: Cairo's ARGB32 stands in memory as BGRA, and Manim reads it as RGBA."""
    if len(rgbas) == 1:
        red, green, blue, alpha = rgbas[0]
        return cairo.SolidPattern(blue, green, red, alpha)
    ends = np.array(mobject.get_gradient_start_and_end_points())
    ends = camera.transform_points_pre_display(mobject, ends)
    gradient = cairo.LinearGradient(*ends[0][:2], *ends[1][:2])
    for (red, green, blue, alpha), offset in zip(rgbas, np.linspace(0, 1, len(rgbas)), strict=True):
        gradient.add_color_stop_rgba(offset, blue, green, red, alpha)
    return gradient
