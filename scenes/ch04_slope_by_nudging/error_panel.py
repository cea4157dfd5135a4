"""ErrorPanel: the error of a difference quotient against its nudge, in powers of ten."""

import numpy as np
from manim import DOWN, Animation, Create, Dot, UpdateFromFunc, VGroup, VMobject

from scenes.ch04_slope_by_nudging.story import Story
from scenes.kit.frame import Region
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE, STROKE

BELOW, ABOVE = 2.2, 0.8
"""Powers of ten that are left free below the least error and above the greatest."""


class ErrorPanel(Plane):
    """|quotient − slope| over the nudge h: `better` down to the best nudge, and then `worse`.

    The `dot` is at the first nudge, `told` says which is the best.
    """

    def __init__(self, region: Region, story: Story) -> None:
        rows = story.errors
        low, high = rows[:, 1].min() - BELOW, rows[:, 1].max() + ABOVE
        super().__init__(
            region,
            Scale(float(rows[-1, 0]), float(np.ceil(rows[0, 0])), "h", logarithmic=True),
            Scale(float(low), float(high), '"error"', PALETTE.gradient, logarithmic=True),
        )
        self.rows, turn = rows, story.turn
        self.better, self.worse = self._curve(0, turn + 1), self._curve(turn, len(rows))
        self.dot = Dot(self.point(*rows[0]), 0.12, color=PALETTE.gradient).set_z_index(3)
        bind(self.dot, "error of the quotient", lambda: self._here()[1], self._error_here)
        mark = Dot(self.point(*rows[turn]), 0.09, color=PALETTE.ink)
        bind(mark, "least error", lambda: self.p2c(mark.get_center())[0], lambda: rows[turn])
        label = words(story.most_exact, SIZE.equation).next_to(mark, DOWN, buff=0.15)
        self.told = VGroup(mark, label)

    @property
    def all(self) -> VGroup:
        """Everything that stands when it has been told."""
        return VGroup(self, self.better, self.worse, self.dot, self.told)

    def drawn(self, curve: VMobject) -> tuple[Animation, Animation]:
        """Draw a part of the curve, with the dot at its end."""
        return Create(curve), UpdateFromFunc(self.dot, lambda dot: dot.move_to(curve.get_end()))

    def _curve(self, first: int, end: int) -> VMobject:
        """The part of the curve between two of its rows."""
        rows = self.rows[first:end]
        curve = VMobject().set_points_as_corners(self.c2p(rows))
        curve.set_stroke(PALETTE.gradient, STROKE.path)
        bind(curve, "error of the quotient", lambda: self.p2c(corners(curve)), lambda: rows)
        return curve

    def _here(self) -> tuple[float, float]:
        x, y = self.p2c(self.dot.get_center())[0]
        return float(x), float(y)

    def _error_here(self) -> float:
        # Ascending, as interpolation asks for.
        return float(np.interp(self._here()[0], *self.rows[::-1].T))
