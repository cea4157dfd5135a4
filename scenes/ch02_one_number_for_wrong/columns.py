"""Columns: each squared residual as a column of the same width, which can be shared out evenly."""

from collections.abc import Callable

import numpy as np
from manim import Polygon, ValueTracker, VGroup

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind_each
from scenes.kit.theme import PALETTE
from scenes.kit.updaters import live

HEADROOM = 1.08
BESIDE = 0.06
"""Share of a column's width that is left free on either side."""


class Columns(Plane):
    """The ``squares()`` (n,) as columns, point by point; ``levelled`` says how evenly, 0 to 1."""

    def __init__(self, region: Region, squares: Callable[[], FloatArray]) -> None:
        now = squares()
        height = Scale(0, HEADROOM * float(now.max()), '"squared error"', PALETTE.loss)
        super().__init__(region, Scale(0, len(now), '"point"'), height)
        # A method would be copied for an animation along with its object; a function is not.
        self.squares: Callable[[], FloatArray] = lambda: squares()
        self.levelled = ValueTracker(0)

    def heights(self) -> FloatArray:
        """The height of each column now."""
        squares, share = self.squares(), self.levelled.get_value()
        return np.asarray(squares + share * (squares.mean() - squares))

    def columns(self) -> VGroup:
        """One column for each point."""

        def place(columns: VGroup) -> None:
            left = np.arange(len(columns)) + BESIDE
            right, heights = left + 1 - 2 * BESIDE, np.minimum(self.heights(), self.y.high)
            zero = np.zeros_like(left)
            x = np.stack([left, left, right, right, left], axis=1)
            y = np.stack([zero, heights, heights, zero, zero], axis=1)
            corners = self.c2p(np.column_stack([x.ravel(), y.ravel()])).reshape(-1, 5, 3)
            for column, polygon in zip(columns, corners, strict=True):
                column.set_points_as_corners(polygon)

        columns = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in self.squares()))
        columns.set_fill(PALETTE.loss, 0.4).set_stroke(PALETTE.loss, 1)
        live(columns, place, self.heights)
        allow("contrast", columns, reason="a thin one is known by its neighbours")
        bind_each(
            columns,
            "squared residual, shared out",
            lambda column: [column.height / self.unit()[1]],
            lambda index: [min(self.heights()[index], self.y.high)],
        )
        return columns
