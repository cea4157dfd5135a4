"""What chapter 10 tells of rates: which is ahead, how soon one blows up, and how a root goes."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from gdmath import (
    Convergence,
    FloatArray,
    NumericLoss,
    PlainDescent,
    Trajectory,
    compile_loss,
    convergence,
    descend,
)
from gdmath.mistakes import descend_root, summed
from gdmath.requirements import is_mean_square
from scenes.ch10_how_big_a_step.root import Root
from scenes.kit.wording import Message, Number, Values, as_given, message, significant, whole

STEPS, FIRST, LONGER = 40, 4, 200
"""Steps at each of six rates, the first of them, and the steps of a mean and its relatives."""
SMALL, MIDDLE, BEYOND = 0.12, 0.6, 1.015
"""Three of the rates, as shares of the largest stable one; theory gives the other three."""
FEW, BLOWN = 3, 10.0
"""Least number of steps to blow up, and how many times the loss must have grown."""
DIGITS = 4
"""Significant digits of a loss."""
LONGEST_RATE = 4
"""Digits of a rate that is chosen to be short."""


class Rate(IntEnum):
    """The six rates by what they do, ascending."""

    CREEPING = 0
    TO_THE_FLOOR = 1
    GLIDING = 2
    BEST = 3
    BOUND = 4
    BLOWING_UP = 5


@dataclass(frozen=True)
class Story:
    """The facts of descents on a quadratic ``loss``, and the sentences that depend on them.

    ``theory`` is what it promises.
    """

    loss: NumericLoss
    theory: Convergence

    @cached_property
    def rates(self) -> tuple[float, ...]:
        """Six learning rates, ascending."""
        bound, best = self.theory.largest_stable_rate, self.theory.best_rate
        to_the_floor = float(1 / self.theory.eigenvalues[1])
        return (
            rounded(SMALL * bound, 0, to_the_floor),
            to_the_floor,
            rounded(MIDDLE * bound, to_the_floor, best),
            best,
            bound,
            BEYOND * bound,
        )

    @cached_property
    def runs(self) -> list[Trajectory]:
        """The descents at these rates."""
        return [self._descend(self.loss, rate, STEPS) for rate in self.rates]

    @property
    def ahead(self) -> Rate:
        """Which of the best rate and the one below it has come farther by now."""
        return min((Rate.BEST, Rate.GLIDING), key=lambda k: self.runs[k].losses[-1])

    @cached_property
    def total(self) -> NumericLoss:
        """The sum over the points instead of their mean."""
        return compile_loss(summed(self.loss.lesson))

    @property
    def bound_of_the_sum(self) -> float:
        """The largest stable rate of that sum."""
        return convergence(self.total).largest_stable_rate

    @cached_property
    def too_high(self) -> float:
        """The rate of the six that is too high for the sum, and least so.

        So few points that a small rate would do for their sum as well need a larger one.
        """
        beyond = (rate for rate in self.rates if rate > BEYOND * self.bound_of_the_sum)
        return next(beyond, self.rates[-1])

    @cached_property
    def blown_up(self) -> int:
        """The steps after which at that rate the loss is far above where it began."""
        grown = self._descend(self.total, self.too_high, LONGER).grown_by(BLOWN)
        return LONGER if grown is None else max(FEW, grown)

    @cached_property
    def relatives(self) -> list[Trajectory]:
        """Descents at that rate on the mean, the sum, and the root of the mean if it is an RMSE."""
        mean = self._descend(self.loss, self.too_high, LONGER)
        wild = self._descend(self.total, self.too_high, self.blown_up)
        if not self.has_root:
            return [mean, wild]
        return [mean, wild, descend_root(self.loss, self.too_high, self.loss.lesson.start, LONGER)]

    @cached_property
    def losses(self) -> list[FloatArray]:
        """The mean along each of them, (steps + 1,)."""
        return [self.loss.value(run.parameters) for run in self.relatives]

    @property
    def root(self) -> Root:
        """How the RMSE goes that is descended instead of its square."""
        mean, _, root = map(np.sqrt, self.losses)
        return Root(root, float(mean[-1]))

    @property
    def has_root(self) -> bool:
        """Whether the root of the loss is an RMSE."""
        return is_mean_square(self.loss.lesson)

    def _descend(self, loss: NumericLoss, rate: float, steps: int) -> Trajectory:
        return descend(loss, PlainDescent(rate), self.loss.lesson.start, steps)

    def rate(self, which: Rate) -> Number:
        """One of the six rates, as it is written."""
        return as_given(self.rates[which])

    def end(self, which: Rate) -> Number:
        """The loss that the descent at this rate ends with, as it is written."""
        return significant(float(self.runs[which].losses[-1]), DIGITS)

    def ahead_of_the_others(self) -> Message:
        """Which rate has come farthest by now; it may not be that which is best for ever."""
        values: Values = {"steps": whole(STEPS), "rate": self.rate(self.ahead)}
        if self.ahead == Rate.GLIDING:
            return message(
                "In the long run nothing is faster. After {steps} steps {rate} is still ahead.",
                **values,
            )
        return message(
            "In the long run nothing is faster. After {steps} steps {rate} is ahead.", **values
        )

    def the_sum_blows_up(self) -> Message:
        """How soon a rate that is fine for the mean is too much for the sum."""
        rate = as_given(self.too_high)
        if self.blown_up == FEW:
            return message(
                "A rate of {rate}, fine for the mean, blows up the sum at once.", rate=rate
            )
        return message(
            "A rate of {rate}, fine for the mean, blows up the sum in {steps} steps.",
            rate=rate,
            steps=whole(self.blown_up),
        )


def rounded(rate: float, low: float, high: float) -> float:
    """``rate`` in as few digits as keep it between ``low`` and ``high``, or else their middle."""
    first = -int(np.floor(np.log10(rate)))
    shorter = (round(rate, first + more) for more in range(LONGEST_RATE))
    return next((short for short in shorter if low < short < high), (low + high) / 2)
