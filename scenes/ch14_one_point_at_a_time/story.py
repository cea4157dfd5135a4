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
from scenes.kit.wording import Message, message, significant, significant_apart, whole

PASSES = 20
"""Passes over all points that each descent makes."""
SHARE = 0.2
"""The learning rate, as a share of the largest that is stable on every single point."""
CALM = 0.1
"""The lower rate at the end, as a share of that."""
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
        """The learning rate of all descents but the last, to one digit."""
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
    def calm(self) -> StochasticTrajectory:
        """The same at the lower rate, from where that came to."""
        start = self.noisy.parameters[-1]
        return descend_singly(self.noisy_loss, CALM * self.rate, start, SEED + 2)

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
        steps = self.single.parameters[self.count :], self.noisy.parameters
        return np.vstack([*steps, self.theory.minimum, self.noisy_theory.minimum])

    @property
    def goes_on(self) -> str:
        """The label of the curve of the noisy steps."""
        return "noisy points" if self.exact else "on and on"

    def the_same_work(self) -> Message:
        """What a pass by single points and one full step, of as many gradients, have come to."""
        single, full = significant_apart(
            float(self.single.losses[self.count]), float(self.full.losses[1]), digits=3
        )
        return message(
            "The same {count} gradients: a loss of {single}, against {full} after one full step.",
            count=whole(self.count),
            single=single,
            full=full,
        )

    def noisy_points(self) -> Message:
        """That no graph meets all points; those of the lesson, if `exact`, are shaken first."""
        if self.exact:
            return message(
                "Real points are noisy. Shake every y, and no {graph} meets them all.",
                graph=self.graph,
            )
        return message(
            "These points are noisy: no {graph} meets them all. Let it run on.", graph=self.graph
        )

    def a_cloud(self) -> Message:
        """Around what the noisy steps jitter: the minimum, once they fall on all sides of it."""
        late = self.noisy.parameters[PASSES * self.count // 2 :]
        parts = self.noisy_theory.coordinates(late)
        if ((parts.min(axis=0) <= 0) & (parts.max(axis=0) >= 0)).all():
            return message(
                "Here the gradients cancel only on average. "
                "It jitters for ever, in a cloud around the minimum."
            )
        return message(
            "Here the gradients cancel only on average. "
            "It jitters for ever, in a cloud around the valley floor."
        )

    def a_smaller_cloud(self) -> Message:
        """What a lower rate does to the cloud."""
        return message(
            "At rate {lower} instead of {rate} the cloud shrinks. Let the rate sink "
            "slowly to zero, and it settles.",
            lower=significant(CALM * self.rate, 1),
            rate=significant(self.rate, 1),
        )


def descend_singly(
    loss: NumericLoss, learning_rate: float, start: FloatArray, seed: int
) -> StochasticTrajectory:
    """`PASSES` over the points, each in an order by chance, a step by every single one."""
    order = shuffled_batches(loss.lesson.x.size, 1, PASSES, seed)
    return descend_on_batches(loss, PlainDescent(learning_rate), start, order)
