"""A polyline that leaves its panel above or below is cut into the parts that are inside."""

from collections.abc import Sequence

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

Rows = NDArray[np.float64]


def between(rows: Rows, low: float, high: float) -> list[Rows]:
    """The parts of the polyline through ``rows`` (k, 2) that are from ``low`` to ``high``.

    Where a height is infinite or undefined it is interrupted.
    """
    pieces = []
    for part in runs(rows, np.isfinite(rows[:, 1])):
        for level in (low, high):
            (at,) = np.nonzero(np.diff(part[:, 1] > level))
            along = part[at + 1] - part[at]
            crossings = part[at] + ((level - part[at, 1]) / along[:, 1])[:, np.newaxis] * along
            crossings[:, 1] = level
            part = np.insert(part, at + 1, crossings, axis=0)
        pieces += runs(part, (part[:, 1] >= low) & (part[:, 1] <= high))
    return pieces


def runs(rows: Rows, kept: NDArray[np.bool_]) -> list[Rows]:
    """The ``rows`` that are ``kept``, in runs of two or more."""
    parts = np.split(np.arange(len(rows)), np.flatnonzero(np.diff(kept)) + 1)
    return [rows[part] for part in parts if len(part) > 1 and kept[part[0]]]


def ends(pieces: Sequence[Rows]) -> Rows:
    """Where the straight parts of all ``pieces`` begin, and then where they end, (2k, 2)."""
    halves = [piece[:-1] for piece in pieces] + [piece[1:] for piece in pieces]
    return np.vstack([np.empty((0, 2)), *halves])


def draw(line: VMobject, pieces: Sequence[Rows]) -> None:
    """Make ``line`` what goes straight from corner to corner of each of ``pieces`` (k, 3)."""
    points = [VMobject().set_points_as_corners(piece).points for piece in pieces]
    line.points = np.concatenate([np.empty((0, 3)), *points])


def drawn_ends(line: VMobject) -> Rows:
    """The places (2k, 3) that `draw` gave to the `ends` of the pieces."""
    return np.vstack([line.points[::4], line.points[3::4]])
