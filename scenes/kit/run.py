"""A Run is one of several descents, in its own colour on every panel."""

import numpy as np
from manim import Dot, VMobject
from numpy.typing import NDArray

from gdmath import Convergence, Trajectory
from scenes.kit.clock import DescentClock
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.panels.log_panel import LogPanel
from scenes.kit.theme import STROKE
from scenes.kit.wording import Number, dwindling

ROUNDING = 1e-9
"""Relative difference of losses far above the rounding of sums, and far below what is ever told."""


class Run:
    """A descent with a name, a color and a line width of its own, and a clock.

    Its loss is told by its root if that is an RMSE, ``rooted``.
    """

    def __init__(
        self,
        trajectory: Trajectory,
        name: str,
        color: str,
        width: float = STROKE.path,
        rooted: bool = True,
    ) -> None:
        self.rooted = rooted
        self.trajectory, self.name, self.color, self.width = trajectory, name, color, width
        self.clock = DescentClock(trajectory)

    def on_map(self, map_: MapPanel) -> tuple[VMobject, Dot]:
        """The track so far on ``map_``, and the dot at its end."""
        track = map_.path(self.clock).set_stroke(self.color, self.width)
        return track, map_.dot(lambda: self.clock.parameters).set_fill(self.color)

    def on_curves(
        self, panel: LogPanel, begin: float = 0, stride: float = 1, excess_of: float = 0
    ) -> tuple[VMobject, Dot]:
        """The loss so far on ``panel``, less ``excess_of``, and the dot at its end.

        A step is ``stride`` wide, the first begins at ``begin``.
        """
        rows = panel.rows(self.trajectory.losses - excess_of, begin, stride)
        curve = panel.curve(self.clock, rows, self.color, self.width)
        return curve, panel.head(self.clock, rows, self.color)

    def enters(self, map_: MapPanel) -> int | None:
        """The step from which it stays on the map; None if it ends outside."""
        outside = off(self.trajectory, map_)
        first = int(outside[-1]) + 1 if outside.size else 0
        return first if first <= self.trajectory.steps else None

    def told(self, step: int | None = None) -> Number:
        """The RMSE, or the loss, after ``step`` steps or else at the clock's, as it is written."""
        losses = self.trajectory.losses
        roots = np.sqrt(losses) if self.rooted else losses
        return dwindling(roots)(float(roots[self.clock.step if step is None else step]))


def stays_on(trajectory: Trajectory, map_: MapPanel) -> int:
    """The last step up to which a descent is on the map; -1 if it begins outside."""
    return int(off(trajectory, map_).min(initial=trajectory.steps + 1)) - 1


def off(trajectory: Trajectory, map_: MapPanel) -> NDArray[np.intp]:
    """The steps, ascending, after which a descent is not on the map, or has no loss."""
    low, high = np.array(map_.bounds).T
    places = trajectory.parameters
    outside = np.any((places < low) | (places > high), axis=1)
    return np.flatnonzero(outside | ~np.isfinite(trajectory.losses))


def overtakes(run: Trajectory, other: Trajectory, soonest: int) -> int:
    """The first step, ``soonest`` or later, from which the loss of ``run`` stays the lower.

    It is the last if none is. Both have equally many steps. Where both have arrived, only rounding
    says which is the lower.
    """
    arrived = np.isclose(run.losses, other.losses, rtol=ROUNDING, atol=0)
    (behind,) = np.nonzero((run.losses >= other.losses) & ~arrived)
    return max(soonest, min(int(behind.max(initial=-1)) + 1, run.steps))


def swing(trajectory: Trajectory, theory: Convergence) -> tuple[int, int]:
    """The steps at which a descent first crosses the valley floor, and first turns beyond it.

    One that never does is looked at after a tenth and a fifth of its steps.
    """
    stiff = theory.coordinates(trajectory.parameters)[:, 1]
    (beyond,) = np.nonzero(np.sign(stiff) != np.sign(stiff[0]))
    if not beyond.size:
        return trajectory.steps // 10, trajectory.steps // 5
    crossing = int(beyond[0])
    (turns,) = np.nonzero(np.diff(np.abs(stiff[crossing:])) < 0)
    return crossing, crossing + int(turns[0]) if turns.size else trajectory.steps
