"""Descend on mini-batches, seeing only some of the points at each step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import IntArray
from gdmath.descent import recorded, walk
from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule
from gdmath.trajectory import Trajectory


@dataclass(frozen=True, eq=False)
class StochasticTrajectory(Trajectory):
    """A descent whose steps went by the gradients of batches, not by the full ones.

    `losses` and `gradients` are those of the whole loss, as for every trajectory.
    """

    batches: tuple[IntArray, ...]
    """The points that each step saw."""


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
    run = recorded(loss, [start, *walk(map(loss.on, batches), rule, start)])
    return StochasticTrajectory(run.parameters, run.losses, run.gradients, tuple(batches))
