"""What chapter 4 decides of a slope: how wide its nudge is at first, how narrow at last."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import NumericLoss
from gdmath.differences import forward_difference
from scenes.kit.wording import Message, Number, message, significant, suited

INDEX = 0
"""The parameter that is nudged."""
WIDE, NARROWER = 0.6, 50
"""Share of the distance to the end of a parabola that the first nudge takes, and how many times
narrower the last is at least."""
NEAREST, FARTHEST = 1e-3, 2.0
"""Least and most that counts as that distance, in distances from the start to the best value."""
BEFORE, BEYOND = 0.35, 1.25
"""Widths of the first nudge that are shown on its other side, and on its own."""


@dataclass(frozen=True)
class Story:
    """The facts of one parameter of a ``loss`` at the start, whose best value is ``best``."""

    loss: NumericLoss
    best: float

    @property
    def at(self) -> float:
        """The parameter at the start."""
        return float(self.loss.lesson.start[INDEX])

    @cached_property
    def slope(self) -> float:
        """The derivative there, from the formula."""
        return float(self.loss.gradient(self.loss.lesson.start)[INDEX])

    @cached_property
    def wide(self) -> float:
        """So wide a nudge downhill that the secant plainly misses the tangent.

        Where there is next to no curvature that would be far beyond all the lesson is about, and
        where there is next to no slope, too close to be told from rounding.
        """
        curvature = float(self.loss.hessian(self.loss.lesson.start)[INDEX, INDEX])
        distance = abs(self.best - self.at) or abs(self.at) or 1.0
        far = abs(self.slope / curvature) if curvature else np.inf
        far = np.clip(far, NEAREST * distance, FARTHEST * distance)
        return float(WIDE * far * (np.sign(-self.slope) or 1))

    @property
    def narrow(self) -> float:
        """The nudge to which it shrinks: a power of ten."""
        power = np.floor(np.log10(abs(self.wide) / NARROWER))
        return float(10**power * np.sign(self.wide))

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest value of the parameter that are shown."""
        low, high = sorted([self.at - BEFORE * self.wide, self.at + BEYOND * self.wide])
        return low, high

    def quotient(self, nudge: float) -> float:
        """The slope of the secant to a point as far away as ``nudge`` says."""
        return float(forward_difference(self.loss, self.loss.lesson.start, INDEX, nudge))

    def written(self, slope: float) -> Number:
        """A slope in as many digits as suit the derivative."""
        return suited([self.slope])(slope)

    def what_is_left(self) -> Message:
        """How far off the narrow secant still is, and why."""
        error = self.quotient(self.narrow) - self.slope
        return message(
            "At h = {h} it is still {error} off: the curve bends between the two points, "
            "and the line does not.",
            h=significant(self.narrow, 1),
            error=suited([error])(abs(error)),
        )
