"""Gauge: a stretch of one parameter's number line, where it stands, and how far the best is."""

from collections.abc import Callable

import numpy as np
from manim import DOWN, RIGHT, UP, Dot, Line, Star, VGroup, VMobject
from numpy.typing import NDArray

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind, bind_each, decoration
from scenes.kit.text.quantity import Quantity
from scenes.kit.text.tick_row import tick_row
from scenes.kit.text.typeset import formula, maths, words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import live
from scenes.kit.wording.numbers import suited

TICK, OVERHANG = 0.08, 0.3
BETWEEN = 0.15
"""Units between what stands in the row above the line."""


class Gauge(VGroup):
    """A number line over ``stretch`` (2,): the parameter is ``at()``, and best at ``goal``.

    ``name`` is the parameter's in Typst. The line with its ticks is the mobject itself; what
    stands on it and above it is built by its methods.
    """

    def __init__(
        self,
        region: Region,
        name: str,
        at: Callable[[], float],
        goal: float,
        stretch: FloatArray,
    ) -> None:
        self.symbol, self.at, self.goal = name, at, goal
        self.write = suited([at(), goal])
        low, high = stretch
        row, scale = region.rows(1, 1.25, gap=0)
        self.baseline, self.right = np.array([row.left, row.bottom + 0.3, 0]), row.right
        self.start, self.low = np.array([scale.left, scale.top - 0.3, 0]), low
        self.unit = scale.width / (high - low)
        self.line = Line(self.start, self.start + scale.width * RIGHT)
        self.line.set_stroke(PALETTE.scaffold, STROKE.axis)
        # The numbers at the very ends would stick out.
        ends = OVERHANG / self.unit
        ticks = tick_row(low + ends, high - ends)
        self.marks, self.numbers = VGroup(), VGroup()
        for value, label in zip(ticks.values, ticks.labels, strict=True):
            place = self.point(value)
            mark = Line(place, place + TICK * DOWN).set_stroke(PALETTE.scaffold, STROKE.axis)
            number = maths(label, SIZE.tick, PALETTE.muted)
            self.marks.add(mark)
            self.numbers.add(number.next_to(mark, DOWN, buff=0.1))
        for shown in (self.marks, self.numbers):
            bind_each(
                shown,
                "tick",
                lambda tick: self.value(tick.get_center()) / ticks.step,
                ticks.said,
            )
        super().__init__(decoration(self.line), self.marks, self.numbers)

    def point(self, value: float) -> NDArray[np.float64]:
        """Where ``value`` lies on the line, shape (3,)."""
        return np.asarray(self.start + (value - self.low) * self.unit * RIGHT, dtype=float)

    def value(self, point: NDArray[np.float64]) -> float:
        """The inverse of `point`."""
        return float((point - self.start)[0] / self.unit + self.low)

    def marker(self) -> Dot:
        """The parameter as it stands."""
        dot = Dot(radius=0.1, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        live(dot, lambda d: d.move_to(self.point(self.at())), self._position)
        bind(dot, "parameter", lambda: [self.value(dot.get_center())], self._position)
        return dot.set_z_index(3)

    def star(self) -> Star:
        """The parameter at the minimum."""
        star = _star(0.15)
        star.shift(self.point(self.goal) - star.get_center_of_mass())
        bind(
            star,
            "parameter at the minimum",
            lambda: [self.value(star.get_center_of_mass())],
            lambda: [self.goal],
        )
        return star.set_z_index(2)

    def gap(self) -> VMobject:
        """What is still missing: a thick piece of the line, from where it stands to the minimum."""

        def place(gap: VMobject) -> None:
            gap.set_points_as_corners([self.point(self.at()), self.point(self.goal)])

        gap = live(VMobject().set_stroke(PALETTE.ink, 8, 0.45), place, self._position)
        bind(
            gap,
            "gap to the minimum",
            lambda: [self.value(gap.points[-1]) - self.value(gap.points[0])],
            lambda: [self.goal - self.at()],
        )
        return gap

    def ghost(self) -> Line:
        """A tick that stays where the parameter stands now."""
        here = self.at()
        ghost = Line(self.point(here) + 0.16 * UP, self.point(here) + 0.16 * DOWN)
        bind(ghost, "parameter once", lambda: [self.value(ghost.get_center())], lambda: [here])
        return ghost.set_stroke(PALETTE.parameters, 3)

    def reading(self) -> Quantity:
        """The parameter's name and present number, at the left of the row above the line."""
        return Quantity(
            self.symbol,
            lambda: self.write(self.at()),
            self.baseline,
            SIZE.equation * min(1.0, self._room(self._goal_text()) / self._widest()),
            PALETTE.parameters,
        )

    def aim(self) -> VGroup:
        """A star and the number at the minimum, at the right of the row above the line.

        Before them stands that it is the best, where there is room for that.
        """
        goal, best = self._goal_text(), words("best", SIZE.small, PALETTE.muted)
        named = VGroup(best, *goal).arrange(RIGHT, buff=BETWEEN)
        aim = named if self._room(named) >= self._widest() else goal
        aim.shift((self.baseline[1] - goal[-1].get_bottom()[1]) * UP)
        return aim.set_x(self.right, RIGHT)

    def _goal_text(self) -> VGroup:
        """A star and the number at the minimum."""
        star, number = decoration(_star(0.13)), maths(self.write(self.goal), SIZE.label)
        return VGroup(star, number).arrange(RIGHT, buff=BETWEEN)

    def _room(self, aim: VGroup) -> float:
        """The width that an aim leaves for the reading."""
        return float(self.right - self.baseline[0] - aim.width - 2 * BETWEEN)

    def _widest(self) -> float:
        """The width of the reading, here or at the minimum."""
        texts = (
            formula("{s} = {x}", s=self.symbol, x=self.write(value))
            for value in (self.at(), self.goal)
        )
        return max(maths(text, SIZE.equation).width for text in texts)

    def _position(self) -> NDArray[np.float64]:
        return np.array([self.at()])


def _star(radius: float) -> Star:
    return Star(n=5, outer_radius=radius, color=PALETTE.ink, fill_opacity=1, stroke_width=0)
