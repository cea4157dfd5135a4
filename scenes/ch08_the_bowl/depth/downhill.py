"""Downhill draws the arrow against the gradient on the map under a bowl, and its tangent above."""

import numpy as np
from manim import ValueTracker, VGroup, VMobject

from gdmath import Trajectory
from gdmath.clipping import stretch
from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.bowl_space import Array
from scenes.kit.updaters import At, parameters_of

FALL = 0.75
"""Share of the height above the minimum by which the first tangent comes down."""
OPEN = 0.3
"""Share of the first height above the minimum at which a slope is still open ground."""
LEAST = 0.9
"""Least length of an arrow in units of the picture, so that it is seen beside its dot."""


class Downhill:
    """Arrows from ``at`` along a descent, all at one scale, and `stop`, a place among them.

    As `grown` goes from 0 to 1 they come out of the dot, as `raised` does the tangent leaves the
    map for the surface. In a steep valley it comes down to the map before the arrow ends.
    """

    def __init__(self, bowl: Bowl, trajectory: Trajectory, at: At) -> None:
        self.bowl, self.at = bowl, parameters_of(at)
        self.grown, self.raised = ValueTracker(0.0), ValueTracker(0.0)
        lowest = float(bowl.loss.value(bowl.minimum))
        heights = trajectory.losses - lowest
        self.stop = int(np.argmax(heights <= OPEN * heights[0])) or trajectory.steps // 3
        first = float(np.linalg.norm(trajectory.gradients[0]))
        wanted = max(FALL * heights[0] / first**2, LEAST / (bowl.scale * first))
        seen = slice(0, self.stop + 1)
        self.scale = min(
            wanted, stretch(trajectory.parameters[seen], -trajectory.gradients[seen], bowl.bounds)
        )

    def slope(self) -> Array:
        """The gradient of the moment, (2,)."""
        return self.bowl.loss.gradient(self.at())

    def shift(self) -> Array:
        """The arrow of the moment, (2,)."""
        return np.asarray(-self.grown.get_value() * self.scale * self.slope())

    def arrow(self) -> VMobject:
        """The arrow, held to lie against the gradient."""
        return self.bowl.arrow(self.at, self.shift, against=self.slope)

    def tangent(self) -> VGroup:
        """The tangent over the arrow as far as it is above ground, and the curtain beneath it."""

        def above_ground() -> Array:
            shift = self.shift()
            height = float(self.bowl.loss.value(self.at())) - self.bowl.base
            fall = -float(self.slope() @ shift)
            return shift * min(1.0, height / fall) if fall else shift

        return self.bowl.tangent(self.at, above_ground, self.raised.get_value)
