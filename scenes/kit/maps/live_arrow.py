"""A LiveArrow is a displacement of the parameters that changes at every frame, tip and all.

Manim's Arrow scales its tip with the shaft and cannot shrink to nothing; a velocity does, whenever
it turns.
"""

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from scenes.kit.maps.heights import cased
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind, corners
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, Parameters, live, parameters_of

TIP, HALF_WIDTH = 0.2, 0.5
"""The tip's length in units, never above half of the arrow, and half its width as a share of it."""


class LiveArrow(VGroup):
    """An arrow from ``tail`` over ``displacement``, both in the coordinates of ``plane``."""

    def __init__(
        self,
        plane: Plane,
        tail: At,
        displacement: At,
        quantity: str = "displacement",
        color: str = PALETTE.gradient,
        width: float = STROKE.arrow,
        tip: float = TIP,
    ) -> None:
        self.plane, self.tip_length = plane, tip
        self.tail, self.displacement = parameters_of(tail), parameters_of(displacement)
        self.shaft = VMobject().set_stroke(color, width)
        self.tip = VMobject(stroke_width=0).set_fill(color, 1)
        super().__init__(cased(self.shaft), cased(self.tip))
        moving = next((at for at in (tail, displacement) if callable(at)), tail)
        live(self, lambda _: self._place(), moving)
        bind(self, quantity, self._drawn, self.displacement)
        self.set_z_index(2)

    def _place(self) -> None:
        tail = self.tail()
        start, end = self.plane.c2p(np.stack([tail, tail + self.displacement()]))
        length = float(np.linalg.norm(end - start))
        along = (end - start) / length if length else np.zeros(3)
        back = min(self.tip_length, length / 2) * along
        aside = HALF_WIDTH * np.array([-back[1], back[0], 0.0])
        self.shaft.set_points_as_corners([start, end - back])
        self.tip.set_points_as_corners([end, end - back + aside, end - back - aside, end])

    def _drawn(self) -> Parameters:
        ends = self.plane.p2c([corners(self.shaft)[0], corners(self.tip)[0]])
        return np.asarray(ends[1] - ends[0], dtype=float)


def between(rows: NDArray[np.float64], time: float) -> Parameters:
    """The row of ``rows`` (k, 2) at ``time``, evenly between two whole ones."""
    whole = np.arange(len(rows))
    return np.array([np.interp(time, whole, column) for column in rows.T])
