"""Marks stay on the data panel: a post at one x, a line that once was."""

from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, DashedLine, DashedVMobject, Mobject, VGroup
from numpy.typing import ArrayLike

from scenes.kit.panels.beside import beside
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.proof.trace import bind, bind_each
from scenes.kit.text.typeset import formula, maths
from scenes.kit.theme import PALETTE, SIZE, STROKE

DASHES = 60


def post(panel: DataPanel, x: float) -> VGroup:
    """An upright dashed line at ``x``, which stands beside its foot."""
    line = DashedLine(panel.point(x, panel.y.low), panel.point(x, panel.y.high))
    line.set_stroke(PALETTE.ink, STROKE.contour)
    bind(line, "x of the post", lambda: panel.p2c(line.get_center())[0, :1], lambda: np.array([x]))
    label = maths(formula("x = {x}", x=panel.write_x(x)), SIZE.label)
    return VGroup(line, label.next_to(line.get_start(), RIGHT + UP, buff=0.15))


def dashed_line(
    panel: DataPanel, parameters: ArrayLike, color: str = PALETTE.parameters
) -> DashedVMobject:
    """The prediction at ``parameters`` (2,), dashed; muted it is one that once was."""
    line = DashedVMobject(panel.line(parameters, color), num_dashes=DASHES)

    def ends(dash: Any) -> tuple[np.ndarray, np.ndarray]:
        x, y = panel.p2c(dash.points[[0, -1]]).T
        return x, y

    bind_each(
        line,
        "prediction",
        lambda dash: ends(dash)[1],
        lambda index: panel.interpolated(parameters, ends(line[index])[0]),
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
