"""What chapter 15 tells of a loss with two basins, and how it begins after the lecture's lesson."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gdmath import (
    Convergence,
    FloatArray,
    Lesson,
    NumericLoss,
    Trajectory,
    descend,
    stationary_points,
)
from gdmath.requirements import is_line
from gdmath.rules import Adam
from gdmath.valleys import StationaryPoint
from scenes.kit.wording import (
    Message,
    Written,
    fill,
    fixed,
    message,
    significant,
    unicode_name,
    whole,
)

REACH = 3.0
"""Both parameters are looked at from −3 to 3."""
TIMES = 10
"""How many times the lesson's learning rate Adam's is: its steps would be too short to see."""
LOCAL = 0.015
"""How high above the minimum a ring is that is nearly an ellipse, as a share of the saddle."""


@dataclass(frozen=True)
class Story:
    """The facts of a ``loss`` with two basins and a saddle, and the sentences that depend on them.

    ``given`` is the lesson of the lecture so far; ``theory`` and ``trajectory`` are of ``loss``.
    """

    given: Lesson
    loss: NumericLoss
    theory: Convergence
    trajectory: Trajectory

    @cached_property
    def points(self) -> tuple[StationaryPoint, ...]:
        """Where the gradient vanishes."""
        return stationary_points(self.loss, ((-REACH, REACH), (-REACH, REACH)))

    @property
    def minima(self) -> list[StationaryPoint]:
        """Where the two basins are deepest."""
        return [point for point in self.points if point.kind == "minimum"]

    @property
    def saddle(self) -> StationaryPoint:
        """The pass between them."""
        return next(point for point in self.points if point.kind == "saddle")

    @property
    def lingers_at(self) -> int:
        """The step of the first half after which there is least slope."""
        slopes = np.linalg.norm(self.trajectory.gradients, axis=1)
        return int(np.argmin(slopes[: self.trajectory.steps // 2]))

    @property
    def adam(self) -> Adam:
        """Another rule, whose first step is as long wherever it starts."""
        return Adam(TIMES * self.loss.lesson.learning_rate)

    def first_steps(self, bounds: npt.ArrayLike) -> list[FloatArray]:
        """From places all over ``bounds`` (2, 2) both ends of Adam's first step, (2, 2) each."""
        starts = spread(bounds, 4, 4)
        return [descend(self.loss, self.adam, start, 1).parameters for start in starts]

    def starts(self, bounds: npt.ArrayLike) -> FloatArray:
        """(k, 2): the many starts all over ``bounds`` (2, 2)."""
        return spread(bounds, 13, 9)

    @property
    def near_the_minimum(self) -> float:
        """The loss on a ring about a minimum that is nearly an ellipse."""
        least = self.theory.minimum_loss
        return least + LOCAL * (self.saddle.loss - least)

    def opening(self) -> Message:
        """What is new about this loss after the one that the lecture was about."""
        if is_line(self.given):
            return message("A line made a bowl of the loss. A model that bends does not.")
        return message("So far the loss had one basin to speak of. Another model may have more.")

    def one_neuron(self) -> Message:
        """What the model is."""
        first, second = map(unicode_name, self.loss.lesson.parameters)
        return message(
            "One neuron: {first} times tanh of {second} x. Still two numbers, still a map.",
            first=first,
            second=second,
        )

    def two_basins(self) -> Message:
        """Where both minima are."""
        here, there = map(place, self.minima)
        return message(
            "Two basins, equally deep: {here} and {there} draw the very same curve.",
            here=here,
            there=there,
        )

    def many_starts(self, starts: FloatArray) -> Message:
        """How many of them there are."""
        return message(
            "Let {count} starts descend at once, and see where each of them ends.",
            count=whole(len(starts)),
        )

    def it_falls_again(self) -> Message:
        """When the loss looks settled, and is not."""
        return message(
            "At step {step} the loss looks settled. It is not: off the saddle it falls again.",
            step=whole(self.lingers_at),
        )

    def other_rules(self) -> Message:
        """How long Adam's first step is."""
        return message(
            "Other rules walk here too. Adam's first step is {rate} in each parameter, "
            "however steep it is.",
            rate=significant(self.adam.learning_rate, 1),
        )


def place(point: StationaryPoint) -> Written:
    """The parameters of a stationary point, as a sentence says them."""
    first, second = (fixed(value, 0) for value in point.parameters)
    return fill("({first}, {second})", first=first, second=second)


def spread(bounds: npt.ArrayLike, columns: int, rows: int) -> FloatArray:
    """(2, 2) → (columns · rows, 2): places spread evenly over a rectangle, none at its border."""
    across, up = (
        np.linspace(low, high, count + 2)[1:-1]
        for (low, high), count in zip(np.asarray(bounds), (columns, rows), strict=True)
    )
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
