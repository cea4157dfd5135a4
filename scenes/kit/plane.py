"""A Plane is the frame of every flat panel, with Typst labels and ticks that choose themselves."""

import math
from dataclasses import dataclass, replace
from itertools import compress, pairwise

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Axes, Line, Polygon, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.text.axis_name import shorter
from scenes.kit.text.tick_row import TickRow, power_row, tick_row
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording.numbers import tick_step

TICKS = 6
"""Number of ticks aimed at on an axis, where their numbers have room."""
APART = (0.18, 0.05)
"""Least gaps in units between numbers side by side, and one above the other."""

LONGEST = 1e12
"""Span of an axis from which manim loses digits, for it begins with a unit for each one."""
ROUND_OFF = 1e-14
"""Relative to the furthest coordinate: a few times what is lost into the picture and back."""


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

    def ticks(self, about: int = TICKS) -> TickRow:
        """Where ``about`` ticks fall, and what stands beside each, in Typst mathematics."""
        row = power_row if self.logarithmic else tick_row
        return row(self.low, self.high, about)


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
        if equal:
            shape = (x.span / y.span) / (inner.width / inner.height)
            x, y = (x.widened(1 / shape), y) if shape < 1 else (x, y.widened(shape))
        self.inner = inner
        self.look_at(x, y)
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
        across, up = self._mark(x, DOWN), self._mark(y, LEFT)
        self.names = VGroup(
            self._name(across, x).next_to(self.numbers, DOWN, buff=0.12, aligned_edge=RIGHT),
            self._name(up, y).next_to(self.point(x.low, y.high), UP + RIGHT, buff=0.1),
        )
        for name in self.names:
            name.shift(max(0.0, region.left - name.get_left()[0]) * RIGHT)
            name.shift(max(0.0, name.get_right()[0] - region.right) * LEFT)
        self.add(self.axes, decoration(self.lines), self.marks, self.numbers, self.names)

    def look_at(self, x: Scale, y: Scale) -> None:
        """From now on show another part of the plane, of the same shape; ticks stay as they are."""
        self.x, self.y = x, y
        # Manim's Axes do the arithmetic and stay invisible: they insist on crossing at the origin.
        self.measure = np.array([measure(x.span), measure(y.span)])
        ranges = [
            (scale.low / one, scale.high / one, tick_step(scale.span / one))
            for scale, one in zip((x, y), self.measure.tolist(), strict=True)
        ]
        self.axes = Axes(
            x_range=ranges[0],
            y_range=ranges[1],
            x_length=self.inner.width,
            y_length=self.inner.height,
            tips=False,
            axis_config={"include_ticks": False, "stroke_width": 0},
        )
        corner = np.array([self.inner.left, self.inner.bottom, 0])
        self.axes.shift(corner - self.point(x.low, y.low))

    def inside(self, region: Region) -> Region:
        """What the margins for numbers and names leave of ``region``."""
        return Region(
            region.left + self.MARGIN_LEFT,
            region.bottom + self.MARGIN_BOTTOM,
            region.right - self.MARGIN_RIGHT,
            region.top - self.MARGIN_TOP,
        )

    def _mark(self, scale: Scale, outward: NDArray[np.float64]) -> TickRow:
        axis = 0 if outward is DOWN else 1
        row, numbers = self._numbered(scale, outward)
        marks = VGroup(Line(at, at + self.TICK * outward) for at in self._places(row, axis))
        marks.set_stroke(PALETTE.scaffold, STROKE.axis)
        for ticks_drawn in (marks, numbers):
            bind_each(
                ticks_drawn,
                "tick",
                lambda shown: self.p2c(shown.get_center())[0, axis] / row.step,
                row.said,
            )
        self.marks.add(*marks)
        self.numbers.add(*numbers)
        return row

    def _numbered(self, scale: Scale, outward: NDArray[np.float64]) -> tuple[TickRow, VGroup]:
        """The ticks of an axis and their numbers: the fewer, the wider the numbers are."""
        axis = 0 if outward is DOWN else 1
        choices: list[tuple[TickRow, VGroup]] = []
        for about in range(TICKS, 1, -1):
            row = scale.ticks(about)
            numbers = VGroup(maths(label, SIZE.tick, PALETTE.muted) for label in row.labels)
            for number, at in zip(numbers, self._places(row, axis), strict=True):
                number.next_to(at + self.TICK * outward, outward, buff=0.1)
            held = [self._beside(number) for number in numbers]
            if axis == 0:
                # At an end of the axis a wide number may have no room however few there are.
                row, numbers = row.only(held), VGroup(*compress(numbers, held))
            if len(numbers) > 1 or not choices:
                choices.append((row, numbers))
            if len(numbers) > 1 and apart(numbers, axis) and (axis == 0 or all(held)):
                break
        return choices[-1]

    def _name(self, row: TickRow, scale: Scale) -> VMobject:
        """What an axis is called: if need be in smaller letters, and at last in fewer words."""
        room = self.region.width
        for words in shorter(scale.name):
            name = maths(row.named(words), SIZE.small, scale.color)
            if name.width <= room * SIZE.small / SIZE.tick:
                break
        return name if name.width <= room else name.scale(room / name.width)

    def _places(self, row: TickRow, axis: int) -> NDArray[np.float64]:
        """Where the ticks of an axis meet it in the picture, shape (k, 3)."""
        along, corner = row.values, np.full(len(row.values), (self.y.low, self.x.low)[axis])
        return self.c2p(np.column_stack([along, corner] if axis == 0 else [corner, along]))

    def _beside(self, number: VMobject) -> bool:
        """Whether a number keeps to the region, left and right."""
        left, right = number.get_left()[0], number.get_right()[0]
        return bool(self.region.left <= left and right <= self.region.right)

    def point(self, x: float, y: float) -> NDArray[np.float64]:
        """Where (x, y) lies in the picture, shape (3,)."""
        across, up = self.measure.tolist()
        return np.asarray(self.axes.c2p(x / across, y / up), dtype=float)

    def c2p(self, coordinates: ArrayLike) -> NDArray[np.float64]:
        """Where each row of ``coordinates`` (k, 2) lies in the picture: (k, 3), in one call."""
        # Manim's own `c2p` goes through rows one by one in Python; a map has thousands a frame.
        low, span = [self.x.low, self.y.low], [self.x.span, self.y.span]
        sides = np.array([axis.get_end() - axis.get_start() for axis in self.axes])
        shares = (np.asarray(coordinates, dtype=float) - low) / span
        return np.asarray(self.point(self.x.low, self.y.low) + shares @ sides, dtype=float)

    def p2c(self, points: ArrayLike) -> NDArray[np.float64]:
        """The inverse of `c2p`: picture (k, 3) to coordinates (k, 2), nought without round-off."""
        rows = np.atleast_2d(np.asarray(points, dtype=float))
        furthest = [max(abs(scale.low), abs(scale.high)) for scale in (self.x, self.y)]
        places = np.asarray(self.axes.p2c(rows), dtype=float) * self.measure
        return without_round_off(places, furthest)

    def unit(self) -> NDArray[np.float64]:
        """Picture units for one unit of x and of y, shape (2,)."""
        # Over all of the plane: one unit may be too short for a difference to have its digits.
        here, there = self.c2p([(self.x.low, self.y.low), (self.x.high, self.y.high)])
        return np.asarray((there - here)[:2] / [self.x.span, self.y.span], dtype=float)


def measure(span: float) -> float:
    """What an axis is measured in: 1, or a power of ten where its ones are too small for manim."""
    return 1.0 if span < LONGEST else 10.0 ** math.floor(math.log10(span))


def without_round_off(places: NDArray[np.float64], furthest: ArrayLike) -> NDArray[np.float64]:
    """``places`` (..., 2) read from a picture that reaches as far as ``furthest``, (2,)."""
    return np.where(np.abs(places) > ROUND_OFF * np.asarray(furthest), places, 0.0)


def apart(numbers: VGroup, axis: int) -> bool:
    """Whether numbers in a row, across or up, have a gap between them, all of them."""
    return all(
        second.get_corner(DOWN + LEFT)[axis] - first.get_corner(UP + RIGHT)[axis] > APART[axis]
        for first, second in pairwise(numbers)
    )
