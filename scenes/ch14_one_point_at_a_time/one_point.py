"""A single point has a gradient of its own, and is lit while a step goes by it."""

import numpy as np
from manim import Dot, VGroup, VMobject

from gdmath import NumericLoss
from gdmath.batches import StochasticTrajectory
from scenes.kit.clock import DescentClock
from scenes.kit.maps.live_arrow import LiveArrow
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.panels.data_panel import DataPanel
from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, parameters_of

ENLARGED = 3
"""How many steps long an arrow is at the most."""
WAITING = 0.55
"""The opacity of a point whose turn is still to come."""


def fan(map_: MapPanel, at: At, learning_rate: float, tip: float = 0.15) -> VGroup:
    """From ``at`` the step that every single point asks for at a rate: n arrows, live."""
    where, loss = parameters_of(at), map_.loss

    def pull(index: int) -> LiveArrow:
        alone = loss.on([index])
        return LiveArrow(
            map_,
            at,
            lambda: -learning_rate * alone.gradient(where()),
            "step by one point",
            width=STROKE.residual,
            tip=tip,
        )

    return VGroup(*map(pull, range(loss.lesson.x.size)))


def pulls(map_: MapPanel, clock: DescentClock, rate: float, until: int) -> VGroup:
    """What every point asks for where the clock's descent is: some steps, or a part of one.

    They are as long as they can be and stay on the map at all places up to step ``until``.
    """
    loss, places = map_.loss, clock.trajectory.parameters[clock.step : until + 1]
    points = range(loss.lesson.x.size)
    steps = -rate * np.stack([loss.on([index]).gradient(places) for index in points])
    low, high = np.array(map_.bounds).T
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(steps > 0, high - places, low - places) / steps
    times = float(room[steps != 0].min(initial=ENLARGED))
    return fan(map_, lambda: clock.parameters, times * rate)


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
