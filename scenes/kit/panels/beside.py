"""A name finds room beside the head of its curve, where no line runs through it."""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
from manim import DL, DOWN, DR, LEFT, RIGHT, UL, UP, UR, Mobject
from numpy.typing import NDArray

from scenes.kit.frame import M, Region

AWAY = 0.25, 0.5, 0.75, 1.0, 1.5, 2.0
"""Gaps in units tried between a name and its head, the nearest first."""
CLEAR = 0.08
ROUND = (UL, DL, UP, DOWN, LEFT, RIGHT, UR, DR)


def beside(
    label: M,
    head: Mobject,
    side: NDArray[np.float64],
    region: Region,
    lines: Sequence[NDArray[np.float64]],
    others: Iterable[Mobject] = (),
) -> M:
    """Put ``label`` next to ``head``, on ``side`` of it if there is room; returns it.

    It stays in ``region``, clear of the ``lines``, each (k, 3) in the picture, and of the
    ``others``. If there is room nowhere near, it stays on its side.
    """
    taken = [box(other) for other in others]
    for away, direction in product(AWAY, (side, *ROUND)):
        label.next_to(head, direction, buff=away)
        low, high = box(label, CLEAR)
        if (
            region.holds(label)
            and not any(crossing(line[:, :2], low, high) for line in lines)
            and not any((low < there).all() and (here < high).all() for here, there in taken)
        ):
            return label
    return label.next_to(head, side, buff=AWAY[0])


def box(mobject: Mobject, margin: float = 0.0) -> NDArray[np.float64]:
    """The lower left and the upper right corner of a mobject, ``margin`` beyond it: (2, 2)."""
    return np.array([mobject.get_corner(DL) - margin, mobject.get_corner(UR) + margin])[:, :2]


def crossing(
    line: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> bool:
    """Whether the polyline (k, 2) meets the rectangle from ``low`` to ``high``, both (2,)."""
    start, along = line[:-1], np.diff(line, axis=0)
    # A piece that runs along one axis is within the bounds of the other all the way or never.
    along = np.where(along == 0, np.finfo(float).tiny, along)
    with np.errstate(over="ignore"):
        shares = np.stack([(low - start) / along, (high - start) / along])
    enters, leaves = shares.min(axis=0).max(axis=1), shares.max(axis=0).min(axis=1)
    return bool(((enters <= leaves) & (enters <= 1) & (leaves >= 0)).any())
