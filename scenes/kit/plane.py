"""Plane: the frame that every flat panel stands on, with Typst labels and ticks that choose themselves."""

from dataclasses import dataclass

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Axes, Line, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.kit.frame import Region
from scenes.kit.numbers import fixed, tick_step, ticks
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.typeset import maths


@dataclass(frozen=True)
class Scale:
    """One axis: its range, its name in Typst mathematics and the colour of that name."""

    low: float
    high: float
    name: str
    color: str = PALETTE.muted

    @property
    def span(self) -> float:
        """The length of the range."""
        return self.high - self.low

    def widened(self, factor: float) -> "Scale":
        """The same axis with its range stretched about its middle."""
        extra = self.span * (factor - 1) / 2
        return Scale(self.low - extra, self.high + extra, self.name, self.color)


class Plane(VGroup):
    """A coordinate frame filling a region of the picture.

    With ``equal`` a unit is as long across as up, so that right angles look right; the range that would be
    too short for the region is widened. Axes cross at the lower left, where they meet no curve.
    """

    MARGIN_LEFT = 0.7
    MARGIN_BOTTOM = 0.75
    MARGIN_TOP = 0.1
    MARGIN_RIGHT = 0.25
    TICK = 0.08

    def __init__(self, region: Region, x: Scale, y: Scale, equal: bool = False) -> None:
        super().__init__()
        self.region = region
        width = region.width - self.MARGIN_LEFT - self.MARGIN_RIGHT
        height = region.height - self.MARGIN_BOTTOM - self.MARGIN_TOP
        if equal:
            shape = (x.span / y.span) / (width / height)
            x, y = (x.widened(1 / shape), y) if shape < 1 else (x, y.widened(shape))
        self.x, self.y = x, y
        # Manim's Axes do the arithmetic and stay invisible: they insist on crossing at the data's origin.
        self.axes = Axes(
            x_range=(x.low, x.high, tick_step(x.span)),
            y_range=(y.low, y.high, tick_step(y.span)),
            x_length=width,
            y_length=height,
            tips=False,
            axis_config={"include_ticks": False, "stroke_width": 0},
        )
        corner = np.array([region.left + self.MARGIN_LEFT, region.bottom + self.MARGIN_BOTTOM, 0])
        self.axes.shift(corner - self.axes.c2p(x.low, y.low))
        self.lines = VGroup(
            Line(self.point(x.low, y.low), self.point(x.high, y.low)),
            Line(self.point(x.low, y.low), self.point(x.low, y.high)),
        ).set_stroke(PALETTE.scaffold, STROKE.axis)
        self.marks, self.numbers = VGroup(), VGroup()
        self._mark(x, DOWN)
        self._mark(y, LEFT)
        self.names = VGroup(
            maths(x.name, SIZE.small, x.color).next_to(
                self.numbers, DOWN, buff=0.12, aligned_edge=RIGHT
            ),
            maths(y.name, SIZE.small, y.color).next_to(
                self.point(x.low, y.high), UP + RIGHT, buff=0.1
            ),
        )
        self.add(self.axes, self.lines, self.marks, self.numbers, self.names)

    def _mark(self, scale: Scale, outward: NDArray[np.float64]) -> None:
        values = ticks(scale.low, scale.high, 5)
        decimals = max(0, -int(np.floor(np.log10(tick_step(scale.span)) + 1e-9)))
        for value in values:
            at = self.point(value, self.y.low) if outward is DOWN else self.point(self.x.low, value)
            self.marks.add(
                Line(at, at + self.TICK * outward).set_stroke(PALETTE.scaffold, STROKE.axis)
            )
            number = maths(fixed(value, decimals), SIZE.tick, PALETTE.muted)
            self.numbers.add(number.next_to(at + self.TICK * outward, outward, buff=0.1))

    def point(self, x: float, y: float) -> NDArray[np.float64]:
        """Where (x, y) lies in the picture, shape (3,)."""
        return np.asarray(self.axes.c2p(x, y), dtype=float)

    def c2p(self, coordinates: ArrayLike) -> NDArray[np.float64]:
        """Where each row of ``coordinates`` (k, 2) lies in the picture, shape (k, 3), in one call."""
        x, y = np.asarray(coordinates, dtype=float).T
        return np.asarray(self.axes.c2p(x, y), dtype=float).T

    def p2c(self, points: ArrayLike) -> NDArray[np.float64]:
        """The inverse of `c2p`: picture (k, 3) to coordinates (k, 2)."""
        return np.asarray(self.axes.p2c(np.atleast_2d(np.asarray(points, dtype=float))), dtype=float)

    def unit(self) -> NDArray[np.float64]:
        """Picture units for one unit of x and of y, shape (2,)."""
        here, there = self.c2p([(0, 0), (1, 1)])
        return np.asarray((there - here)[:2], dtype=float)
