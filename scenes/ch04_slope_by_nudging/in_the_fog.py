"""The map in the fog: only the ground under one's feet, and the line along which to go."""

import numpy as np
from manim import RIGHT, Circle, Line, VMobject

from gdmath import Convergence, NumericLoss
from scenes.ch04_slope_by_nudging.slice_panel import SAMPLES
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from scenes.kit.frame import Region
from scenes.kit.maps import MapPanel
from scenes.kit.maps.heights import height_color
from scenes.kit.proof.trace import bind, corners, decoration
from scenes.kit.theme import PALETTE, STROKE

DISC, NEEDLE = 0.62, 0.5
"""Radius in units of the ground that can be felt, and the length of what feels it."""


class FoggedMap(MapPanel):
    """A map of which only the `ground` under the `walker` is seen, and the `way` along one axis.

    The `needle` feels for the way down.
    """

    def __init__(
        self, region: Region, loss: NumericLoss, theory: Convergence, story: Story
    ) -> None:
        ends = np.tile(story.start, (2, 1))
        ends[:, INDEX] = story.reach
        super().__init__(region, loss, theory, ends, margin=0.15)
        self.walker = self.dot(story.start, 0.1)
        place = self.point(*story.start)
        self.ground = decoration(Circle(DISC, stroke_width=0).move_to(place))
        self.ground.set_fill(height_color(1.0), 1)
        self.needle = decoration(Line(place, place + NEEDLE * RIGHT))
        self.needle.set_stroke(PALETTE.ink, STROKE.arrow)
        rows = np.tile(story.start, (SAMPLES, 1))
        rows[:, INDEX] = np.linspace(self.x.low, self.x.high, SAMPLES)
        self.way = VMobject().set_points_as_corners(self.c2p(rows))
        self.way.set_stroke(PALETTE.parameters, STROKE.path)
        bind(self.way, "one parameter alone", lambda: self.p2c(corners(self.way)), lambda: rows)
