"""Rings about the middle of a round window are cut to the arcs within, and closed to be filled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def ellipse_arcs(
    form: Points, height: float, middle: Points, radius: float
) -> tuple[list[Points], float]:
    """The ellipse ½ vᵀ ``form`` v = ``height`` within the window, and how far all of it reaches.

    A whole one is one polyline, one that the rim cuts is two, one beyond the rim is none.
    """
    curvatures, axes = np.linalg.eigh(form)
    far, near = np.sqrt(2 * height / curvatures)
    if near >= radius:
        return [], far
    if far <= radius:
        t = np.linspace(0, 2 * np.pi, 181)
        arcs = [np.column_stack([far * np.cos(t), near * np.sin(t)])]
    else:
        # Counted from the flanks: of a long ellipse so little is seen that the angle from its far
        # end would have too few digits.
        seen = np.arcsin(np.sqrt((radius**2 - near**2) / (far**2 - near**2)))
        t = np.linspace(seen, -seen, 91)
        flank = np.column_stack([far * np.sin(t), near * np.cos(t)])
        arcs = [flank, -flank]
    rows = [arc @ axes.T for arc in arcs]
    return [middle + np.pad(row, ((0, 0), (0, 1))) for row in rows], far


def convex_patch(arcs: Sequence[Points], reach: float, middle: Points, radius: float) -> Points:
    """The outline of what an ellipse with these ``arcs`` encloses: they, and the rim that joins."""
    if not arcs:
        angles = np.linspace(0, 2 * np.pi, 181)
        arcs = [on_rim(angles, middle, radius)] if reach else []
    elif len(arcs) == 2:
        first, second = arcs
        sides = (first[-1], second[0]), (second[-1], first[0])
        joints = [between(*side, middle, radius) for side in sides]
        arcs = [first, joints[0], second, joints[1]]
    return np.vstack([np.empty((0, 3)), *arcs])


def arcs_within(ring: Points, middle: Points, radius: float) -> list[Points]:
    """The parts of a closed ``ring`` (k, 3) within ``radius`` of ``middle``, each a polyline.

    Where the ring leaves the window, its arc ends on the rim.
    """
    inside = np.linalg.norm(ring - middle, axis=1) < radius
    if inside.all():
        return [ring]
    if not inside.any():
        return []
    # Begun anew outside, every arc is in one piece.
    first = int(np.argmin(inside))
    ring = np.vstack([ring[first:-1], ring[: first + 1]])
    inside = np.linalg.norm(ring - middle, axis=1) < radius
    turns = np.flatnonzero(np.diff(inside.astype(int)))
    arcs = []
    for entry, leave in zip(turns[::2], turns[1::2], strict=True):
        arc = ring[entry : leave + 2].copy()
        arc[0] = crossing(arc[0], arc[1], middle, radius)
        arc[-1] = crossing(arc[-1], arc[-2], middle, radius)
        arcs.append(arc)
    return arcs


def patch_within(ring: Points, middle: Points, radius: float) -> Points:
    """The outline of what a closed ``ring`` (k, 3) encloses within ``radius`` of ``middle``.

    Each ray from the middle meets the ring once, and the rim takes its place where it is beyond.
    """
    offsets = ring - middle
    far = np.linalg.norm(offsets, axis=1, keepdims=True)
    return np.asarray(middle + offsets * np.minimum(1, radius / far), dtype=float)


def crossing(outer: Points, inner: Points, middle: Points, radius: float) -> Points:
    """Where the straight line from ``outer`` to ``inner`` meets the rim, shape (3,)."""
    start, stretch = outer - middle, inner - outer
    # The nearer root of |start + share · stretch|² = radius².
    half = start @ stretch
    root = np.sqrt(half**2 - stretch @ stretch * (start @ start - radius**2))
    return np.asarray(outer + (-half - root) / (stretch @ stretch) * stretch)


def on_rim(angles: Points, middle: Points, radius: float) -> Points:
    """The points of the rim at ``angles`` (k,), shape (k, 3)."""
    circle = np.column_stack([np.cos(angles), np.sin(angles), np.zeros_like(angles)])
    return np.asarray(middle + radius * circle, dtype=float)


def between(start: Points, end: Points, middle: Points, radius: float) -> Points:
    """The shorter part of the rim from one of its points to another, shape (k, 3)."""
    first, last = (np.arctan2(*(point - middle)[1::-1]) for point in (start, end))
    stretch = (last - first + np.pi) % (2 * np.pi) - np.pi
    return on_rim(first + stretch * np.linspace(0, 1, 31), middle, radius)
