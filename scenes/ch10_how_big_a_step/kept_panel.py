"""KeptPanel: how much of the flat and of the stiff part one step keeps, against its rate."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import sympy as sp
from manim import DOWN, RIGHT, UP, DashedLine, Dot, Line, VGroup, VMobject

from gdmath import Convergence, FloatArray
from scenes.ch10_how_big_a_step.story import kept
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, bind_each
from scenes.kit.text import Equation, Readout, seat, words
from scenes.kit.text.equations import RATE
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE, STROKE
from scenes.kit.updaters import live
from scenes.kit.wording import fill

BEYOND, ABOVE = 1.1, 1.35
"""How far the axes reach: in largest stable rates, and in shares of what there was."""
NAMES = "flat", "stiff"
NAMED = 0.5, 0.64
"""Where the curves have their names, in largest stable rates."""

At = Callable[[], float]


class KeptPanel(Plane):
    """|1 − ηλ| of both directions of the bowl, up to a ``rate`` that may change."""

    def __init__(self, region: Region, theory: Convergence, rate: At) -> None:
        self.theory, self.rate, self.bound = theory, rate, theory.largest_stable_rate
        super().__init__(
            region, Scale(0, BEYOND * self.bound, "eta"), Scale(0, ABOVE, '"kept by one step"')
        )

    def kept(self, rates: FloatArray) -> FloatArray:
        """(k,) → (k, 2): the shares of the flat and of the stiff part that a step keeps."""
        lost = np.multiply.outer(rates, self.theory.eigenvalues)
        return np.asarray(np.abs(1 - lost), dtype=float)

    def curve(self, direction: int) -> VMobject:
        """The share kept along one direction, from no rate to the present one."""

        def rows() -> FloatArray:
            end = min(self.rate(), self.x.high)
            turn = min(end, float(1 / self.theory.eigenvalues[direction]))
            rates = np.array([0, turn, end])
            return np.column_stack([rates, self.kept(rates)[:, direction]])

        def place(curve: VMobject) -> None:
            curve.set_points_as_corners(self.c2p(rows()))

        curve = VMobject().set_stroke(BY_DIRECTION[direction], STROKE.line)
        live(curve, place, rows)
        seen = slice(None, None, 4)
        bind(curve, "share kept", lambda: self.p2c(curve.points[seen]), lambda: rows()[:-1])
        return curve.set_z_index(1)

    def label(self, direction: int) -> Equation:
        """What a curve shows, below it."""
        curvature = sp.Symbol(f"lambda_{NAMES[direction]}")
        kept_share, color = sp.Abs(1 - RATE * curvature, evaluate=False), BY_DIRECTION[direction]
        name = Equation(kept_share, SIZE.label, color=color)
        allow("overlap", self.pointer, name, reason="the marker passes over it")
        if direction:
            return name.next_to(self.point(NAMED[1] * self.bound, 0), UP + RIGHT, buff=0.16)
        under = self.kept(np.array([0.75 * self.bound]))[0, 0]
        return name.next_to(self.point(NAMED[0] * self.bound, under), DOWN, buff=0.25)

    def all_of_it(self) -> DashedLine:
        """The height at which a step keeps all that there was."""
        line = DashedLine(self.point(0, 1), self.point(self.x.high, 1))
        line.set_stroke(PALETTE.muted, STROKE.contour)
        bind(line, "all of it", lambda: self.p2c(line.get_center())[0, 1:], lambda: np.ones(1))
        return line

    @cached_property
    def pointer(self) -> VGroup:
        """An upright line at the present rate, and a dot on each curve."""

        def places() -> FloatArray:
            return np.column_stack([np.full(2, self.rate()), self.kept(np.array([self.rate()]))[0]])

        def place(marker: VGroup) -> None:
            foot, top = self.c2p([(self.rate(), 0), (self.rate(), self.y.high)])
            marker[0].points = np.linspace(foot, top, 4)
            for dot, at in zip(marker[1:], self.c2p(places()), strict=True):
                dot.move_to(at)

        line = Line().set_stroke(PALETTE.ink, STROKE.contour)
        marker = VGroup(line, *(Dot(radius=0.1, color=color) for color in BY_DIRECTION))
        live(marker, place, places)
        bind(line, "rate", lambda: self.p2c(line.points[:1])[0, :1], lambda: [self.rate()])
        bind_each(
            marker[1:],
            "share kept at the rate",
            lambda dot: self.p2c(dot.get_center())[0],
            lambda index: places()[index],
        )
        return marker.set_z_index(2)

    def reading(self) -> VGroup:
        """The larger of the two shares at the present rate, in per cent."""
        at = self.point(0, ABOVE) + 0.25 * RIGHT + 0.55 * DOWN
        name = seat(words("the slower part keeps", SIZE.label), at)

        def larger() -> str:
            share = float(self.kept(np.array([self.rate()])).max())
            return fill("{kept} %", kept=kept(share))

        start = name.get_right() * RIGHT + 0.2 * RIGHT + at * UP
        reading = VGroup(name, Readout(larger, start, SIZE.label, PALETTE.ink, "share kept"))
        allow("overlap", self.pointer, reading, reason="the marker passes over it")
        return reading

    def six(self, rates: Sequence[float]) -> VGroup:
        """A dot on the axis at each of ``rates``."""
        marks = VGroup(
            *(Dot(self.point(rate, 0), 0.08, color=PALETTE.parameters) for rate in rates)
        )
        bind_each(marks, "rate", lambda dot: self.p2c(dot.get_center())[0], lambda k: (rates[k], 0))
        allow("contrast", *marks, reason="the marker may stand on one")
        return marks.set_z_index(3)
