"""Show a loss over a million points in maps and bowls by some thousand weighted ones.

A picture of the whole landscape asks for a hundred thousand places, which over a million points
would take an hour. What is told or walked never goes by a surrogate: descents, minimum and numbers
count every point.
"""

from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, IntArray, read_only
from gdmath.blockwise import MANY, Weighted
from gdmath.convergence import convergence
from gdmath.descent import descend
from gdmath.numeric import NumericLoss

SIDES = 32, 48, 64, 96, 128, 192
"""Numbers of slabs of x, and of cells in each, tried in turn until the surrogate is true."""

SHIFT = 1e-3
"""Share of its distance from the minimum by which a ring may be off: none is drawn further away
than half a picture of 1920 pixels, so that is less than a pixel, however close one looks."""

HIGHEST = 2.0
"""Multiple of the start's height above the minimum up to which bowls are drawn."""

CLOSEST = 0.02
"""Share of the start's distance from the minimum below which no ring is judged."""

LEVEL = 0.01
"""Steepness, relative to a cone's of the same height, below which a ring has no place of its own,
as next to a saddle."""

SIGNS = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])


@dataclass(frozen=True, eq=False, kw_only=True)
class Surrogate(NumericLoss):
    """A loss over a `coreset` of the points, plus the plane that it lacks at the minimum.

    Value and gradient are the very same there as over all points, so that rings lie about the
    minimum that they belong to, from however close by they are looked at.
    """

    coreset: Weighted
    minimum: FloatArray
    """(2,): where the loss over all points is least."""
    missing: tuple[float, FloatArray] = 0.0, np.zeros(2)
    """What the coreset lacks there, in value and gradient (2,)."""
    off: float = np.inf
    """By how much a ring is off at the most, as a share of its distance from the minimum."""

    @cached_property
    def points(self) -> Weighted:
        """What a mean is computed over."""
        return self.coreset

    @property
    def _remembers(self) -> bool:
        return False

    def value(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (...): as good as the loss."""
        height, slope = self.missing
        return super().value(parameters) + height + (np.asarray(parameters) - self.minimum) @ slope

    def gradient(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): the derivatives of `value`."""
        return super().gradient(parameters) + self.missing[1]

    @property
    def is_true(self) -> bool:
        """Whether the eye cannot tell it from the loss over all points."""
        return self.off <= SHIFT


@lru_cache(maxsize=4)
def surrogate(loss: NumericLoss) -> NumericLoss:
    """Return what stands for `loss` in pictures of the whole landscape: itself, if that is quick.

    Cells are made ever smaller until it is true; what it lacks with the smallest stands in `off`.
    """
    if isinstance(loss, Surrogate) or loss.work <= MANY:
        return loss
    theory = convergence(loss)
    own: dict[str, Any] = {field.name: getattr(loss, field.name) for field in fields(loss)}
    for side in SIDES:
        found = Surrogate(**own, coreset=coreset(loss.x, loss.y, side), minimum=theory.minimum)
        height = theory.minimum_loss - float(found.value(theory.minimum))
        slope = loss.gradient(theory.minimum) - found.gradient(theory.minimum)
        found = replace(found, missing=(height, slope))
        found = replace(found, off=_ring_error(found, loss))
        if found.is_true:
            break
    return found


def coreset(x: FloatArray, y: FloatArray, side: int) -> Weighted:
    """Return at most 4 side² weighted points for the points x and y, (n,).

    There are `side` slabs of x, and in each `side` cells of y. A cell becomes four points with its
    mean and its covariance, so that any loss which is quadratic within it has the very same mean
    (Julier and Uhlmann 1997, without their middle point).
    """
    slabs, cells = _bins(x, side), np.empty(x.size, dtype=np.intp)
    for slab in np.unique(slabs):
        members = np.flatnonzero(slabs == slab)
        cells[members] = side * slab + _bins(y[members], side)
    _, cells, sizes = np.unique(cells, return_inverse=True, return_counts=True)

    def mean(values: FloatArray) -> FloatArray:
        return np.asarray(np.bincount(cells, values) / sizes)

    middle_x, middle_y = mean(x), mean(y)
    across, along = x - middle_x[cells], y - middle_y[cells]
    width = np.sqrt(mean(across**2))
    tilt = mean(across * along) / np.where(width > 0, width, 1)
    height = np.sqrt(np.maximum(mean(along**2) - tilt**2, 0))
    first, second = SIGNS.T[..., np.newaxis]
    # Outside of the data a formula may have no value.
    four_x = np.clip(middle_x + first * width, x.min(), x.max())
    four_y = np.clip(middle_y + first * tilt + second * height, y.min(), y.max())
    weights = np.tile(sizes / (4 * x.size), 4)
    return Weighted(*map(read_only, (four_x.ravel(), four_y.ravel(), weights)))


def _bins(values: FloatArray, side: int) -> IntArray:
    """(n,): a bin from 0 to below `side` for each value, none with many of them or far apart."""
    ranks = np.argsort(np.argsort(values, kind="stable")) / values.size
    shares = (values - values.min()) / (np.ptp(values) or 1.0)
    bins: IntArray = np.minimum(side * (ranks + shares) / 2, side - 1).astype(np.intp)
    return bins


def _ring_error(found: Surrogate, loss: NumericLoss) -> float:
    """By how much a ring along the descent, or mirrored at the minimum, is off at the most.

    None is judged where the loss is higher than a bowl goes, has no value, or is as good as level.
    """
    lesson, minimum = loss.lesson, found.minimum
    walked = descend(loss, lesson.rule, lesson.start, lesson.steps).parameters
    chosen = np.unique(np.geomspace(1, len(walked), 16).astype(np.intp)) - 1
    offsets = ((walked[chosen, np.newaxis] - minimum) * SIGNS).reshape(-1, 2)
    places, distances = minimum + offsets, np.linalg.norm(offsets, axis=-1)
    values, slopes = loss.value(places), np.linalg.norm(loss.gradient(places), axis=-1)
    heights = values - loss.value(minimum)
    judged = (
        (distances > CLOSEST * distances[0])
        & (heights <= HIGHEST * heights[0])
        & (slopes * distances > LEVEL * heights)
    )
    shares = np.abs(found.value(places) - values)[judged] / (slopes * distances)[judged]
    # What is no number is at any rate not alike.
    return float(np.nan_to_num(shares, nan=np.inf).max(initial=0.0))
