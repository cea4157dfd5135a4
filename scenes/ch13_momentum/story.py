"""What chapter 13 tells of momentum beside plain descent, at the lesson's rate and at its best."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdmath import Convergence, FloatArray, NumericLoss, PlainDescent, Trajectory, descend
from gdmath.requirements import is_mean_square
from gdmath.rules import Momentum, UpdateRule
from gdmath.trajectory import swing
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    as_given,
    as_much,
    dwindling,
    fill,
    message,
    significant,
    significant_apart,
    whole,
)

SHARES = 0.9, 0.8, 0.7, 0.5, 0.3
"""Of its velocity that momentum may keep, the usual first: where a loss is no bowl it may be flung
to where there is no loss."""
STEPS, SHORT_RUN = 100, 20
"""Steps of each descent, and the least of those at the best rates."""


@dataclass(frozen=True)
class Story:
    """The facts of descents on ``loss`` by both rules, and the sentences that depend on them.

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
        """How much of its velocity momentum keeps: the lesson's, or the first that comes down."""
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
        stays = int(np.argmin(np.append(self.big.inside(bounds), False))) - 1
        return self.descend(PlainDescent(self.big_rate), max(1, stays))

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
    def gathers_until(self) -> int:
        """The step up to which the velocity is watched growing."""
        return STEPS // 10 if self.swing is None else self.swing[0]

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

    @property
    def seen_at_best(self) -> FloatArray:
        """(k, 2): what the maps of the best rates show: as much on one side as on the other."""
        start, (_, heavy) = self.loss.lesson.start, self.at_their_best
        across = 2 * self.theory.minimum - start
        return np.vstack([start, across, heavy.parameters[: self.ahead + 1]])

    @property
    def pairs(self) -> tuple[tuple[float, float], ...]:
        """Rates and shares: plain descent at its best and at momentum's best, and momentum."""
        rate, share = self.theory.best_momentum
        return (self.theory.best_rate, 0.0), (rate, 0.0), (rate, share)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the descents that are told of."""
        names = "plain", "momentum", fill("plain, {times} η", times=self.times)
        return names if np.isfinite(self.big.losses[1]) else names[:2]

    @property
    def measure(self) -> str:
        """What its numbers are called."""
        return "RMSE" if is_mean_square(self.loss.lesson) else "loss"

    def measured(self, descent: Trajectory) -> Callable[[int], Number]:
        """How to write the RMSE of a descent after some step; its loss if it has no RMSE."""
        values = np.sqrt(descent.losses) if self.measure == "RMSE" else descent.losses
        write = dwindling(values)
        return lambda step: write(float(values[step]))

    def descend(self, rule: UpdateRule, steps: int = STEPS) -> Trajectory:
        """A descent by ``rule`` from the lesson's start."""
        return descend(self.loss, rule, self.loss.lesson.start, steps)

    @property
    def times(self) -> Number:
        """How many times the rate momentum adds up to."""
        return significant(1 / (1 - self.share), 2)

    def what_both_have_come_to(self) -> Message:
        """The RMSE, or the loss, of both after the last step."""
        heavy, plain = (self.measured(descent)(STEPS) for descent in (self.heavy, self.plain))
        values: Values = {"steps": whole(STEPS), "heavy": heavy, "plain": as_much(heavy, plain)}
        if self.measure == "RMSE":
            return message(
                "After {steps} steps its RMSE is {heavy}; plain descent has {plain}.", **values
            )
        return message(
            "After {steps} steps its loss is {heavy}; plain descent has {plain}.", **values
        )

    def at_the_bigger_rate(self) -> Message:
        """What becomes of plain descent at the rate that momentum adds up to."""
        return message(
            "Plain descent at {times} times the rate: {verdict}.",
            times=self.times,
            verdict=self.verdict(),
        )

    def verdict(self) -> Message:
        """How plain descent goes at that rate."""
        losses = self.big.losses
        if losses[-1] < losses[0]:
            if self.big_rate < 1 / self.theory.eigenvalues[1]:
                return message("it goes straight down and never swings")
            return message("it jumps from side to side")
        if np.nanmax(losses) > losses[0]:
            return message("it blows up")
        return message("it ends where no loss is")

    def the_bound(self) -> Message:
        """Where the bound on the rate is, for both, and on which side of it momentum's best is."""
        rate, share = self.theory.best_momentum
        bounds = self.theory.largest_stable_rate, self.theory.momentum_bound(share)
        rates = map(as_given, (rate, *bounds))
        values: Values = dict(zip(("rate", "plain", "moved"), rates, strict=True))
        if rate > bounds[0]:
            return message(
                "{rate} is beyond plain descent's bound, {plain}: it blows up. Momentum moves "
                "the bound to {moved}.",
                **values,
            )
        return message(
            "{rate} is not beyond plain descent's bound, {plain}. Momentum moves the bound "
            "to {moved}.",
            **values,
        )

    def nothing_is_faster(self) -> Message:
        """What both have come to, each at its best, once momentum is ahead."""
        plain, heavy = (float(descent.losses[self.ahead]) for descent in self.at_their_best)
        least, more = significant_apart(heavy, plain, digits=2)
        return message(
            "After {steps} steps the loss is {heavy}; plain descent at its best rate has {plain}.",
            steps=whole(self.ahead),
            heavy=least,
            plain=as_much(least, more),
        )
