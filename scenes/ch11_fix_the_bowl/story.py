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
from gdmath.notation.names import primed
from gdmath.scaling import Scaling, centred, in_units, standardised
from scenes.kit.wording import Message, Number, as_given, heard_roughly, message, significant

PERCENT = 100
"""Number of the new units of x that make one of the old."""
FIRST_STEPS = 2
"""Steps at the lesson's own rate that are watched in the other units."""
FAR = 1e3
"""Times the distance from which one step leads so far that a second adds nothing."""
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
        return MARGIN * max(float(np.linalg.norm(each.jacobian @ away)) for each in scalings)

    @property
    def farthest(self) -> float:
        """How far from the minimum the first steps in percent lead, in percent."""
        away = self.first_steps.parameters - self.percent.from_original(self.theory.minimum)
        return float(np.linalg.norm(away, axis=1).max())

    @property
    def highest(self) -> float:
        """How far above its minimum the loss gets on a map that shows all of them, in percent."""
        wide = MARGIN * max(self.reach, self.farthest)
        return float(theory_in(self.percent).eigenvalues[1]) * wide**2 / 2

    @property
    def rate(self) -> float:
        """The lesson's learning rate."""
        return self.lesson.learning_rate

    @cached_property
    def first_steps(self) -> Trajectory:
        """The first steps at the lesson's rate in percent; one alone if that leads far enough."""
        growth = self.rate * float(theory_in(self.percent).eigenvalues[1])
        return descend_in(self.percent, self.rate, 1 if growth > FAR else FIRST_STEPS)

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
    def primed(self) -> list[str]:
        """Their names in another x."""
        return list(map(primed, self.symbols))

    @property
    def slope_and_shift(self) -> list[str]:
        """The names of the parameters, that which multiplies x first."""
        steep = self.lesson.prediction.diff(self.lesson.parameters[0]).has(X)
        return self.symbols if steep else self.symbols[::-1]

    def ravine(self) -> Message:
        """What becomes of the bowl if x is told in percent."""
        return message(
            "And the bowl becomes a ravine. Its kappa is {kappa}.",
            kappa=heard_roughly(kappa_in(self.percent)),
        )

    def explosion(self) -> Message:
        """What becomes of the lesson's rate there."""
        if self.explodes:
            return message("Our patient rate of {rate} now explodes.", rate=as_given(self.rate))
        return message("Our rate of {rate} still holds, but only just.", rate=as_given(self.rate))

    def upright(self) -> Message:
        """What becomes of the bowl if x is counted from its mean."""
        return message(
            "Now use the ruler well. Put its zero in the middle of the points: kappa falls to "
            "{kappa}.",
            kappa=significant(theory_in(self.centred).condition_number, DIGITS - 1),
        )
