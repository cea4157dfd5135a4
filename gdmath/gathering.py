"""A million points gathered to some thousand weighted ones: the loss is as good as the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from gdmath.arrays import FloatArray, read_only

MANY = 10_000
"""Places from which a step over all of them is slower than the rest of a lecture's frame."""

GROUPS = 1024
"""Cells of about a thirtieth of the data each way: what four points leave out is a millionth."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """Points (k,) and their weights (k,), which sum to one; `exact` if none was moved."""

    x: FloatArray
    y: FloatArray
    weights: FloatArray
    exact: bool

    def __post_init__(self) -> None:
        for name in ("x", "y", "weights"):
            object.__setattr__(self, name, read_only(getattr(self, name)))


def gathered(x: FloatArray, y: FloatArray) -> Gathered:
    """Return weighted points for the points x and y, (n,): about four for each of `GROUPS`.

    Points at `MANY` places or fewer are counted by place, which changes nothing. Others are split
    into groups of neighbours, again and again the one with the most scatter at its mean. A group
    becomes four points with its mean and its covariance, so that any loss which is quadratic within
    the group has the very same mean (Julier and Uhlmann 1997, without their middle point). Where
    these would lie outside of the data, and a formula may have no value, it is split further.
    """
    places, counts = np.unique(x + 1j * y, return_counts=True)
    if places.size <= MANY:
        return Gathered(places.real, places.imag, counts / x.size, exact=True)
    points = np.stack([x, y])
    box = np.stack([points.min(axis=1), points.max(axis=1)])[:, :, np.newaxis]
    chosen = [part for group in _groups(points) for part in _inside(group, box)]
    weights = [np.full(part.shape[1], count / part.shape[1]) for part, count in chosen]
    moved_x, moved_y = np.hstack([part for part, _ in chosen])
    return Gathered(moved_x, moved_y, np.concatenate(weights) / x.size, exact=False)


def _groups(points: FloatArray) -> list[FloatArray]:
    """The points (2, n) in groups (2, k) of neighbours."""
    spread = points.std(axis=1)

    def ranked(group: FloatArray, number: int) -> tuple[float, int, FloatArray]:
        scatter = (group.std(axis=1) / np.where(spread > 0, spread, 1)) ** 2
        return -float(scatter.sum()) * group.shape[1], number, group

    heap = [ranked(points, 0)]
    while len(heap) < GROUPS:
        _, number, group = heappop(heap)
        # Numbers like those of a family tree tell equals apart, and no two are the same.
        for child, half in enumerate(_halves(group, spread), start=1):
            heappush(heap, ranked(half, 2 * number + child))
    return [group for *_, group in heap]


def _halves(group: FloatArray, spread: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What lies below the mean and above it, along the axis where more of the spread is filled."""
    along = group[int((group.std(axis=1) * spread[::-1]).argmax())]
    # The mean of neighbouring floats may be rounded up to the last.
    lower = (along <= along.mean()) & (along < along.max())
    return group[:, lower], group[:, ~lower]


def _inside(group: FloatArray, box: FloatArray) -> Iterator[tuple[FloatArray, int]]:
    """Points (2, k) that stand for a group within a box (2, 2, 1), and for how many they do."""
    four, (low, high) = _four(group), box
    if group.shape[1] <= four.shape[1]:
        yield group, group.shape[1]
    elif (group == group[:, :1]).all():
        yield group[:, :1], group.shape[1]
    elif ((low <= four) & (four <= high)).all():
        yield four, group.shape[1]
    else:
        for half in _halves(group, (high - low)[:, 0]):
            yield from _inside(half, box)


def _four(group: FloatArray) -> FloatArray:
    """Four points (2, 4) with the mean and the covariance of a group (2, k)."""
    (width, slant), (_, height) = np.cov(group, bias=True)
    across = np.sqrt(width)
    tilt = slant / across if across > 0 else 0.0
    reach = np.sqrt(2) * np.array([[across, 0.0], [tilt, np.sqrt(max(0.0, height - tilt**2))]])
    four: FloatArray = group.mean(axis=1, keepdims=True) + np.hstack([reach, -reach])
    return four
