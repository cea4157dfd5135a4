"""SlicePanel: the loss along one parameter, the other held still, with secants and the tangent."""

from collections.abc import Callable

import numpy as np
from manim import DOWN, UP, Dot, Line, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import NumericLoss, to_typst
from scenes.kit.frame import Region
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.equations import LOSS
from scenes.kit.text.typeset import maths
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording.numbers import padded

SAMPLES = 121
FOOT = 0.1
"""Units that a name keeps from the axis beneath."""


class SlicePanel(Plane):
    """L against parameter ``index`` from ``low`` to ``high``, the other as in ``through`` (2,)."""

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        index: int,
        through: ArrayLike,
        low: float,
        high: float,
    ) -> None:
        values = np.linspace(low, high, SAMPLES)
        through = np.asarray(through, dtype=float)
        held = np.tile(through, (SAMPLES, 1))
        held[:, index] = values
        heights = loss.value(held)
        name = to_typst(loss.lesson.parameters[index])
        bottom, top = padded(heights, 0.12)
        super().__init__(
            region,
            Scale(low, high, name, PALETTE.parameters),
            Scale(bottom, top, LOSS.name, PALETTE.loss),
        )
        self.loss, self.index, self.through = loss, index, through
        self.rows = np.column_stack([values, heights])

    def loss_at(self, value: float) -> float:
        """The loss where the parameter is ``value``."""
        there = self.through.copy()
        there[self.index] = value
        return float(self.loss.value(there))

    def curve(self) -> VMobject:
        """The slice itself."""
        curve = VMobject().set_points_as_corners(self.c2p(self.rows))
        curve.set_stroke(PALETTE.loss, STROKE.path)
        bind(curve, "loss along a parameter", lambda: self.p2c(corners(curve)), lambda: self.rows)
        return curve

    def dot(self, at: Callable[[], float]) -> Dot:
        """The point of the slice where the parameter is ``at()``."""
        dot = Dot(radius=0.08, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        dot.add_updater(
            lambda d: d.move_to(self.point(at(), self.loss_at(at()))), call_updater=True
        )
        bind(
            dot,
            "loss at a parameter",
            lambda: self.p2c(dot.get_center())[0],
            lambda: np.array([at(), self.loss_at(at())]),
        )
        return dot.set_z_index(3)

    def secant(self, nudge: Callable[[], float], at: float, both: bool = False) -> Line:
        """The line through the slice at ``at``, or as far before it, and at ``at + nudge()``."""

        def ends() -> tuple[float, float]:
            return at - nudge() * both, at + nudge()

        def slope() -> float:
            first, last = ends()
            return (self.loss_at(last) - self.loss_at(first)) / (last - first)

        line = self._line(ends()[0], slope, PALETTE.ink)
        line.add_updater(lambda m: m.become(self._line(ends()[0], slope, PALETTE.ink)))
        bind(line, "slope of the secant", lambda: self.slope_of(line), slope)
        return line.set_z_index(1)

    def tangent(self, at: float) -> Line:
        """The straight line with the slope that the gradient says, as wide as the panel."""
        there = self.through.copy()
        there[self.index] = at

        def slope() -> float:
            return float(self.loss.gradient(there)[self.index])

        line = self._line(at, slope, PALETTE.gradient)
        bind(line, "slope of the tangent", lambda: self.slope_of(line), slope)
        return line

    def legs(self, at: float, nudge: Callable[[], float]) -> VGroup:
        """The run and the rise of the secant, dashed."""

        def ends() -> NDArray[np.float64]:
            there = at + nudge()
            return self.c2p(
                [(at, self.loss_at(at)), (there, self.loss_at(at)), (there, self.loss_at(there))]
            )

        def place(legs: VGroup) -> None:
            here, corner, there = ends()
            legs[0].put_start_and_end_on(here, corner)
            legs[1].put_start_and_end_on(corner, there)

        legs = VGroup(Line(), Line()).set_stroke(PALETTE.muted, STROKE.residual)
        place(legs)
        legs.add_updater(lambda m: place(m))
        bind(
            legs,
            "run and rise",
            lambda: [
                np.diff(self.p2c(leg.points[[0, -1]]), axis=0)[0][k] for k, leg in enumerate(legs)
            ],
            lambda: [nudge(), self.loss_at(at + nudge()) - self.loss_at(at)],
        )
        return legs

    def leg_names(self, at: float, nudge: Callable[[], float]) -> VGroup:
        """The names of the run and of the rise, each beside its leg."""
        run, rise = maths("h"), maths(f"Delta {LOSS.name}", color=PALETTE.loss)
        there = at + nudge()
        here, corner, top = self.c2p(
            [(at, self.loss_at(at)), (there, self.loss_at(at)), (there, self.loss_at(there))]
        )
        falls = UP if top[1] < corner[1] else DOWN
        run.next_to((here + corner) / 2, falls, buff=0.15)
        rise.next_to((corner + top) / 2, np.sign(corner - here), buff=0.2)
        floor = self.inside(self.region).bottom + FOOT
        rise.shift(max(0.0, floor - rise.get_bottom()[1]) * UP)
        names = VGroup(run, rise)
        return names.set_stroke(PALETTE.background, STROKE.arrow, background=True)

    def gap(self, at: float, there: float) -> Line:
        """How far the tangent at ``at`` misses the slice ``there``."""
        ends = self.c2p([(there, self.loss_at(there)), (there, self._tangent_at(at, there))])
        line = Line(*ends).set_stroke(PALETTE.gradient, STROKE.arrow)

        def drawn() -> float:
            return float(np.diff(self.p2c(line.points[[0, -1]])[:, 1])[0])

        bind(line, "miss", drawn, lambda: self._tangent_at(at, there) - self.loss_at(there))
        return line

    def _tangent_at(self, at: float, there: float) -> float:
        place = self.through.copy()
        place[self.index] = at
        return self.loss_at(at) + float(self.loss.gradient(place)[self.index]) * (there - at)

    def slope_of(self, line: Line) -> float:
        """The slope that a drawn line has in the panel's coordinates."""
        run, rise = np.diff(self.p2c(line.points[[0, -1]]), axis=0)[0]
        return float(rise / run)

    def _line(self, at: float, slope: Callable[[], float], color: str) -> Line:
        """The piece inside the panel of the line with ``slope()`` through the slice at ``at``."""
        height, steep = self.loss_at(at), slope()
        reach = [self.x.low, self.x.high]
        if steep:
            reach = [(edge - height) / steep + at for edge in (self.y.low, self.y.high)]
        left, right = max(self.x.low, min(reach)), min(self.x.high, max(reach))
        ends = self.c2p([(x, height + steep * (x - at)) for x in (left, right)])
        return Line(*ends).set_stroke(color, STROKE.residual)
