"""Corners joined by straight lines become the Bézier points that Manim draws."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

THIRDS = np.linspace(0, 1, 4)[:, None]

Points = NDArray[np.float64]


def straight(corners: Points) -> Points:
    """(..., k, 3) corners → (..., 4(k − 1), 3): the Bézier points of the lines that join them."""
    starts, ends = corners[..., :-1, None, :], corners[..., 1:, None, :]
    curves = starts + THIRDS * (ends - starts)
    return np.asarray(curves.reshape(*corners.shape[:-2], 4 * (corners.shape[-2] - 1), 3))


def polylines(lines: Iterable[Points]) -> Points:
    """The Bézier points of several polylines (k, 3), one after the other."""
    return np.concatenate([straight(line) for line in lines])


def quads(nodes: Points) -> Points:
    """The corners (m + 1, n + 1, 3) of a grid of faces → (mn, 4, 3), those of each of them."""
    around = [nodes[:-1, :-1], nodes[1:, :-1], nodes[1:, 1:], nodes[:-1, 1:]]
    return np.stack(around, axis=2).reshape(-1, 4, 3)


def closed(faces: Points) -> Points:
    """Faces (k, 4, 3) → (k, 16, 3): the Bézier points of each, all the way round."""
    return straight(np.concatenate([faces, faces[:, :1]], axis=1))
