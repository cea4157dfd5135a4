"""A DescentMap is a map with a walker, his trail, and what points or leads past him."""

import numpy as np
from manim import Arrow, Line, MathTypst, VGroup

from gdmath import Convergence, NumericLoss, to_typst
from scenes.ch07_every_step.footprints import Footprints, goal
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps import Bearing, LiveArrow, MapPanel
from scenes.kit.updaters import Parameters
from scenes.kit.wording import Number

ARROW = 0.55
"""Length of the arrow that points past the minimum, as a share of the distance to it."""
WALKER = 0.1
"""Radius of the dot that walks."""


class DescentMap(MapPanel):
    """The map of a clock's descent `since` a step: `star`, `walker`, and his `trail`."""

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        theory: Convergence,
        clock: DescentClock,
        stride: int,
        since: int = 0,
    ) -> None:
        walked = clock.trajectory
        # The rings reach as far as the first: the highest, though a detour may come to it.
        order = np.argsort(-walked.losses[since:], kind="stable") if since else slice(None)
        seen, margin = walked.parameters[since:][order], 0.35 if since else 0.18
        super().__init__(region, loss, theory, seen, margin)
        self.clock, self.stride = clock, stride
        self.star, self.walker = self.minimum(), self.dot(lambda: clock.parameters, WALKER)
        self.trail = VGroup(self.path(clock), Footprints(self, clock, stride))

    def of_the_rest(self, since: int) -> "DescentMap":
        """The part of it in which the rest of the descent takes place."""
        return DescentMap(self.region, self.loss, self.convergence, self.clock, self.stride, since)

    def distances(self) -> Parameters:
        """(steps + 1,): how far from the star the walker is in the picture."""
        places = self.c2p(self.clock.trajectory.parameters) - self.point(*self.convergence.minimum)
        return np.asarray(np.linalg.norm(places, axis=1))

    def goal(self, index: int, value: Number) -> tuple[Line, MathTypst]:
        """The line along which one parameter has the ``value`` that is best, and its name."""
        return goal(self, to_typst(self.loss.lesson.parameters[index]), index, value)

    def downhill(self, stretch: float) -> LiveArrow:
        """The slope beneath the walker, turned round and so many times as long."""
        slopes = self.clock.trajectory.gradients
        quantity = "slope, turned round and scaled"
        return LiveArrow(
            self,
            lambda: self.clock.parameters,
            lambda: -stretch * slopes[self.clock.step],
            quantity,
        )

    def astray(self, step: int) -> tuple[Arrow, Bearing]:
        """Which way is downhill at ``step``, and how far that is from the way to the minimum."""
        walked, target = self.clock.trajectory, self.convergence.minimum
        here, slope = walked.parameters[step], walked.gradients[step]
        reach = ARROW * np.linalg.norm(target - here) / np.linalg.norm(slope)
        arrow = self.arrow(here, -reach * slope, against=slope)
        return arrow, Bearing(self, here, target, arrow, float(walked.angle_to(target)[step]))
