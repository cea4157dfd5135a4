"""Light decides how bright each face of a surface is, which side is seen, and in which colour."""

import numpy as np
from manim import ManimColor, interpolate_color
from numpy.typing import NDArray

from scenes.ch08_the_bowl.depth.outlines import Points
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint
from scenes.kit.theme import PALETTE

SHADES = 80
TINY = 1e-12
LIGHT = np.array([-0.48, 0.6, 0.64])
LIGHT /= np.linalg.norm(LIGHT)
AMBIENT, BY_HEIGHT, BY_LIGHT = 0.02, 0.36, 0.54
# The brightest still lets the amber and blue strokes on it stand out 3:1.
RAMP = ("#11172D", PALETTE.height, "#3C4D84")

Shades = NDArray[np.int_]


def lit(nodes: Points, viewpoint: Viewpoint, top: float) -> tuple[Shades, NDArray[np.bool_]]:
    """The shade of each face, (k,), and whether it is seen from inside, (k,).

    ``nodes`` (m, n, 3) are the corners in space, with z from 0 to ``top``.
    """
    normals = np.cross(nodes[1:, 1:] - nodes[:-1, :-1], nodes[:-1, 1:] - nodes[1:, :-1])
    normals = normals.reshape(-1, 3) * np.sign(normals.reshape(-1, 3)[:, 2:])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), TINY)
    normals = viewpoint.rotate(normals)
    heights = (nodes[1:, 1:, 2] + nodes[:-1, :-1, 2]).ravel() / 2 / top
    return shade(normals, heights), normals[:, 2] > 0


def shade(normals: Points, heights: NDArray[np.float64]) -> Shades:
    """The shade (...) below SHADES of what is higher or more turned to the light: brighter.

    Normals (..., 3) point out of the inside and are as `Viewpoint.rotate` has them; heights (...)
    are from 0 to 1. The light comes from the viewer's upper left.
    """
    facing = np.where(normals[..., 2] > 0, 1, -1) * (normals @ LIGHT)
    brightness = (
        AMBIENT + BY_HEIGHT * np.sqrt(np.clip(heights, 0, 1)) + BY_LIGHT * np.clip(facing, 0, 1)
    )
    return np.asarray(np.clip(brightness * SHADES, 0, SHADES - 1), dtype=int)


def color(brightness: float) -> ManimColor:
    """A colour of the surface, for 0 in the dark to 1 in full light."""
    dark, plain, bright = map(ManimColor, RAMP)
    if brightness < 0.5:
        return interpolate_color(dark, plain, 2 * brightness)
    return interpolate_color(plain, bright, 2 * brightness - 1)


COLORS = tuple(color((number + 0.5) / SHADES) for number in range(SHADES))
"""Colours of the shades, the darkest first."""
