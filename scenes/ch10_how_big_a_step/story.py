"""What chapter 10 tells of six learning rates: what each does to one start, in a sentence each."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, PlainDescent, Trajectory, descend
from scenes.kit.wording import Message, Number, Values, as_given, fixed, message, whole

STEPS = 40
"""Steps at each of six rates."""
SMALL, MIDDLE, BEYOND = 0.12, 0.6, 1.05
"""Three of the rates, as shares of the largest stable one; theory gives the other three."""
START = np.array([0.8, 0.5])
"""How far off the minimum the six start along the flat and the stiff direction, in reaches."""
DIGITS, LONGEST_RATE = 3, 4
"""Significant digits of a rate, and the most of one that is chosen to be short."""
SOONER, ALMOST_ALL = 0.9, 0.8
"""Share of another's loss below which one is sooner there, and of a part that is almost all."""
FOLLOWED = 0.88
"""Share of the growth of the hops, in its logarithm, by which the map grows with them."""
PERCENT = 100
WHOLE = 0.01
"""How far a ratio may be from a whole number to pass for one."""
NOUGHT = 1e-9
"""Share of the first loss up to which the least one is nil."""


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

    @property
    def reach(self) -> float:
        """How far about the minimum the map shows the loss: as far off as the lesson starts."""
        return float(np.linalg.norm(self.loss.lesson.start - self.theory.minimum))

    @cached_property
    def start(self) -> FloatArray:
        """(2,): where the six start, on the lesson's side of both directions."""
        sides = np.where(self.theory.coordinates(self.loss.lesson.start) < 0, -1.0, 1.0)
        off = self.theory.eigenvectors @ (sides * START * self.reach)
        return np.asarray(self.theory.minimum + off, dtype=float)

    @cached_property
    def runs(self) -> list[Trajectory]:
        """The descents from there at these rates."""
        return [descend(self.loss, PlainDescent(r), self.start, STEPS) for r in self.rates]

    @cached_property
    def losses(self) -> list[FloatArray]:
        """How far above its least the loss is along each of them, (STEPS + 1,)."""
        return [self.theory.loss_parts(run.parameters).sum(axis=1) for run in self.runs]

    @property
    def loss_name(self) -> str:
        """What these are called in Typst: the loss itself where its least is nil."""
        nil = self.theory.minimum_loss <= NOUGHT * self.losses[0][0]
        return "L" if nil else 'L - L_"min"'

    @property
    def growth(self) -> float:
        """How many times as wide a map shows the last rate to its end, if not quite so near."""
        factor = np.abs(self.theory.factors(self.rates[Rate.BLOWING_UP])[1])
        return float(factor ** (FOLLOWED * STEPS))

    @property
    def highest(self) -> float:
        """How far above its minimum the loss gets on a map so many times as wide."""
        return float(self.theory.eigenvalues[1]) * (self.reach * self.growth) ** 2 / 2

    def rate(self, which: Rate) -> Number:
        """One of the six rates, as it is written."""
        return short(self.rates[which])

    def tale(self, which: Rate) -> Message:
        """What one of the six rates does."""
        values: Values = {"rate": self.rate(which)}
        match which:
            case Rate.CREEPING:
                return self._creeping()
            case Rate.TO_THE_FLOOR:
                return message(
                    "At {rate}, one single step, and it stands on the valley floor.", **values
                )
            case Rate.GLIDING:
                return self._gliding()
            case Rate.BEST:
                return message(
                    "At {rate}, a zigzag that shrinks slowly. In the long run, nothing is faster.",
                    **values,
                )
            case Rate.BOUND if self.rate(Rate.BEST) == self.rate(which):
                return message(
                    "A hair more, and it goes from side to side, for ever: it never reaches the "
                    "floor."
                )
            case Rate.BOUND:
                return message(
                    "At {rate}, from side to side, for ever: it never reaches the floor.", **values
                )
        return message("A touch more, {rate}, and every hop is longer than the last.", **values)

    def _creeping(self) -> Message:
        """How the smallest rate goes, as a multiple of the lesson's own if it is one."""
        rate, times = self.rates[Rate.CREEPING], 0.0
        times = rate / self.loss.lesson.learning_rate
        if times > 2 - WHOLE and abs(times - round(times)) < WHOLE:
            return message(
                "At {rate}, {times} times ours, it glides in, and then it creeps.",
                times=whole(times),
                rate=self.rate(Rate.CREEPING),
            )
        return message(
            "Begin small, at {rate}: it glides in, and then it creeps.",
            rate=self.rate(Rate.CREEPING),
        )

    def _gliding(self) -> Message:
        """That a leap over the floor does no harm, and gets there sooner if it does."""
        rate = self.rate(Rate.GLIDING)
        if self.losses[Rate.GLIDING][-1] < SOONER * self.losses[Rate.TO_THE_FLOOR][-1]:
            return message(
                "At {rate} it leaps over the floor and back, and is still sooner there.", rate=rate
            )
        return message(
            "At {rate} it leaps over the floor and back, and still settles on it.", rate=rate
        )

    def stiff_part(self) -> Message:
        """What a step keeps of the stiff part."""
        return message(
            "The stiff part keeps one minus eta times its curvature: nothing at {floor}, and "
            "beyond {bound} more than it had.",
            floor=self.rate(Rate.TO_THE_FLOOR),
            bound=self.rate(Rate.BOUND),
        )

    def flat_part(self) -> Message:
        """What a step keeps of the flat part."""
        if self.theory.factors(self.rates[Rate.BOUND])[0] > ALMOST_ALL:
            return message("The flat part keeps almost all, at every rate that we may take.")
        return message("The flat part keeps more, at almost every rate that we may take.")

    def the_limit(self) -> Message:
        """What sets the limit of the rate, and what that makes us ask."""
        return message(
            "The stiff side sets the limit: two over its curvature. Must we live with this bowl?"
        )

    def crossing(self) -> Message:
        """What the best rate keeps of both."""
        values: Values = {"rate": self.rate(Rate.BEST), "kept": kept(self.theory.best_factor)}
        return message(
            "Where the two lines cross, both shrink alike: {rate}, the best there is. It keeps "
            "{kept} % a step.",
            **values,
        )


def short(rate: float) -> Number:
    """A rate in `DIGITS` digits, less if the last are zeros."""
    return as_given(round(rate, DIGITS - 1 - int(np.floor(np.log10(rate)))))


def kept(share: float) -> Number:
    """A share that a step keeps, in per cent: with as many digits as tell it from all of it."""
    places = range(LONGEST_RATE)
    decimals = next((k for k in places if round(PERCENT * share, k) != PERCENT), LONGEST_RATE)
    return fixed(PERCENT * share, decimals)


def rounded(rate: float, low: float, high: float) -> float:
    """``rate`` in as few digits as keep it between ``low`` and ``high``, or else their middle."""
    first = -int(np.floor(np.log10(rate)))
    shorter = (round(rate, first + more) for more in range(LONGEST_RATE))
    return next((short for short in shorter if low < short < high), (low + high) / 2)
