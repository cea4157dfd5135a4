"""Squares on residuals: how one unfolds, what is written on it, and the one of the mean area."""

import numpy as np
from manim import RIGHT, Animation, Line, Polygon, ReplacementTransform, Typst, VMobject

from gdmath import FloatArray
from scenes.kit.panels import DataPanel, crossing
from scenes.kit.proof.trace import bind
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import At, live, parameters_of

DIGITS = 6
"""Significant digits of the area of one."""
ROOMY = 0.9
"""Share of the width of a square that a text on it may take."""
CLEARANCE = 0.12
"""Units between such a text and the line or a point."""
OUTLINE = (0.5, 0.8), (0.55, 0.3)
"""Sides in units of the mean square, and the opacity of its outline at each: small, it is seen
by its outline, large by its area."""
BEHIND = 0.7
"""Opacity of the residuals about the mean square: one that lies on its edge is told from it."""


def unfold(square: VMobject, bar: VMobject) -> Animation:
    """Let a square grow sideways out of the residual it stands on."""
    folded = square.copy().stretch(1e-3, 0, about_point=bar.get_center())
    return ReplacementTransform(folded, square)


def area_of(square: VMobject, area: str, panel: DataPanel, line: VMobject) -> Typst:
    """The ``area`` written on a square, or beside the panel where it would not be read."""
    text = words(area, SIZE.equation, PALETTE.loss).move_to(square)
    centre, near = text.get_center()[:2], np.array([text.width, text.height]) / 2 + CLEARANCE
    gaps = np.abs([dot.get_center()[:2] - centre for dot in panel.dots])
    if (
        text.width > ROOMY * square.width
        or np.any(np.all(gaps < near, axis=1))
        or crossing(line.points[:, :2], centre - near, centre + near)
    ):
        text.move_to((panel.region.right + text.width, square.get_y(), 0.0))
    return text


def mean_square(panel: DataPanel, at: At) -> Polygon:
    """The square whose area is the mean of the squared residuals, standing on the y axis."""
    where = parameters_of(at)

    def place(square: Polygon) -> None:
        low, high = _root_mean_square(panel, where())
        across = (high[1] - low[1]) * RIGHT
        square.set_points_as_corners([low, high, high + across, low + across, low])
        square.set_stroke(opacity=np.interp(across[0], *OUTLINE))

    square = Polygon(*np.zeros((3, 3)))
    square.set_fill(PALETTE.loss, 0.16).set_stroke(PALETTE.loss, STROKE.contour)
    live(square, place, at)
    bind(
        square,
        "mean square",
        lambda: [square.width * square.height / panel.unit()[1] ** 2],
        lambda: [np.mean(panel.loss.residuals(where()) ** 2)],
    )
    return square.set_z_index(-1)


def root_mean_square(panel: DataPanel, at: At) -> Line:
    """The side of the mean square that lies on the y axis."""
    where = parameters_of(at)

    def place(side: Line) -> None:
        low, high = _root_mean_square(panel, where())
        side.points = np.linspace(low, high, 4)

    side = live(Line().set_stroke(PALETTE.loss, 2 * STROKE.line), place, at)
    bind(
        side,
        "root mean square",
        lambda: np.diff(panel.p2c(side.points[[0, -1]])[:, 1]),
        lambda: [np.sqrt(np.mean(panel.loss.residuals(where()) ** 2))],
    )
    return side


def _root_mean_square(panel: DataPanel, parameters: FloatArray) -> FloatArray:
    """The ends in the picture of that side: from y = 0 up if the panel shows it, (2, 3)."""
    side = float(np.sqrt(np.mean(panel.loss.residuals(parameters) ** 2)))
    foot = float(np.clip(0, panel.y.low, max(panel.y.low, panel.y.high - side)))
    return panel.c2p([(panel.x.low, foot), (panel.x.low, foot + side)])
