"""Uprights: each point above its x, and the shortest way to a line, which ends at another x."""

import numpy as np
from manim import DashedLine, Line, VGroup, VMobject

from gdmath import FloatArray
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.theme import PALETTE, STROKE

ASIDE = 0.2
"""Units aside of its point that it must end to be told from the residual."""
SQUARE = 0.2
"""Side in units of the sign for the right angle."""


def stems(panel: DataPanel) -> VGroup:
    """A line from the axis up to each point, from the left one to the right one."""
    places = panel.places[np.argsort(panel.places[:, 0])]
    feet = np.column_stack([places[:, 0], np.full(len(places), panel.y.low)])
    ends = zip(panel.c2p(feet), panel.c2p(places), strict=True)
    lines = VGroup(*(Line(*pair) for pair in ends)).set_stroke(PALETTE.data, STROKE.axis)
    bind_each(
        lines, "data above its x", lambda line: panel.p2c(line.get_end())[0], places.__getitem__
    )
    return lines.set_z_index(-1)


class Perpendicular(VGroup):
    """From point ``index`` to the line of ``parameters`` (2,): a ``line`` and its ``angle``.

    A ``drop`` says at which x it ends.
    """

    def __init__(self, panel: DataPanel, index: int, parameters: FloatArray) -> None:
        point = panel.dots[index].get_center()
        curve = np.column_stack([panel.samples, panel.loss.prediction(parameters, panel.samples)])
        vertices = panel.c2p(curve[np.isfinite(curve[:, 1])])
        along = np.diff(vertices, axis=0)
        shares = np.sum((point - vertices[:-1]) * along, axis=1) / np.sum(along**2, axis=1)
        feet = vertices[:-1] + np.clip(shares, 0, 1)[:, np.newaxis] * along
        nearest = int(np.argmin(np.linalg.norm(feet - point, axis=1)))
        foot, ahead = feet[nearest], along[nearest] / np.linalg.norm(along[nearest])
        up = (point - foot) / np.linalg.norm(point - foot)
        self.line = DashedLine(point, foot, dash_length=0.09)
        self.line.set_stroke(PALETTE.ink, STROKE.line)
        square = [foot + SQUARE * side for side in (ahead, ahead + up, up)]
        self.angle = decoration(VMobject().set_points_as_corners(square))
        self.angle.set_stroke(PALETTE.ink, STROKE.contour)
        axis = np.array([foot[0], panel.lines.get_bottom()[1], 0])
        self.drop = DashedLine(foot, axis).set_stroke(PALETTE.ink, STROKE.residual)
        ends = self.line.get_end, self.drop.get_start
        bind_each(
            (self.line, self.drop),
            "foot of the perpendicular",
            lambda part: panel.p2c(ends[part is self.drop]())[0][1],
            lambda index: panel.interpolated(parameters, panel.p2c(ends[index]())[0][0]),
        )
        super().__init__(self.line, self.angle, self.drop)

    @property
    def ends_aside(self) -> bool:
        """Whether its end is seen to stand above another x than its point."""
        return bool(self.line.width >= ASIDE)
