"""A DescentClock holds the one step of a descent that every panel shows."""

import math
from collections.abc import Callable

import numpy as np
from manim import ValueTracker
from numpy.typing import NDArray

from gdmath import Trajectory

EASED = 0.2
"""Share of an animation's time in which an even pace is taken up, and laid down again."""

FIRST, MOST = 1000, 2000
"""Number of first steps that are all drawn, and about how many more: a picture has 1920 columns."""


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


def evenly(t: float) -> float:
    """An even pace, taken up and laid down softly in the first and the last EASED of the time."""
    if t > 0.5:
        return 1 - evenly(1 - t)
    if t > EASED:
        return (t - EASED / 2) / (1 - EASED)
    # The integral of a pace that grows as ½(1 − cos) up to its full height.
    return float((t - EASED * np.sin(np.pi * t / EASED) / np.pi) / 2 / (1 - EASED))


def drawn_steps(last: int) -> NDArray[np.intp]:
    """The steps from 0 to ``last`` at which a path has its corners, ascending, shape (k,)."""
    stride = max(1, math.ceil((last - FIRST) / MOST))
    return np.unique([*range(min(FIRST, last)), *range(FIRST, last, stride), last])


def path_so_far(clock: DescentClock) -> Callable[[], NDArray[np.float64]]:
    """How to ask for the path up to the clock's time, shape (k, 2): its corners, and its end."""
    steps = drawn_steps(clock.trajectory.steps)
    corners = clock.trajectory.parameters[steps]

    def so_far() -> NDArray[np.float64]:
        passed = np.searchsorted(steps, clock.step, side="right")
        return np.vstack([corners[:passed], clock.parameters])

    return so_far
