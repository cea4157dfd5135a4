"""A Run is one of several descents, on its own clock and in its own colour on every panel."""

import numpy as np
from manim import Animation, ApplyMethod, Dot, VMobject, linear

from gdmath import Trajectory
from scenes.kit.clock import DescentClock
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.panels.log_panel import LogPanel
from scenes.kit.theme import STROKE
from scenes.kit.updaters import at_every_frame


class Run:
    """A descent with a clock, a color and a line width of its own."""

    def __init__(self, trajectory: Trajectory, color: str, width: float = STROKE.path) -> None:
        self.trajectory, self.color, self.width = trajectory, color, width
        self.clock = DescentClock(trajectory)

    def to(self, step: float) -> Animation:
        """Let the clock run evenly to ``step``."""
        return ApplyMethod(self.clock.set_value, step, rate_func=linear)

    def on_map(self, map_: MapPanel) -> tuple[VMobject, Dot]:
        """The track so far on ``map_``, and the dot at its end, which goes out off the map."""
        track = map_.path(self.clock).set_stroke(self.color, self.width)
        dot = map_.dot(lambda: self.clock.parameters).set_fill(self.color)
        low, high = np.array(map_.bounds).T

        def show(dot: Dot) -> None:
            here = self.clock.parameters
            dot.set_opacity(float(((low <= here) & (here <= high)).all()))

        return track, at_every_frame(dot, show)

    def on_curves(
        self, panel: LogPanel, begin: float = 0, stride: float = 1, excess_of: float = 0
    ) -> tuple[VMobject, Dot]:
        """The loss so far on ``panel``, less ``excess_of``, and the dot at its end.

        A step is ``stride`` wide, the first begins at ``begin``.
        """
        rows = panel.rows(self.trajectory.losses - excess_of, begin, stride)
        curve = panel.curve(self.clock, rows, self.color, self.width)
        return curve, panel.head(self.clock, rows, self.color)
