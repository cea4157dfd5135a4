"""Heights of the loss by colour, the same on the map, on the round map and on the bowl."""

from typing import TypeVar

import numpy as np
from manim import ManimColor, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.kit.theme import PALETTE

STOPS = np.array([ManimColor(colour).to_rgb() for colour in PALETTE.heights])
SHADES = 64
"""Number of colours that are told apart where heights change without a step."""
CASING = 3.0
"""Stroke units by which a casing is wider than its line."""

V = TypeVar("V", bound=VMobject)


def height_rgb(shares: ArrayLike) -> NDArray[np.float64]:
    """The red, green and blue (..., 3) of heights (...) from 0, the minimum, to 1, the top."""
    places = np.clip(shares, 0, 1) * (len(STOPS) - 1)
    return np.stack([np.interp(places, range(len(STOPS)), column) for column in STOPS.T], axis=-1)


COLORS = tuple(map(ManimColor, height_rgb(np.linspace(0, 1, SHADES))))


def height_color(share: float) -> ManimColor:
    """The colour of a height from 0, the minimum, to 1, the top of what is shown."""
    return COLORS[round(float(np.clip(share, 0, 1)) * (SHADES - 1))]


def cased(mark: V) -> V:
    """Line ``mark`` with the dark of the ground, so that it stands out on any height."""
    for part in mark.get_family():
        width = part.get_stroke_width() + CASING
        part.set_stroke(PALETTE.background, width, 1, background=True, family=False)
    return mark
