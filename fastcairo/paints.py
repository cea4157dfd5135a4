"""Paints: the passes that Cairo makes over the path of one mobject, and how far each may reach.

Waste removed: stock Manim paints fills and strokes that are wholly transparent.
"""

import math
from dataclasses import dataclass

import cairo
import numpy as np
from manim import VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP, Camera
from numpy.typing import NDArray

MITER_LIMIT = 10.0
"""Cairo's own: so many half widths may a corner stand out."""

Style = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Paint:
    """One pass over a path: a fill, or a stroke if there is a ``width`` (in units of the scene)."""

    source: cairo.Pattern
    width: float | None = None
    join: cairo.LineJoin = cairo.LineJoin.MITER
    cap: cairo.LineCap = cairo.LineCap.BUTT

    @property
    def reach(self) -> float:
        """How far it may go beyond its path, in units of the scene."""
        if self.width is None:
            return 0.0
        corner = MITER_LIMIT if self.join == cairo.LineJoin.MITER else math.sqrt(2)
        return corner * self.width / 2

    def apply(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Go over the current path, and keep it."""
        context.set_source(self.source)
        if self.width is None:
            context.fill_preserve()
        else:
            context.set_line_width(self.width)
            context.set_line_join(self.join)
            context.set_line_cap(self.cap)
            context.stroke_preserve()


def style_of(mobject: VMobject) -> Style:
    """All that the paints of ``mobject`` depend on."""
    behind, fill, stroke = _colors(mobject)
    style: Style = (
        behind.tobytes(),
        fill.tobytes(),
        stroke.tobytes(),
        mobject.stroke_width,
        mobject.background_stroke_width,
        mobject.joint_type,
        mobject.cap_style,
    )
    if len(behind) > 1 or len(fill) > 1 or len(stroke) > 1:
        # The ends of a gradient depend on the whole family.
        style += (np.asarray(mobject.get_gradient_start_and_end_points()).tobytes(),)
    return style


def paints_of(mobject: VMobject, camera: Camera) -> tuple[Paint, ...]:
    """The paints in the order of stock Manim: background stroke, fill, stroke."""
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
    return tuple(paints)


def _colors(mobject: VMobject) -> tuple[NDArray[np.float64], ...]:
    # Manim's getters take three times as long, to return zeros before there are colours.
    return mobject.background_stroke_rgbas, mobject.fill_rgbas, mobject.stroke_rgbas


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
