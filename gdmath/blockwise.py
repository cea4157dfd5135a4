"""Average formulas over the points, in blocks that stay in a processor's cache."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only

BLOCK = 1 << 15
"""Pointwise values held at a time: more overflow a processor's cache and take thrice as long."""

MANY = 10_000
"""Different points above which a loss over all of them is too slow to be drawn from."""

Compiled = Callable[..., list[Any]]
"""Both parameters, x and y, of shapes that fit together → what each of some formulas says there."""


@dataclass(frozen=True, eq=False)
class Weighted:
    """Points (k,) and their weights (k,), which sum to one; weights of None are all alike."""

    x: FloatArray
    y: FloatArray
    weights: FloatArray | None = None

    @property
    def size(self) -> int:
        """How many they are."""
        return self.x.size


def counted(x: FloatArray, y: FloatArray) -> Weighted:
    """Return each place of the points x and y, (n,), once; a mean over them is the very same."""
    places, counts = np.unique(x + 1j * y, return_counts=True)
    return Weighted(*map(read_only, (places.real, places.imag, counts / x.size)))


def means(compiled: Compiled, rows: npt.NDArray[Any], points: Weighted) -> npt.NDArray[Any]:
    """Parameters (m, 2) → (m, k): the mean over the points of each of the k formulas.

    Beside the result no more than some blocks of `BLOCK` values are held, whatever m and the number
    of points. What overflows comes back as inf or nan without a warning.
    """
    height = max(1, BLOCK // points.size)
    starts = range(0, len(rows) or 1, height)
    return np.concatenate([_means(compiled, rows[k : k + height], points) for k in starts])


def _means(compiled: Compiled, rows: npt.NDArray[Any], points: Weighted) -> npt.NDArray[Any]:
    """The same for so few rows that a block holds them, or for one."""
    starts = range(0, points.size, BLOCK)
    with np.errstate(all="ignore"):
        total = np.sum([_sums(compiled, rows, points, k) for k in starts], axis=0)
    return np.asarray(total if points.weights is not None else total / points.size)


def _sums(
    compiled: Compiled, rows: npt.NDArray[Any], points: Weighted, start: int
) -> npt.NDArray[Any]:
    """(m, 2) → (m, k): the sums over the block of points that begins at `start`."""
    block = slice(start, start + BLOCK)
    x, y = points.x[block], points.y[block]
    outputs = compiled(rows[:, :1], rows[:, 1:], x, y)
    # A derivative without x and θ is compiled to a bare number, hence the broadcast.
    each = [np.broadcast_to(output, (len(rows), x.size)) for output in outputs]
    if points.weights is not None:
        # Not by BLAS: for so little its threads wait longer for each other than they work.
        each = [values * points.weights[block] for values in each]
    return np.stack([values.sum(axis=-1) for values in each], axis=-1)
