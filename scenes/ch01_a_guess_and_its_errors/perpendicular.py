"""Perpendicular: the shortest line from a point to the prediction, which is not its residual."""

import numpy as np
from manim import Cross, DashedLine, VGroup, VMobject

from gdmath import FloatArray
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.theme import PALETTE, STROKE

ASIDE = 0.2
"""Units aside of its point that it must end to be told from the residual."""
SQUARE = 0.2
"""Side in units of the sign for the right angle."""


class Perpendicular(VGroup):
    """From point ``index`` to the line of ``parameters`` (2,): a ``line`` and its ``angle``."""

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
        self.line.set_stroke(PALETTE.ink, STROKE.residual)
        square = [foot + SQUARE * side for side in (ahead, ahead + up, up)]
        self.angle = decoration(VMobject().set_points_as_corners(square))
        self.angle.set_stroke(PALETTE.ink, STROKE.contour)
        bind(
            self.line,
            "foot of the perpendicular",
            lambda: panel.p2c(self.line.get_end())[0][1],
            lambda: panel.interpolated(parameters, panel.p2c(self.line.get_end())[0][0]),
        )
        super().__init__(self.line, self.angle)

    @property
    def ends_aside(self) -> bool:
        """Whether its end is seen to stand above another x than its point."""
        return bool(self.line.width >= ASIDE)

    def cross(self) -> Cross:
        """What strikes it out."""
        cross = Cross(stroke_color=PALETTE.ink, stroke_width=STROKE.line, scale_factor=0.16)
        return decoration(cross.move_to(self.line))
