"""Stack: one bar built of shares, one share a point; its height is their sum."""

from collections.abc import Callable

import numpy as np
from manim import RIGHT, UP, Line, Polygon, ValueTracker, VGroup

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import live

DIMMED = 0.6
"""Opacity of the shares about one that is looked at."""


class Stack(VGroup):
    """The ``squares()`` (n,) on top of each other, from ``floor`` to the top as they are now.

    The mobject itself is the line that the bar stands on, at the height ``floor``.
    """

    def __init__(self, region: Region, floor: float, squares: Callable[[], FloatArray]) -> None:
        self.region = region
        # A method would be copied for an animation along with its object; a function is not.
        self.squares: Callable[[], FloatArray] = lambda: squares()
        self.poured = ValueTracker(0)
        self.full = float(squares().sum())
        self.unit = (region.top - 0.1 - floor) / self.full
        self.corner = np.array([region.left, floor, 0])
        line = Line(self.corner - 0.1 * RIGHT, self.corner + (region.width + 0.1) * RIGHT)
        super().__init__(decoration(line.set_stroke(PALETTE.scaffold, STROKE.axis)))

    def total(self) -> float:
        """The squares that have been ``poured`` into the bar so far, added up."""
        return float(self.squares()[: round(self.poured.get_value())].sum())

    def shares(self, equal: bool = False) -> VGroup:
        """A slice a point, as high as its squared residual, or all as high as their mean."""

        def heights() -> FloatArray:
            squares = self.squares()
            return np.full_like(squares, squares.mean()) if equal else squares

        def place(shares: VGroup) -> None:
            tops = self.unit * np.cumsum(heights())
            across = self.region.width * RIGHT
            for share, low, high in zip(shares, [0, *tops[:-1]], tops, strict=True):
                left, above = self.corner + low * UP, self.corner + high * UP
                share.set_points_as_corners([left, above, above + across, left + across, left])

        shares = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in self.squares()))
        shares.set_fill(PALETTE.loss, 0.12).set_stroke(PALETTE.loss, STROKE.contour)
        live(shares, place, self.squares)
        allow("contrast", shares, reason="a thin one is all outline, between its neighbours'")
        bind_each(
            shares,
            "share of the sum of squares",
            lambda share: [share.height / self.unit],
            lambda index: [heights()[index]],
        )
        return shares
