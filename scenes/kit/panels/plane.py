"""Plane: the frame of every flat panel, with Typst labels and ticks that choose themselves."""

from dataclasses import dataclass, replace

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Axes, Line, Polygon, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.text.numbers import tick_label, tick_step, ticks
from scenes.kit.text.tick_row import TickRow, tick_row
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE

TICKS = 6
"""About how many of them an axis has."""

ROUND_OFF = 1e-14
"""Of the furthest coordinate: a few times what is lost on the way into the picture and back."""


@dataclass(frozen=True)
class Scale:
    """One axis: its range, its name in Typst mathematics and the colour of that name.

    On a ``logarithmic`` axis the coordinates are powers of ten, and the labels say so.
    """

    low: float
    high: float
    name: str
    color: str = PALETTE.muted
    logarithmic: bool = False

    @property
    def span(self) -> float:
        """The length of the range."""
        return self.high - self.low

    def widened(self, factor: float) -> "Scale":
        """The same axis with its range stretched about its middle."""
        extra = self.span * (factor - 1) / 2
        return replace(self, low=self.low - extra, high=self.high + extra)

    def ticks(self) -> TickRow:
        """Where the ticks fall, and what stands beside each, in Typst mathematics."""
        if not self.logarithmic:
            return tick_row(self.low, self.high, TICKS)
        powers = ticks(self.low, self.high, TICKS)
        if tick_step(self.span, TICKS) < 1:
            powers = np.arange(np.ceil(self.low), np.floor(self.high) + 1)
        return TickRow(powers, [f"10^({tick_label(power, 1)})" for power in powers], 1.0)


class Plane(VGroup):
    """A coordinate frame filling a region of the picture.

    With ``equal`` a unit is as long across as up, so that right angles look right; the range that
    would be too short for the region is widened. Axes cross at the lower left, where they meet no
    curve. A ``bare`` plane fills all of its region: a frame without ticks, numbers or names.
    """

    MARGIN_LEFT = 0.7
    MARGIN_BOTTOM = 0.75
    MARGIN_TOP = 0.1
    MARGIN_RIGHT = 0.25
    TICK = 0.08

    def __init__(
        self, region: Region, x: Scale, y: Scale, equal: bool = False, bare: bool = False
    ) -> None:
        super().__init__()
        inner = region if bare else self.inside(region)
        self.region = region
        width, height = inner.width, inner.height
        if equal:
            shape = (x.span / y.span) / (width / height)
            x, y = (x.widened(1 / shape), y) if shape < 1 else (x, y.widened(shape))
        self.x, self.y = x, y
        # Manim's Axes do the arithmetic and stay invisible: they insist on crossing at the origin.
        self.axes = Axes(
            x_range=(x.low, x.high, tick_step(x.span)),
            y_range=(y.low, y.high, tick_step(y.span)),
            x_length=width,
            y_length=height,
            tips=False,
            axis_config={"include_ticks": False, "stroke_width": 0},
        )
        self.axes.shift(np.array([inner.left, inner.bottom, 0]) - self.axes.c2p(x.low, y.low))
        if bare:
            corners = [(x.low, y.low), (x.high, y.low), (x.high, y.high), (x.low, y.high)]
            frame = Polygon(*self.c2p(corners))
            self.add(self.axes, decoration(frame.set_stroke(PALETTE.scaffold, STROKE.axis)))
            return
        self.lines = VGroup(
            Line(self.point(x.low, y.low), self.point(x.high, y.low)),
            Line(self.point(x.low, y.low), self.point(x.low, y.high)),
        ).set_stroke(PALETTE.scaffold, STROKE.axis)
        self.marks, self.numbers = VGroup(), VGroup()
        self._mark(x, DOWN)
        self._mark(y, LEFT)
        self.names = VGroup(
            maths(x.ticks().named(x.name), SIZE.small, x.color).next_to(
                self.numbers, DOWN, buff=0.12, aligned_edge=RIGHT
            ),
            maths(y.ticks().named(y.name), SIZE.small, y.color).next_to(
                self.point(x.low, y.high), UP + RIGHT, buff=0.1
            ),
        )
        self.add(self.axes, decoration(self.lines), self.marks, self.numbers, self.names)

    def inside(self, region: Region) -> Region:
        """What the margins for numbers and names leave of ``region``."""
        return Region(
            region.left + self.MARGIN_LEFT,
            region.bottom + self.MARGIN_BOTTOM,
            region.right - self.MARGIN_RIGHT,
            region.top - self.MARGIN_TOP,
        )

    def _mark(self, scale: Scale, outward: NDArray[np.float64]) -> None:
        axis = 0 if outward is DOWN else 1
        row = scale.ticks()
        for value, label in zip(row.values, row.labels, strict=True):
            at = self.point(value, self.y.low) if outward is DOWN else self.point(self.x.low, value)
            mark = Line(at, at + self.TICK * outward).set_stroke(PALETTE.scaffold, STROKE.axis)
            number = maths(label, SIZE.tick, PALETTE.muted)
            number.next_to(at + self.TICK * outward, outward, buff=0.1)
            self.marks.add(mark)
            self.numbers.add(number)
        for ticks_drawn in (self.marks, self.numbers):
            bind_each(
                ticks_drawn[-len(row.labels) :],
                "tick",
                lambda shown: self.p2c(shown.get_center())[0, axis] / row.step,
                row.said,
            )

    def point(self, x: float, y: float) -> NDArray[np.float64]:
        """Where (x, y) lies in the picture, shape (3,)."""
        return np.asarray(self.axes.c2p(x, y), dtype=float)

    def c2p(self, coordinates: ArrayLike) -> NDArray[np.float64]:
        """Where each row of ``coordinates`` (k, 2) lies in the picture: (k, 3), in one call."""
        x, y = np.asarray(coordinates, dtype=float).T
        return np.asarray(self.axes.c2p(x, y), dtype=float).T

    def p2c(self, points: ArrayLike) -> NDArray[np.float64]:
        """The inverse of `c2p`: picture (k, 3) to coordinates (k, 2), nought without round-off."""
        rows = np.atleast_2d(np.asarray(points, dtype=float))
        furthest = [max(abs(scale.low), abs(scale.high)) for scale in (self.x, self.y)]
        return without_round_off(np.asarray(self.axes.p2c(rows), dtype=float), furthest)

    def unit(self) -> NDArray[np.float64]:
        """Picture units for one unit of x and of y, shape (2,)."""
        # Over all of the plane: one unit may be too short for a difference to have its digits.
        here, there = self.c2p([(self.x.low, self.y.low), (self.x.high, self.y.high)])
        return np.asarray((there - here)[:2] / [self.x.span, self.y.span], dtype=float)


def without_round_off(places: NDArray[np.float64], furthest: ArrayLike) -> NDArray[np.float64]:
    """``places`` (..., 2) read from a picture that reaches as far as ``furthest``, (2,)."""
    return np.where(np.abs(places) > ROUND_OFF * np.asarray(furthest), places, 0.0)
