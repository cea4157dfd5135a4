"""Descend on mini-batches, seeing only some of the points at each step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, IntArray, read_only
from gdmath.descent import walk
from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule
from gdmath.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class StochasticTrajectory(Trajectory):
    """A descent whose steps went by the gradients of batches, not by the full ones.

    `losses` and `gradients` are those of the whole loss, as for every trajectory.
    """

    batch_gradients: FloatArray
    """(steps, 2): index t is the gradient that step t + 1 went by."""
    batches: tuple[IntArray, ...]
    """The points that each step saw."""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "batch_gradients", read_only(self.batch_gradients))


def shuffled_batches(n: int, size: int, passes: int, seed: int) -> tuple[IntArray, ...]:
    """Return the batches of `passes` passes over n points, each pass in an order of its own.

    A pass holds every point exactly once, in batches of `size` (the last may be smaller). Within a
    batch the order means nothing and is ascending, so a batch of all points is the data as given.
    The same seed gives the same batches.
    """
    if not 1 <= size <= n or passes < 0:
        raise ValueError(
            f"{passes} passes in batches of {size} from {n} points were asked for; "
            "a batch holds from one to all of the points, and there are none or more passes"
        )
    generator = np.random.default_rng(seed)
    cuts = range(size, n, size)
    return tuple(
        np.sort(batch) for _ in range(passes) for batch in np.split(generator.permutation(n), cuts)
    )


def descend_on_batches(
    loss: NumericLoss, rule: UpdateRule, start: npt.ArrayLike, batches: Sequence[IntArray]
) -> StochasticTrajectory:
    """Take one step from `start`, (2,), for each batch: by the mean gradient of its points.

    Robbins and Monro 1951; Bottou, Curtis and Nocedal, SIAM Review 60 (2018), section 3.
    """
    parameters, gradients = np.empty((len(batches) + 1, 2)), np.empty((len(batches), 2))
    parameters[0] = start
    steps = walk((loss.on(batch) for batch in batches), rule, parameters[0])
    for step, (gradient, reached) in enumerate(steps):
        gradients[step], parameters[step + 1] = gradient, reached
    return StochasticTrajectory(
        parameters,
        loss.value(parameters),
        loss.gradient(parameters),
        batch_gradients=gradients,
        batches=tuple(batches),
    )
