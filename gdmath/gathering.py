"""A million points gathered to some thousand weighted ones, ever more until they will do."""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

import numpy as np

from gdmath.arrays import FloatArray, read_only
from gdmath.blockwise import Weighted

MANY = 10_000
"""Places from which a step over all of them is slower than the rest of a lecture's frame."""

FEWEST, FINEST = 1024, 16384
"""Groups: at first cells of about a thirtieth of the data each way, at last of a hundredth."""


def counted(x: FloatArray, y: FloatArray) -> Weighted:
    """Return each place of the points x and y, (n,), once; a mean over them is the very same."""
    places, counts = np.unique(x + 1j * y, return_counts=True)
    return Weighted(read_only(places.real), read_only(places.imag), read_only(counts / x.size))


def gathered(x: FloatArray, y: FloatArray) -> Iterator[Weighted]:
    """Yield weighted points for the points x and y, (n,): about four for each of some groups.

    There are `FEWEST` groups, then twice as many again and again, up to `FINEST`. Groups are of
    neighbours: the one with the most scatter is split at its mean. A group becomes four points with
    its mean and its covariance, so that any loss which is quadratic within the group has the very
    same mean (Julier and Uhlmann 1997, without their middle point). Where these would lie outside
    of the data, and a formula may have no value, it is split further.
    """
    points = np.stack([x, y])
    spread = points.std(axis=1)
    groups, count = [points], FEWEST
    while count <= FINEST:
        groups = _split(groups, count, spread)
        yield _standing_for(groups)
        count *= 2


def _standing_for(groups: list[FloatArray]) -> Weighted:
    """The points that stand for groups (2, k), within the rectangle that holds them all."""
    low, high = (
        end([end(group, axis=1) for group in groups], axis=0)[:, np.newaxis]
        for end in (np.min, np.max)
    )
    chosen = [part for group in groups for part in _inside(group, low, high)]
    weights = [np.full(part.shape[1], count / part.shape[1]) for part, count in chosen]
    x, y = np.hstack([part for part, _ in chosen])
    total = sum(group.shape[1] for group in groups)
    return Weighted(read_only(x), read_only(y), read_only(np.concatenate(weights) / total))


def _split(groups: list[FloatArray], count: int, spread: FloatArray) -> list[FloatArray]:
    """The points in groups (2, k) of neighbours, in `count` of them if there are so many places."""

    def ranked(group: FloatArray, number: int) -> tuple[float, int, FloatArray]:
        # Of a single place rounding may leave some scatter, and nothing to split.
        alone = bool((group == group[:, :1]).all())
        scatter = (group.std(axis=1) / np.where(spread > 0, spread, 1)) ** 2
        return -0.0 if alone else -float(scatter.sum()) * group.shape[1], number, group

    # Numbers tell equals apart, and no two are the same.
    heap = [ranked(group, number) for number, group in enumerate(groups)]
    heapify(heap)
    while len(heap) < count and heap[0][0] < 0:
        _, number, group = heappop(heap)
        for half, its_own in zip(_halves(group, spread), (number, count + len(heap)), strict=True):
            heappush(heap, ranked(half, its_own))
    return [group for *_, group in heap]


def _halves(group: FloatArray, spread: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What lies below the mean and above it, along the axis where more of the spread is filled."""
    along = group[int((group.std(axis=1) * spread[::-1]).argmax())]
    # The mean of neighbouring floats may be rounded up to the last.
    lower = (along <= along.mean()) & (along < along.max())
    return group[:, lower], group[:, ~lower]


def _inside(
    group: FloatArray, low: FloatArray, high: FloatArray
) -> Iterator[tuple[FloatArray, int]]:
    """Points (2, k) that stand for a group, from `low` to `high`, and for how many they do."""
    four = _four(group)
    if group.shape[1] <= four.shape[1]:
        yield group, group.shape[1]
    elif (group == group[:, :1]).all():
        yield group[:, :1], group.shape[1]
    elif ((low <= four) & (four <= high)).all():
        yield four, group.shape[1]
    else:
        for half in _halves(group, (high - low)[:, 0]):
            yield from _inside(half, low, high)


def _four(group: FloatArray) -> FloatArray:
    """Four points (2, 4) with the mean and the covariance of a group (2, k)."""
    (width, slant), (_, height) = np.cov(group, bias=True)
    across = np.sqrt(width)
    tilt = slant / across if across > 0 else 0.0
    reach = np.sqrt(2) * np.array([[across, 0.0], [tilt, np.sqrt(max(0.0, height - tilt**2))]])
    four: FloatArray = group.mean(axis=1, keepdims=True) + np.hstack([reach, -reach])
    return four
