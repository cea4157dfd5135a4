"""A DescentClock holds the one step of a descent that every panel shows."""

import numpy as np
from manim import ValueTracker
from numpy.typing import NDArray

from gdmath import Trajectory


class DescentClock(ValueTracker):
    """The step that every panel shows; ``clock.animate.set_value(k)`` lets it run.

    Between two recorded steps a picture stands on the straight segment the step itself walks;
    numbers show the last step completed.
    """

    def __init__(self, trajectory: Trajectory, step: float = 0) -> None:
        super().__init__(step)
        self.trajectory = trajectory

    @property
    def time(self) -> float:
        """The step, with the fraction of it already walked, never beyond the recorded ones."""
        return float(np.clip(self.get_value(), 0, self.trajectory.steps))

    @property
    def step(self) -> int:
        """The last step completed; one that is done but for round-off counts as done."""
        return int(np.floor(self.time + 1e-9))

    @property
    def parameters(self) -> NDArray[np.float64]:
        """Where the descent is, shape (2,)."""
        return np.asarray(self.trajectory.position(self.time), dtype=float)
