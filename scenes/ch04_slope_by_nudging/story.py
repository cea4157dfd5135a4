"""What chapter 4 tells of a slope: how wide its nudge is at first, and which one is best."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import FloatArray, NumericLoss
from gdmath.differences import central_difference, difference_errors, forward_difference
from scenes.kit.wording import Message, Number, message, power_of_ten, significant, unicode_name

INDEX = 0
"""The parameter that is nudged."""
WIDE, NARROWER = 0.3, 50
"""Share of the distance to the end of a parabola that the first nudge takes, and how many times
narrower the last is at least."""
NEAREST, FARTHEST = 1e-3, 4.0
"""Least and most that counts as that distance, in distances from the start to the best value."""
BEFORE, BEYOND = 0.35, 1.8
"""Such distances that are shown on the near side of the start, and on the far one."""
FINEST = -15.0
"""Power of ten of the smallest nudge."""
PER_POWER = 6
"""Nudges that are tried from one power of ten to the next."""
PLAIN = 3e-4
"""Share of the slope from which its error is plain to see."""
DIGITS = 16
"""Digits that a computer keeps of a number."""
MUCH_LESS = 3
"""How many times smaller an error must be for a nudge to be called better."""


@dataclass(frozen=True)
class Story:
    """The facts of one parameter of a ``loss`` at the start, whose best value is ``best``."""

    loss: NumericLoss
    best: float

    @property
    def start(self) -> FloatArray:
        """Both parameters at the start, (2,)."""
        return self.loss.lesson.start

    @property
    def at(self) -> float:
        """The parameter at the start."""
        return float(self.start[INDEX])

    @cached_property
    def slope(self) -> float:
        """The derivative there, from the formula."""
        return float(self.loss.gradient(self.start)[INDEX])

    @cached_property
    def far(self) -> float:
        """How far downhill the end of a parabola would be, with its sign.

        Where there is next to no curvature that would be far beyond all the lesson is about, and
        where there is next to no slope, too close to be told from rounding.
        """
        curvature = float(self.loss.hessian(self.start)[INDEX, INDEX])
        distance = abs(self.best - self.at) or abs(self.at) or 1.0
        far = abs(self.slope / curvature) if curvature else np.inf
        far = np.clip(far, NEAREST * distance, FARTHEST * distance)
        return float(far * (np.sign(-self.slope) or 1))

    @property
    def wide(self) -> float:
        """So wide a nudge that the secant plainly misses the tangent."""
        return WIDE * self.far

    @property
    def narrow(self) -> float:
        """The nudge to which it shrinks: a power of ten."""
        power = np.floor(np.log10(abs(self.wide) / NARROWER))
        return float(10**power * np.sign(self.wide))

    @property
    def reach(self) -> tuple[float, float]:
        """The lowest and the highest value of the parameter that are shown."""
        low, high = sorted([self.at - BEFORE * self.far, self.at + BEYOND * self.far])
        return low, high

    def quotient(self, nudge: float) -> float:
        """The slope of the secant to a point as far away as ``nudge`` says."""
        return float(forward_difference(self.loss, self.start, INDEX, nudge))

    def both_ways(self, nudge: float) -> float:
        """The slope of the secant between two points, as far away to either side."""
        return float(central_difference(self.loss, self.start, INDEX, nudge))

    def error(self, nudge: float) -> float:
        """By how much the quotient is off; not less than what a computer tells apart."""
        off = float(difference_errors(self.loss, self.start, INDEX, nudge))
        return max(off, float(np.finfo(float).eps))

    def written(self, slope: float) -> Number:
        """A slope in as many digits as the ear hears."""
        return significant(slope)

    @cached_property
    def errors(self) -> FloatArray:
        """(k, 2): powers of ten of the nudge, from the first on down, and of its error."""
        widest = np.log10(abs(self.wide))
        powers = np.linspace(widest, FINEST, int((widest - FINEST) * PER_POWER) + 1)
        sign = np.sign(self.wide)
        return np.array([(p, np.log10(self.error(sign * 10**p))) for p in powers])

    @property
    def turn(self) -> int:
        """Which of the `errors` is the least."""
        return int(np.argmin(self.errors[:, 1]))

    @property
    def most_exact(self) -> Number:
        """The nudge about which it is least."""
        return power_of_ten(10 ** float(self.errors[self.turn, 0]))

    @cached_property
    def noisy(self) -> float:
        """A nudge, a power of ten, so small that rounding plainly spoils the slope."""
        sign, least = float(np.sign(self.wide)), int(np.floor(self.errors[self.turn, 0]))
        for power in range(least, int(FINEST), -1):
            if self.error(sign * 10.0**power) > PLAIN * abs(self.slope):
                return float(sign * 10.0**power)
        return float(sign * 10.0 ** (FINEST + 1))

    @property
    def losses(self) -> tuple[Number, Number]:
        """The losses at that nudge and without it, in all their digits."""
        nudged = self.start.copy()
        nudged[INDEX] += self.noisy
        values = self.loss.value(np.array([nudged, self.start]))
        return significant(float(values[0]), DIGITS), significant(float(values[1]), DIGITS)

    def keep_one(self) -> Message:
        """How the map becomes a curve."""
        moved, kept = map(unicode_name, self.loss.lesson.parameters)
        return message(
            "Keep {kept} as it is and change only {moved}: the map becomes one curve.",
            kept=kept,
            moved=moved,
        )

    def short_cut(self) -> Message:
        """The slope of the first secant."""
        return message(
            "Rise over run: {slope}. That is the slope of this short cut, not yet of the ground.",
            slope=self.written(self.quotient(self.wide)),
        )

    def getting_better(self) -> Message:
        """How the error shrinks with the nudge at first."""
        (first, before), (last, after) = self.errors[0], self.errors[self.turn]
        if 0.8 < (before - after) / (first - last) < 1.2:
            return message("Ten times smaller, ten times better. Would you go on for ever?")
        return message("The smaller, the better, so it seems. Would you go on for ever?")

    def both_sides(self) -> Message:
        """What nudging to both sides is good for."""
        if self.loss.is_quadratic:
            return message(
                "Nudge to both sides instead, and the bend cancels: here completely, for this "
                "curve is a parabola."
            )
        return message("Nudge to both sides instead, and much of the bend cancels.")

    @property
    def is_better_both_ways(self) -> bool:
        """Whether the wide nudge is far less wrong to both sides."""
        return MUCH_LESS * abs(self.both_ways(self.wide) - self.slope) < self.error(self.wide)
