"""Run: one of several descents, in its own colour on every panel."""

import numpy as np
from manim import Dot, VMobject

from gdmath import Trajectory
from scenes.kit.clock import DescentClock
from scenes.kit.log_panel import LogPanel
from scenes.kit.map_panel import MapPanel
from scenes.kit.numbers import fixed
from scenes.kit.theme import STROKE

DECIMALS = 4


class Run:
    """A descent with a ``name``, a ``color`` and a clock: it can be drawn on maps and curves."""

    def __init__(self, trajectory: Trajectory, name: str, color: str) -> None:
        self.trajectory, self.name, self.color = trajectory, name, color
        self.clock = DescentClock(trajectory)

    def on_map(self, map_: MapPanel, width: float = STROKE.path) -> tuple[VMobject, Dot]:
        """The track so far on ``map_``, and the dot at its end."""
        track = map_.path(self.clock).set_stroke(self.color, width)
        return track, map_.dot(lambda: self.clock.parameters).set_fill(self.color)

    def on_curves(
        self, panel: LogPanel, begin: float = 0, stride: float = 1, excess_of: float = 0
    ) -> tuple[VMobject, Dot]:
        """The loss so far on ``panel``, less ``excess_of``, and the dot at its end.

        A step is ``stride`` wide, the first begins at ``begin``.
        """
        rows = panel.rows(self.trajectory.losses - excess_of, begin, stride)
        return panel.curve(self.clock, rows, self.color), panel.head(self.clock, rows, self.color)

    def ends_on(self, map_: MapPanel) -> bool:
        """Whether the map shows where the descent ends."""
        low, high = np.array(map_.bounds).T
        end = self.trajectory.parameters[-1]
        return bool(np.all((end >= low) & (end <= high)))

    def root(self, step: int | None = None) -> str:
        """The RMSE after ``step`` steps, or else at the clock's, as it is written."""
        loss = self.trajectory.losses[self.clock.step if step is None else step]
        return fixed(float(np.sqrt(loss)), DECIMALS)
