"""What chapter 14 tells of steps by single points: how far they get, and whether they settle."""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gdmath import (
    Convergence,
    FloatArray,
    NumericLoss,
    PlainDescent,
    StochasticTrajectory,
    Trajectory,
    compile_loss,
    convergence,
    descend,
    descend_on_batches,
    shuffled_batches,
)
from scenes.kit.wording import Message, message, significant_apart

PASSES, CAREFUL = 20, 40
"""Passes over all points that a descent makes at one rate, and at one that sinks."""
HALVES = 5
"""Passes in which a rate that sinks comes down to a half; in as many more to a third, and so on."""
SHARE = 0.2
"""The learning rate, as a share of the largest that is stable on every single point."""
SEED = 3
"""Seed of the noise and of the order of the points; each later descent takes the next one."""
SHAKE = 0.05
"""Standard deviation of the noise added to every y, as a share of the RMSE at the start."""
EXACT = 1e-6
"""Share of the first loss that is left at the minimum if all points are met."""


@dataclass(frozen=True)
class Story:
    """The facts of a lesson's descents by single points, and the sentences that depend on them.

    ``theory`` is that of ``loss``; ``graph`` is what the prediction is drawn as.
    """

    loss: NumericLoss
    theory: Convergence
    graph: Message

    @property
    def count(self) -> int:
        """How many points there are, and so how many steps a pass has."""
        return self.loss.lesson.x.size

    @cached_property
    def rate(self) -> float:
        """The learning rate that all descents begin with, to one digit."""
        hessians = [self.loss.on([i]).hessian(self.theory.minimum) for i in range(self.count)]
        rate = SHARE * 2 / float(np.linalg.eigvalsh(hessians).max())
        return round(rate, -math.floor(math.log10(rate)))

    @property
    def exact(self) -> bool:
        """Whether the graph of least loss meets all points, so that no single gradient is left."""
        return self.theory.minimum_loss <= EXACT * float(self.loss.value(self.loss.lesson.start))

    @cached_property
    def noisy_loss(self) -> NumericLoss:
        """The loss on points that no graph meets: the lesson's own unless those are `exact`."""
        if not self.exact:
            return self.loss
        lesson = self.loss.lesson
        noise = np.random.default_rng(SEED).standard_normal(self.count)
        root_mean_square = float(np.sqrt(np.mean(self.loss.residuals(lesson.start) ** 2)))
        return compile_loss(replace(lesson, y=lesson.y + SHAKE * root_mean_square * noise))

    @cached_property
    def noisy_theory(self) -> Convergence:
        """What theory says of the loss on noisy points."""
        return convergence(self.noisy_loss)

    @cached_property
    def full(self) -> Trajectory:
        """A full step for each pass."""
        return descend(self.loss, PlainDescent(self.rate), self.loss.lesson.start, PASSES)

    @cached_property
    def single(self) -> StochasticTrajectory:
        """A step by each point of each pass, from the lesson's start."""
        return descend_singly(self.loss, self.rate, self.loss.lesson.start, SEED)

    @cached_property
    def noisy(self) -> StochasticTrajectory:
        """The same on noisy points, from where the first came to."""
        return descend_singly(self.noisy_loss, self.rate, self.single.parameters[-1], SEED + 1)

    @cached_property
    def careful(self) -> StochasticTrajectory:
        """The same while the rate sinks, from where that came to."""
        return self.sinking(self.noisy.parameters[-1], SEED + 2)

    @cached_property
    def whole(self) -> StochasticTrajectory:
        """The same all the way from the lesson's start."""
        return self.sinking(self.loss.lesson.start, SEED)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the walkers that are told of."""
        return "point by point", "one full step"

    def rate_of(self, run: Trajectory, step: int) -> float:
        """The rate of ``run`` at a step."""
        return self.rate_in(step) if run in (self.careful, self.whole) else self.rate

    def rate_in(self, step: float) -> float:
        """The rate that sinks, at a step."""
        return self.rate / (1 + step // self.count / HALVES)

    def sinking(self, start: FloatArray, seed: int) -> StochasticTrajectory:
        """`CAREFUL` passes over the noisy points, each at a lower rate."""
        order = shuffled_batches(self.count, 1, CAREFUL, seed)
        parts: list[StochasticTrajectory] = []
        for first in range(0, len(order), self.count):
            rule, batches = PlainDescent(self.rate_in(first)), order[first : first + self.count]
            at = parts[-1].parameters[-1] if parts else start
            parts.append(descend_on_batches(self.noisy_loss, rule, at, batches))
        return joined(parts)

    @property
    def points(self) -> FloatArray:
        """(count, 2): the lesson's points, without noise."""
        return np.column_stack([self.loss.lesson.x, self.loss.lesson.y])

    @property
    def first_pass(self) -> FloatArray:
        """(count + 1, 2): where steps by single points lead before they have met all points."""
        return self.single.parameters[: self.count + 1]

    @property
    def lines(self) -> FloatArray:
        """(k, 2): the parameters whose graphs must have room among the points."""
        return np.vstack([self.first_pass, self.theory.minimum, self.noisy_theory.minimum])

    @property
    def later(self) -> FloatArray:
        """(k, 2): where steps by single points lead from there on, and the minima."""
        steps = (run.parameters for run in (self.noisy, self.careful))
        return np.vstack(
            [
                self.single.parameters[self.count :],
                *steps,
                self.theory.minimum,
                self.noisy_theory.minimum,
            ]
        )

    def the_same_work(self) -> Message:
        """What a pass by single points and one full step, of as many gradients, have come to."""
        single, full = significant_apart(
            float(self.single.losses[self.count]), float(self.full.losses[1]), digits=2
        )
        return message(
            "Once through all the points, the loss is {single}. A single full step came to {full}.",
            single=single,
            full=full,
        )

    def it_jitters(self) -> Message:
        """That it does, and whether it comes to rest."""
        if self.exact:
            return message(
                "It jitters, for every point pulls its own way. Yet it comes to rest. Why?"
            )
        return message("It jitters, for every point pulls its own way. Does it ever rest?")

    def noisy_points(self) -> Message:
        """That no graph meets all points; those of the lesson, if `exact`, are shaken first."""
        if self.exact:
            return message(
                "Real points are noisy. Shake them, and no {graph} pleases them all.",
                graph=self.graph,
            )
        return message("These points are noisy: no {graph} pleases them all.", graph=self.graph)


def joined(parts: list[StochasticTrajectory]) -> StochasticTrajectory:
    """Descents that follow each other, as one."""
    first = parts[0]
    return StochasticTrajectory(
        np.vstack([first.parameters, *(part.parameters[1:] for part in parts[1:])]),
        np.concatenate([first.losses, *(part.losses[1:] for part in parts[1:])]),
        np.vstack([first.gradients, *(part.gradients[1:] for part in parts[1:])]),
        batches=tuple(batch for part in parts for batch in part.batches),
    )


def descend_singly(
    loss: NumericLoss, learning_rate: float, start: FloatArray, seed: int
) -> StochasticTrajectory:
    """`PASSES` over the points, each in an order by chance, a step by every single one."""
    order = shuffled_batches(loss.lesson.x.size, 1, PASSES, seed)
    return descend_on_batches(loss, PlainDescent(learning_rate), start, order)
