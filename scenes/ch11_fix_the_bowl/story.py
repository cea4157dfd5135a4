"""What chapter 11 tells of a line in three other x: the bowls they make, and one step in each."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import (
    Convergence,
    FloatArray,
    Lesson,
    NumericLoss,
    PlainDescent,
    Trajectory,
    compile_loss,
    convergence,
    descend,
    to_typst,
)
from gdmath.lesson import X
from gdmath.mistakes import read_unmapped
from gdmath.rescaled import jacobian
from gdmath.scaling import Scaling, centred, in_units, standardised
from scenes.kit.wording import Message, Number, as_given, fixed, message, significant

PERCENT = 100
"""Number of the new units of x that make one of the old."""
FIRST_STEPS = 2
"""Steps at the lesson's own rate that are watched in the other units."""
MARGIN = 1.3
"""Reach of the map, as a multiple of the largest distance from a start to its minimum."""
DIGITS = 4
"""Significant digits of a condition number."""


def loss_in(scaling: Scaling) -> NumericLoss:
    """The loss of a lesson told in another x."""
    return compile_loss(scaling.lesson)


def theory_in(scaling: Scaling) -> Convergence:
    """What theory promises of it."""
    return convergence(loss_in(scaling))


def descend_in(scaling: Scaling, rate: float, steps: int) -> Trajectory:
    """The plain descent from the lesson's start, in another x."""
    return descend(loss_in(scaling), PlainDescent(rate), scaling.lesson.start, steps)


def kappa_in(scaling: Scaling) -> Number:
    """The condition number in another x, as it is written."""
    return significant(theory_in(scaling).condition_number, DIGITS)


@dataclass(frozen=True)
class Story:
    """The facts of a ``lesson`` about a line, and the sentences that depend on them.

    ``theory`` is what the loss in its own x promises.
    """

    lesson: Lesson
    theory: Convergence

    @cached_property
    def as_given(self) -> Scaling:
        """The lesson's own x."""
        return Scaling(self.lesson, 0.0, 1.0)

    @cached_property
    def percent(self) -> Scaling:
        """The same in percent, where the bowl is a ravine."""
        return in_units(self.lesson, PERCENT)

    @cached_property
    def centred(self) -> Scaling:
        """The x counted from its mean, where the bowl stands upright."""
        return centred(self.lesson)

    @cached_property
    def standard(self) -> Scaling:
        """The x counted from its mean in standard deviations, where the bowl is round."""
        return standardised(self.lesson)

    @property
    def reach(self) -> float:
        """How far about the minimum the map shows the loss, in any x but percent."""
        away = self.lesson.start - self.theory.minimum
        scalings = self.as_given, self.centred, self.standard
        return MARGIN * max(float(np.linalg.norm(jacobian(each) @ away)) for each in scalings)

    @property
    def highest(self) -> float:
        """How far above its minimum the loss gets on a map as far-reaching, in percent."""
        return float(theory_in(self.percent).eigenvalues[1]) * self.reach**2 / 2

    @cached_property
    def first_steps(self) -> Trajectory:
        """The first steps at the lesson's rate in percent."""
        return descend_in(self.percent, self.lesson.learning_rate, FIRST_STEPS)

    @property
    def explodes(self) -> bool:
        """Whether the lesson's rate is too high for x in percent."""
        return not self.first_steps.losses[-1] < self.first_steps.losses[0]

    @cached_property
    def one_step(self) -> Trajectory:
        """One step at the best rate, in the round bowl."""
        return descend_in(self.standard, theory_in(self.standard).best_rate, 1)

    @cached_property
    def mapped_back(self) -> FloatArray:
        """(2, 2): the parameters before and after that step, as those of x."""
        return self.standard.to_original(self.one_step.parameters)

    @cached_property
    def unmapped(self) -> FloatArray:
        """(2,): the minimum of the round bowl, read as if it were parameters of x."""
        return read_unmapped(self.standard, theory_in(self.standard).minimum)

    @property
    def symbols(self) -> list[str]:
        """The names of the parameters in Typst."""
        return [to_typst(parameter) for parameter in self.lesson.parameters]

    @property
    def slope_and_shift(self) -> list[str]:
        """The names of the parameters, that which multiplies x first."""
        steep = self.lesson.prediction.diff(self.lesson.parameters[0]).has(X)
        return self.symbols if steep else self.symbols[::-1]

    def ravine(self) -> Message:
        """What becomes of the bowl if x is told in percent."""
        return message(
            "Give x in percent. Points and line stay; only the ruler changes, and the bowl "
            "becomes a ravine: κ = {kappa}.",
            kappa=kappa_in(self.percent),
        )

    def bound_in_percent(self) -> Message:
        """The largest stable rate in percent, and if the lesson's own is higher, that it is."""
        bound = significant(theory_in(self.percent).largest_stable_rate, DIGITS - 1)
        if not self.explodes:
            return message(
                "The largest stable rate is now {bound}: a rate has the units of x.", bound=bound
            )
        return message(
            "Now {rate}, which only crawled, lies far above the bound, {bound}. Watch "
            "where the first steps go.",
            rate=as_given(self.lesson.learning_rate),
            bound=bound,
        )

    def upright(self) -> Message:
        """What becomes of the bowl if x is counted from its mean."""
        return message(
            "Put the ruler's zero at the mean of x. The bowl stands upright, and κ is {kappa}.",
            kappa=kappa_in(self.centred),
        )

    def round(self) -> Message:
        """What becomes of the bowl if x is counted in standard deviations besides."""
        return message(
            "Make the standard deviation its unit, and the bowl is round: κ = {kappa}.",
            kappa=fixed(theory_in(self.standard).condition_number, 0),
        )

    def lands(self) -> Message:
        """That one step in the round bowl is enough."""
        return message(
            "In a round bowl the way downhill is the way to the minimum. At the best rate, "
            "{rate}, one step lands there.",
            rate=significant(theory_in(self.standard).best_rate, 1),
        )
