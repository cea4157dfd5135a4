"""A single point has a gradient of its own, and is lit while a step goes by it."""

from collections.abc import Sequence

import numpy as np
import sympy as sp
from manim import LEFT, Dot, VGroup, VMobject

from gdmath import Lesson, NumericLoss
from gdmath.batches import StochasticTrajectory
from gdmath.lesson import PREDICTION, X, Y
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps.live_arrow import LiveArrow
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind
from scenes.kit.text.equations import LOSS, Colouring, Equation, by_meaning
from scenes.kit.text.formulas import SMALLEST
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import Parameters

INDEX = sp.Symbol("i", integer=True)
POINT_LOSS = sp.Symbol(f"{LOSS}_{INDEX}")
WAITING = 0.5
"""The opacity of a point whose turn is still to come."""


def point_slopes(lesson: Lesson) -> list[sp.Eq]:
    """∂L_i/∂a and ∂L_i/∂b for the loss of one point: 2 x_i (a x_i + b − y_i) and its like."""
    pointwise = lesson.pointwise.subs(PREDICTION, lesson.prediction)
    data = {X: sp.IndexedBase("x")[INDEX], Y: sp.IndexedBase("y")[INDEX]}
    return [
        sp.Eq(
            sp.Derivative(POINT_LOSS, parameter, evaluate=False),
            sp.factor_terms(sp.diff(pointwise, parameter).subs(data)),
            evaluate=False,
        )
        for parameter in lesson.parameters
    ]


def point_slopes_by_name(lesson: Lesson) -> list[sp.Eq]:
    """The same by the chain rule, with the prediction by its name: 2 (ŷ_i − y_i) ∂ŷ_i/∂a."""
    data = {symbol: sp.IndexedBase(symbol.name)[INDEX] for symbol in (X, Y, PREDICTION)}
    by_prediction = sp.factor_terms(lesson.pointwise.diff(PREDICTION).subs(data))
    slopes = []
    for parameter in lesson.parameters:
        inner = sp.Derivative(data[PREDICTION], parameter, evaluate=False)
        direct = lesson.pointwise.diff(parameter).subs(data)
        slope = sp.Derivative(POINT_LOSS, parameter, evaluate=False)
        slopes.append(sp.Eq(slope, by_prediction * inner + direct, evaluate=False))
    return slopes


def slopes_within(rows: Sequence[Region], lesson: Lesson) -> VGroup:
    """Both slopes at the left of ``rows``, by the name of the prediction if too wide to be read."""
    room = rows[0].width * SIZE.equation / (SIZE.label * SMALLEST)
    for formulas in (point_slopes(lesson), point_slopes_by_name(lesson)):
        slopes = VGroup(*(Equation(f, SIZE.equation, colours(lesson)) for f in formulas))
        if max(slope.width for slope in slopes) <= room:
            break
    for slope, row in zip(slopes, rows, strict=True):
        row.place(slope)
    slopes.set_x(max(rows[0].left, slopes.get_left()[0]), LEFT)
    for slope in slopes:
        slope.align_to(slopes, LEFT)
    return slopes


def colours(lesson: Lesson) -> Colouring:
    """Colours by meaning; the slope of one point's loss is a gradient too."""
    usual = by_meaning(lesson.parameters)

    def paint(node: sp.Basic) -> str | None:
        is_slope = isinstance(node, sp.Derivative) and node.expr == POINT_LOSS
        return PALETTE.gradient if is_slope else usual(node)

    return paint


def fan(map_: MapPanel, at: Parameters, learning_rate: float) -> VGroup:
    """From ``at`` the step by every single point's gradient: n arrows."""
    loss = map_.loss
    steps = [-learning_rate * loss.on([i]).gradient(at) for i in range(loss.lesson.x.size)]
    return VGroup(
        *(LiveArrow(map_, at, step, "step by one point", width=2, tip=0.12) for step in steps)
    )


def step_arrow(plane: Plane, clock: DescentClock) -> LiveArrow:
    """The step the clock's descent is just taking, from where it stood to where it will stand."""
    positions = clock.trajectory.parameters
    steps = np.diff(positions, axis=0)

    def index() -> int:
        return min(clock.step, len(steps) - 1)

    return LiveArrow(plane, lambda: positions[index()], lambda: steps[index()], "step")


class PointAsked(VGroup):
    """The point that the present step goes by, lit, with its residual to the moving line.

    `take_turns` dims the points of the pass that have not been asked yet.
    """

    def __init__(self, panel: DataPanel, loss: NumericLoss, clock: DescentClock) -> None:
        assert isinstance(clock.trajectory, StochasticTrajectory)
        self.panel, self.loss, self.clock = panel, loss, clock
        self.order = [int(batch[0]) for batch in clock.trajectory.batches]
        self.bar = VMobject().set_stroke(PALETTE.loss, STROKE.line)
        self.dot = Dot(radius=0.11, color=PALETTE.data, stroke_width=2, stroke_color=PALETTE.loss)
        super().__init__(self.bar, self.dot)
        self._place()
        self.add_updater(lambda _: self._place())
        bind(
            self.bar,
            "residual of the point asked",
            lambda: np.diff(panel.p2c(self.bar.points[[0, -1]])[:, 1]),
            lambda: np.array([self._residual()]),
        )
        lesson = loss.lesson
        bind(
            self.dot,
            "point asked",
            lambda: panel.p2c(self.dot.get_center())[0],
            lambda: np.array([lesson.x[self.asked], lesson.y[self.asked]]),
        )
        self.set_z_index(3)

    @property
    def asked(self) -> int:
        """The index of the point that the present step goes by."""
        return self.order[min(self.clock.step, len(self.order) - 1)]

    def take_turns(self, dots: VGroup) -> None:
        """Let each of ``dots`` stay dim until the first pass has asked it."""

        def light() -> None:
            done = set(self.order[: self.clock.step + 1])
            for index, dot in enumerate(dots):
                dot.set_fill(opacity=1 if index in done else WAITING)

        self.add_updater(lambda _: light())

    def _residual(self) -> float:
        return float(self.loss.residuals(self.clock.parameters)[self.asked])

    def _place(self) -> None:
        lesson = self.loss.lesson
        x, y = float(lesson.x[self.asked]), float(lesson.y[self.asked])
        below, above = self.panel.c2p([(x, y), (x, y + self._residual())])
        self.bar.set_points_as_corners([below, above])
        self.dot.move_to(below)
