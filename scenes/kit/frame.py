"""The picture is divided into regions, and a guard keeps things inside them.

The picture is manim's own: 14.2 by 8 units about the origin. Its lowest 15 % belong to the player's
captions.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

M = TypeVar("M", bound=Mobject)


@dataclass(frozen=True)
class Region:
    """A rectangle of the picture, in units: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in units."""
        return self.top - self.bottom

    @property
    def centre(self) -> NDArray[np.float64]:
        """The middle of the region, shape (3,)."""
        return np.array([(self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0])

    def columns(self, *weights: float, gap: float = 0.5) -> tuple["Region", ...]:
        """Split into columns of the given relative widths with ``gap`` units between them."""
        unit = (self.width - gap * (len(weights) - 1)) / sum(weights)
        lefts = [self.left + sum(weights[:k]) * unit + k * gap for k in range(len(weights))]
        return tuple(
            Region(left, self.bottom, left + weight * unit, self.top)
            for left, weight in zip(lefts, weights, strict=True)
        )

    def rows(self, *weights: float, gap: float = 0.3) -> tuple["Region", ...]:
        """Split into rows, the first on top, of the given relative heights."""
        unit = (self.height - gap * (len(weights) - 1)) / sum(weights)
        tops = [self.top - sum(weights[:k]) * unit - k * gap for k in range(len(weights))]
        return tuple(
            Region(self.left, top - weight * unit, self.right, top)
            for top, weight in zip(tops, weights, strict=True)
        )

    def place(self, mobject: M) -> M:
        """Centre ``mobject`` here and shrink it, never enlarge it, until it fits; returns it."""
        mobject.move_to(self.centre)
        excess = max(mobject.width / self.width, mobject.height / self.height)
        if excess > 1:
            mobject.scale(1 / excess)
        return mobject

    def holds(self, mobject: Mobject, slack: float = 1e-6) -> bool:
        """Whether ``mobject`` lies inside this region, to within ``slack`` units."""
        low, high = mobject.get_corner((-1, -1, 0)), mobject.get_corner((1, 1, 0))
        return bool(
            low[0] >= self.left - slack
            and low[1] >= self.bottom - slack
            and high[0] <= self.right + slack
            and high[1] <= self.top + slack
        )


SAFE = Region(-6.7, -2.75, 6.7, 3.75)
TITLE = Region(-6.7, 3.3, 6.7, 3.75)
STAGE = Region(-6.7, -2.75, 6.7, 3.05)
CAPTION = Region(-7.11, -4.0, 7.11, -2.8)
