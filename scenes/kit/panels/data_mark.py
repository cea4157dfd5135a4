"""Marks stay on the data panel: a post at one x, a line that once was, a perpendicular."""

from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, DashedLine, DashedVMobject, Mobject, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.kit.panels.beside import beside
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.proof.trace import bind, bind_each, decoration
from scenes.kit.text.typeset import formula, maths
from scenes.kit.theme import PALETTE, SIZE, STROKE

DASHES = 60


def post(panel: DataPanel, x: float) -> VGroup:
    """An upright dashed line at ``x``, which stands beside its foot."""
    line = DashedLine(panel.point(x, panel.y.low), panel.point(x, panel.y.high))
    line.set_stroke(PALETTE.ink, STROKE.contour)
    bind(line, "x of the post", lambda: panel.p2c(line.get_center())[0, :1], lambda: np.array([x]))
    label = maths(formula("x = {x}", x=panel.write_x(x)), SIZE.small)
    return VGroup(line, label.next_to(line.get_start(), RIGHT + UP, buff=0.15))


def ghost_line(panel: DataPanel, parameters: ArrayLike) -> DashedVMobject:
    """The line of ``parameters``, dashed and without colour."""
    ghost = DashedVMobject(panel.line(parameters, PALETTE.muted), num_dashes=DASHES)

    def ends(dash: Any) -> tuple[np.ndarray, np.ndarray]:
        x, y = panel.p2c(dash.points[[0, -1]]).T
        return x, y

    bind_each(
        ghost,
        "prediction once",
        lambda dash: ends(dash)[1],
        lambda index: panel.interpolated(parameters, ends(ghost[index])[0]),
    )
    return ghost


def perpendicular(panel: DataPanel, index: int, parameters: ArrayLike) -> VGroup:
    """The shortest way from a point to the line as the picture has it, with its right angle."""
    point = panel.dots[index].get_center()
    curve = np.column_stack([panel.samples, panel.loss.prediction(parameters, panel.samples)])
    vertices = panel.c2p(curve[np.isfinite(curve[:, 1])])
    along = np.diff(vertices, axis=0)
    shares = np.sum((point - vertices[:-1]) * along, axis=1) / np.sum(along**2, axis=1)
    feet = vertices[:-1] + np.clip(shares, 0, 1)[:, np.newaxis] * along
    nearest = int(np.argmin(np.linalg.norm(feet - point, axis=1)))
    foot, line = feet[nearest], along[nearest] / np.linalg.norm(along[nearest])
    up = (point - foot) / np.linalg.norm(point - foot)
    way = DashedLine(point, foot, dash_length=0.09).set_stroke(PALETTE.ink, STROKE.residual)
    square = [foot + 0.2 * side for side in (line, line + up, up)]
    angle = VMobject().set_points_as_corners(square).set_stroke(PALETTE.ink, STROKE.contour)
    bind(
        way,
        "foot of the perpendicular",
        lambda: panel.p2c(way.get_end())[0][1],
        lambda: panel.interpolated(parameters, panel.p2c(way.get_end())[0][0]),
    )
    return VGroup(way, decoration(angle))


def dashed_line(panel: DataPanel, parameters: ArrayLike) -> DashedVMobject:
    """The prediction at ``parameters`` (2,), dashed."""
    line = DashedVMobject(panel.line(parameters), num_dashes=DASHES)

    def ends() -> NDArray[np.float64]:
        return panel.p2c([line[0].get_start(), line[-1].get_end()])

    bind(
        line,
        "prediction",
        lambda: ends()[:, 1],
        lambda: panel.loss.prediction(parameters, ends()[:, 0]),
    )
    return line


def name_dashed(
    panel: DataPanel, name: Mobject, dashed: DashedVMobject, parameters: ArrayLike, other: ArrayLike
) -> None:
    """Put ``name`` by the line ``dashed`` of ``parameters``, away from the line of the ``other``.

    It stands clear of both, of the points and of the axes.
    """
    x = panel.samples
    heights = [panel.loss.prediction(np.asarray(at), x) for at in (parameters, other)]
    beside(
        name,
        dashed[len(dashed) // 6],
        UP if heights[0][0] > heights[1][0] else DOWN,
        panel.inside(panel.region),
        [panel.c2p(np.column_stack([x, line])) for line in heights],
        [*panel.dots, *panel.lines],
    )
