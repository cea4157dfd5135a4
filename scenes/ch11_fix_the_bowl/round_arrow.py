"""A step on a round map, as an arrow that ends where it leaves the window."""

import numpy as np
from manim import Arrow
from numpy.typing import ArrayLike, NDArray

from scenes.kit.maps.eigen_axes import unit
from scenes.kit.maps.ring_shapes import crossing
from scenes.kit.maps.round_map import RoundMap
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE


def step_arrow(
    plane: RoundMap, tail: ArrayLike, head: ArrayLike, color: str = PALETTE.gradient
) -> Arrow:
    """The step from one pair of parameters to another, both (2,), as the window shows it now."""
    move = np.asarray(head, dtype=float) - np.asarray(tail, dtype=float)
    start, end = plane.c2p(np.array([tail, head], dtype=float))
    if plane.outside(end[np.newaxis])[0]:
        end = crossing(end, start, plane.middle, plane.radius)
    arrow = Arrow(
        start,
        end,
        buff=0,
        color=color,
        stroke_width=STROKE.arrow,
        tip_length=0.22,
        max_tip_length_to_length_ratio=0.3,
    )
    bind(
        arrow,
        "direction of the step",
        lambda: unit(np.diff(plane.p2c([arrow.get_start(), arrow.get_end()]), axis=0)[0]),
        lambda: unit(move),
    )
    return arrow.set_z_index(2)


def at_hop(places: NDArray[np.float64], hop: float) -> NDArray[np.float64]:
    """Where one is after so many hops, each straight from one of ``places`` (k, 2) to the next."""
    count = np.arange(len(places))
    return np.array([np.interp(hop, count, column) for column in places.T])
