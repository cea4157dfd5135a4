"""The way that a descent has come, by as many of its steps as a picture has room for."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenes.kit.clock import DescentClock

FIRST, MOST = 1000, 2000
"""Steps that are all drawn, and about how many more, evenly spread: a picture has 1920 columns."""


def drawn_steps(last: int) -> NDArray[np.intp]:
    """The steps from 0 to ``last`` at which a path has its corners, ascending, shape (k,)."""
    stride = max(1, math.ceil((last - FIRST) / MOST))
    return np.unique([*range(min(FIRST, last)), *range(FIRST, last, stride), last])


def way_so_far(clock: DescentClock) -> Callable[[], NDArray[np.float64]]:
    """How to ask for the way up to the clock's time, shape (k, 2): its corners, and its end."""
    steps = drawn_steps(clock.trajectory.steps)
    corners = clock.trajectory.parameters[steps]

    def so_far() -> NDArray[np.float64]:
        passed = np.searchsorted(steps, clock.step, side="right")
        return np.vstack([corners[:passed], clock.parameters])

    return so_far
