"""The descents of chapter 13: plain and with momentum, at the lesson's rate and at their best."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdmath import Convergence, FloatArray, NumericLoss, PlainDescent, Trajectory, descend
from gdmath.rules import Momentum, UpdateRule
from gdmath.trajectory import swing

SHARES = 0.9, 0.8, 0.7, 0.5, 0.3
"""Of its last move that momentum may keep, the usual first: where a loss is no bowl it may be flung
to where there is no loss."""
STEPS, SHORT_RUN = 100, 20
"""Steps of each descent, and the least of those at the best rates."""
ADDED = 3
"""Steps of plain descent that are watched closely."""
HOPS = 3
"""Steps beyond the limit that a map has room for."""


@dataclass(frozen=True)
class Descents:
    """The facts of descents on ``loss`` by both rules.

    ``theory`` is that of the loss.
    """

    loss: NumericLoss
    theory: Convergence

    @property
    def rate(self) -> float:
        """The lesson's learning rate."""
        return self.loss.lesson.learning_rate

    @cached_property
    def share(self) -> float:
        """How much of its last move momentum keeps: the lesson's, or the first that comes down."""
        rule = self.loss.lesson.rule
        shares = (rule.momentum,) if isinstance(rule, Momentum) else SHARES
        return next(filter(self.comes_down, shares), shares[-1])

    def comes_down(self, share: float) -> bool:
        """Whether momentum that keeps ``share`` has a loss at every step, and the last is lower."""
        losses = self.descend(Momentum(self.rate, share)).losses
        return bool(np.isfinite(losses).all() and losses[-1] < losses[0])

    @cached_property
    def plain(self) -> Trajectory:
        """Plain descent at the lesson's rate."""
        return self.descend(PlainDescent(self.rate))

    @cached_property
    def heavy(self) -> Trajectory:
        """Momentum at the same rate."""
        return self.descend(Momentum(self.rate, self.share))

    @property
    def big_rate(self) -> float:
        """The rate that momentum adds up to on an even slope."""
        return self.rate / (1 - self.share)

    @cached_property
    def big(self) -> Trajectory:
        """Plain descent at that rate."""
        return self.descend(PlainDescent(self.big_rate))

    def big_within(self, bounds: npt.ArrayLike) -> Trajectory:
        """The same up to where it leaves ``bounds`` (2, 2) or has no loss, but at least a step."""
        return self.descend(PlainDescent(self.big_rate), stays(self.big, bounds))

    @property
    def seen(self) -> FloatArray:
        """(k, 2): what the map shows; of a bigger step that leads away the first alone."""
        comes_down = self.big.losses[-1] < self.big.losses[0]
        big = self.big.parameters if comes_down else self.big.parameters[:2]
        return np.vstack([self.plain.parameters, self.heavy.parameters, big])

    @property
    def swing(self) -> tuple[int, int] | None:
        """The steps at which momentum crosses the valley floor and turns; None if it never does."""
        return swing(self.theory.coordinates(self.heavy.parameters)[:, 1])

    @property
    def moments(self) -> tuple[int, int, int]:
        """The steps at which it crosses the floor, turns, and has come back; or spread evenly."""
        crossing, turn = self.swing or (STEPS // 4, STEPS // 2)
        return crossing, turn, min(2 * turn, STEPS - 1)

    @property
    def first(self) -> FloatArray:
        """(k, 2): where the first moves of both lead."""
        return np.vstack([self.plain.parameters[: ADDED + 2], self.heavy.parameters[:3]])

    @property
    def last(self) -> FloatArray:
        """(k, 2): where momentum is after it has come back."""
        return self.heavy.parameters[self.moments[-1] :]

    @cached_property
    def at_their_best(self) -> tuple[Trajectory, Trajectory]:
        """Plain descent and momentum, each at the rate and share that are best for it."""
        best = PlainDescent(self.theory.best_rate), Momentum(*self.theory.best_momentum)
        return self.descend(best[0]), self.descend(best[1])

    @property
    def ahead(self) -> int:
        """The step from which momentum at its best stays ahead; `SHORT_RUN` if it is sooner."""
        plain, heavy = self.at_their_best
        return heavy.overtakes(plain, SHORT_RUN)

    @cached_property
    def pushed(self) -> Trajectory:
        """The first steps of plain descent at the rate that is best with momentum."""
        return self.descend(PlainDescent(self.theory.best_momentum[0]), HOPS)

    @property
    def seen_at_best(self) -> FloatArray:
        """(k, 2): what the map of the best rates shows: as much on one side as on the other."""
        heavy = self.at_their_best[1].parameters[: self.ahead + 1]
        reached = np.vstack([self.loss.lesson.start, heavy, self.pushed.parameters])
        return np.vstack([reached, 2 * self.theory.minimum - reached])

    def descend(self, rule: UpdateRule, steps: int = STEPS) -> Trajectory:
        """A descent by ``rule`` from the lesson's start."""
        return descend(self.loss, rule, self.loss.lesson.start, steps)


def stays(descent: Trajectory, bounds: npt.ArrayLike) -> int:
    """How many steps ``descent`` stays within ``bounds`` (2, 2) and has a loss: at least one."""
    return max(1, int(np.argmin(np.append(descent.inside(bounds), False))) - 1)
