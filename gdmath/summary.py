"""What a lecturer wants to know of a lesson before it is rendered: its facts, and what to mind."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy as sp
from sympy.core.parameters import distribute

from gdmath.arrays import FloatArray
from gdmath.blockwise import counted
from gdmath.convergence import Convergence, convergence
from gdmath.derivation import Derivation, derive
from gdmath.derivation.kinks import kinks
from gdmath.descent import descend, most_steps
from gdmath.lesson import MOST_STEPS, Lesson
from gdmath.notation.arrangement import arranged
from gdmath.numeric import NumericLoss, compile_loss
from gdmath.rules import PlainDescent
from gdmath.surrogate import Surrogate, surrogate
from gdmath.trajectory import Trajectory, settles
from gdmath.trees import substitute

ARRIVED = 0.01
"""The share of its first distance from the minimum at which a descent has settled."""

STIFF = 100
"""A condition number from which descent is slow enough to speak of scaling."""

NEAR = 0.9
"""The share of the largest stable rate from which steps bounce from wall to wall."""

LONGEST_COUNT = 1_000_000
"""A count from which it is written by a power of ten."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, eq=False)
class Summary:
    """The facts of one lesson: its formulas, its theory, and its descent as it is stated."""

    lesson: Lesson
    derivation: Derivation
    loss: NumericLoss
    convergence: Convergence
    trajectory: Trajectory

    @property
    def largest_stable_rate(self) -> float | None:
        """The learning rate from which the lesson's rule no longer settles; None if unknown."""
        return self.convergence.largest_stable_rate_of(self.lesson.rule)

    @cached_property
    def distance_left(self) -> float:
        """The distance from the minimum after the last step, as a share of that at the start."""
        return float(self._distances[-1] / self._distances[0])

    @cached_property
    def settles(self) -> int | None:
        """First step from which the distance from the minimum stays below `ARRIVED` of the first.

        If the descent is not there when the lesson ends, it is continued, to `longest` at the most;
        None if it does not arrive. Only for plain descent of a quadratic loss the half-life of the
        slower direction says how many steps it takes.
        """
        close = ARRIVED * float(self._distances[0])
        arrived, steps = settles(self._distances, close), self.lesson.steps
        plain = isinstance(self.lesson.rule, PlainDescent)
        if arrived is None and plain and self.loss.is_quadratic:
            half_life = float(self.convergence.half_lives(self.lesson.learning_rate).max())
            return math.ceil(steps + half_life * math.log2(self.distance_left / ARRIVED))
        while arrived is None and steps < self.longest:
            steps = min(2 * steps, self.longest)
            longer = descend(self.loss, self.lesson.rule, self.lesson.start, steps)
            arrived = settles(self._away(longer), close)
        return arrived

    @property
    def longest(self) -> int:
        """The steps after which a descent that has not settled is given up."""
        return max(self.lesson.steps, min(MOST_STEPS, most_steps(self.loss) // 4))

    @property
    def duplicates(self) -> int:
        """How many points stand where another one stands already."""
        return self.lesson.x.size - counted(self.lesson.x, self.lesson.y).size

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What may surprise in the lecture, a sentence each."""
        return tuple(self._warnings())

    @property
    def _distances(self) -> FloatArray:
        return self._away(self.trajectory)

    def _away(self, trajectory: Trajectory) -> FloatArray:
        distances: FloatArray = np.hypot(*(trajectory.parameters - self.convergence.minimum).T)
        return distances

    def _warnings(self) -> Iterator[str]:
        lesson, kappa = self.lesson, self.convergence.condition_number
        yield from lesson.remarks
        if kappa >= STIFF:
            centred = ", or centred x," if lesson.is_straight else ""
            yield (
                f"The loss curves {kappa:.4g} times as much one way as the other, so descent is "
                f"slow; other units{centred} would make the bowl rounder."
            )
        bound = self.largest_stable_rate
        if bound is not None and lesson.learning_rate > NEAR * bound:
            share = _percent(lesson.learning_rate / bound)
            yield f"The learning rate is {share} of the largest stable one: the steps bounce."
        if self.distance_left > ARRIVED:
            left, known = _percent(self.distance_left), self.settles
            rest = (
                f"about {_counted(known)} would do"
                if known
                else f"{in_steps(self.longest)} are not enough either"
            )
            yield (
                f"After {in_steps(lesson.steps)} {left} of the way to the minimum is left; {rest}."
            )
        if not self.convergence.is_quadratic:
            yield (
                "The loss is not quadratic: minimum, curvature and rates are those of the basin "
                "that the lesson's descent ends in."
            )
        for kink in kinks(lesson):
            yield f"The loss has a kink: {kink.told}."
        if lesson.shown.size < lesson.x.size:
            yield f"Of the {lesson.x.size} points {lesson.shown.size} are drawn; all of them count."
        if isinstance(shown := surrogate(self.loss), Surrogate):
            yield (
                f"Maps and bowls go by {shown.points.size} weighted points that stand for the "
                f"{lesson.x.size}: a ring is off by at most {shown.off:.1g} of its distance from "
                f"the minimum, {'less than' if shown.is_true else 'which is more than'} a picture "
                "can show. Descents and numbers count every point."
            )
        if self.duplicates:
            yield f"Of the points {self.duplicates} repeat another one; each of them counts."


def summarise(lesson: Lesson) -> Summary:
    """Return the facts of a lesson; raises LessonError where it has no minimum to speak of."""
    loss = compile_loss(lesson)
    trajectory = descend(loss, lesson.rule, lesson.start, lesson.steps)
    return Summary(lesson, derive(lesson), loss, convergence(loss), trajectory)


def as_text(formula: sp.Expr) -> str:
    """Return a formula on one line in a lesson file's notation; a sum over n by n is a mean."""
    indexed = {part: sp.Symbol(part.base.name) for part in formula.atoms(sp.Indexed)}

    def mean(part: sp.Sum) -> sp.Expr:
        body = arranged(substitute(part.function, indexed))
        return sp.Symbol(f"mean({_printed(body)})") * part.limits[0][2]

    with distribute(False):
        means = formula.replace(lambda part: isinstance(part, sp.Sum), mean)
        return _printed(arranged(means))


def in_steps(count: int) -> str:
    """Return a number of steps in words: 1 step, 400 steps, 6·10¹¹ steps."""
    return f"{_counted(count)} step{'' if count == 1 else 's'}"


def _counted(count: int) -> str:
    if count < LONGEST_COUNT:
        return str(count)
    digit, power = f"{count:.0e}".split("e+")
    return f"{digit}·10{str(int(power)).translate(RAISED)}"


def _percent(share: float) -> str:
    """Return a share in whole percent; with more digits if only these tell it from all: 99.98%."""
    digits = max(0, math.ceil(-math.log10(1 - share)) - 2) if share < 1 else 0
    return f"{share:.{digits}%}"


def _printed(formula: sp.Expr) -> str:
    return str(sp.sstr(formula, order="none"))
