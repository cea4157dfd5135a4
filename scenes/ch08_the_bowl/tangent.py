"""A Tangent is the triangle of the slope at a place of the bowl: so far along, so far down."""

from collections.abc import Callable

import numpy as np
from manim import RIGHT, UP, Arrow, VGroup

from gdmath import Trajectory
from gdmath.clipping import stretch
from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.kit.text import maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import Number, significant, whole

SHORTEST, FARTHEST, DEEPEST = 0.18, 1.2, 0.8
"""Least and greatest length of its run in units of the picture; share of the height it may fall."""
ARROW = 1.6
"""Length in units of the arrow that lies on the map."""
GAP = 0.1


class Tangent:
    """The slope where a ``trajectory`` starts: an arrow on the map, and the triangle above it.

    Its fall is written as ``write`` does. The `run` is one unit of the map, or the power of ten
    nearest to it that is seen and ends above ground.
    """

    def __init__(
        self, bowl: Bowl, trajectory: Trajectory, write: Callable[[float], Number]
    ) -> None:
        self.write = write
        self.bowl, self.at = bowl, trajectory.parameters[0]
        self.gradient = trajectory.gradients[0]
        self.slope = float(np.hypot(*self.gradient))
        self.loss = float(trajectory.losses[0])
        unit = float(bowl.unit()[0])
        most = min(FARTHEST / unit, DEEPEST * (self.loss - bowl.base) / self.slope)
        least = min(SHORTEST / unit, most)
        powers = np.clip(0.0, np.ceil(np.log10(least)), np.floor(np.log10(most)))
        self.run = float(10.0**powers)

    def arrow(self) -> Arrow:
        """The way downhill, which lies on the floor."""
        places, downhill = self.at[np.newaxis], -self.gradient[np.newaxis]
        wanted = ARROW / float(self.bowl.unit()[0]) / self.slope
        scale = min(wanted, stretch(places, downhill, self.bowl.bounds))
        return self.bowl.arrow(self.at, -scale * self.gradient, against=self.gradient)

    def triangle(self) -> VGroup:
        """Along, down, and the tangent that joins both ends, in this order."""
        there = self.at - self.run / self.slope * self.gradient
        high, low = self.loss, self.loss - self.run * self.slope
        sides = [
            ((self.at, there), (high, high), PALETTE.parameters),
            ((there, there), (high, low), PALETTE.loss),
            ((self.at, there), (high, low), PALETTE.gradient),
        ]
        lines = VGroup()
        for places, losses, color in sides:
            line = self.bowl.line(np.array(places), np.array(losses), "tangent")
            lines.add(line.set_stroke(color, STROKE.residual))
        return lines

    def labels(self, triangle: VGroup) -> VGroup:
        """What is written at the first two sides: the run, and how far that falls."""
        along, down, _ = triangle
        run = whole(1) if self.run == 1 else significant(self.run, 1)
        right = (np.sign(down.get_center()[0] - along.get_start()[0]) or 1.0) * RIGHT
        over = maths(run, SIZE.label, PALETTE.parameters)
        beside = maths(self.write(self.run * self.slope), SIZE.label, PALETTE.loss)
        over.next_to(along, UP, buff=2 * GAP)
        labels = VGroup(over, beside.next_to(down, right, buff=GAP))
        return labels.set_stroke(PALETTE.background, STROKE.arrow, background=True)
