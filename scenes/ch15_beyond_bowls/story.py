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
from gdmath.valleys import StationaryPoint
from scenes.kit.wording import (
    Message,
    counted,
    message,
    unicode_name,
    whole,
)

REACH = 3.0
"""Both parameters are looked at from −3 to 3."""
ASIDE = 0.03
"""How far from the saddle a way down begins."""
NEAR = 0.4
"""How far about a minimum one sees from close by."""
LOCAL = 0.005
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

    @cached_property
    def ways_down(self) -> tuple[Trajectory, Trajectory]:
        """From next to the saddle, on either side of it along the way that bends down."""
        _, directions = np.linalg.eigh(self.loss.hessian(self.saddle.parameters))
        aside = ASIDE * directions[:, 0]
        rule, steps = self.loss.lesson.rule, self.trajectory.steps
        first, second = (
            descend(self.loss, rule, self.saddle.parameters + side, steps)
            for side in (aside, -aside)
        )
        return first, second

    def starts(self, bounds: npt.ArrayLike) -> FloatArray:
        """(k, 2): the many starts all over ``bounds`` (2, 2)."""
        return spread(bounds, 13, 9)

    @property
    def near(self) -> FloatArray:
        """(k, 2): a square about the minimum that the descent ends in."""
        return self.theory.minimum + NEAR * np.array([(-1, -1), (1, 1)])

    @property
    def near_the_minimum(self) -> float:
        """The loss on a ring about a minimum that is nearly an ellipse."""
        least = self.theory.minimum_loss
        return least + LOCAL * (self.saddle.loss - least)

    def opening(self) -> Message:
        """What is new about this loss after the one that the lecture was about."""
        if is_line(self.given):
            return message("So far every landscape was a bowl. What if it has two valleys?")
        return message("So far one valley was all there was to find. What if there are two?")

    def one_neuron(self) -> Message:
        """What the model is."""
        first, second = map(unicode_name, self.loss.lesson.parameters)
        return message(
            "Take one neuron: {first} times tanh of {second} x. Still two knobs, still a map.",
            first=first,
            second=second,
        )

    def many_starts(self, starts: FloatArray) -> Message:
        """How many of them there are."""
        return message(
            "Let {count} walkers start all over the map, and run.", count=counted(len(starts))
        )

    def it_falls_again(self) -> Message:
        """When the loss looks settled, and is not."""
        return message(
            "It is not: after step {step} the loss falls again.", step=whole(self.lingers_at)
        )


def spread(bounds: npt.ArrayLike, columns: int, rows: int) -> FloatArray:
    """(2, 2) → (columns · rows, 2): places spread evenly over a rectangle, none at its border."""
    across, up = (
        np.linspace(low, high, count + 2)[1:-1]
        for (low, high), count in zip(np.asarray(bounds), (columns, rows), strict=True)
    )
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
