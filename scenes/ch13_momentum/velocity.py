"""The velocity of a descent is drawn as an arrow at its moving dot."""

import numpy as np

from scenes.kit.clock import DescentClock
from scenes.kit.maps import LiveArrow
from scenes.kit.maps.live_arrow import between
from scenes.kit.plane import Plane
from scenes.kit.updaters import Parameters

REACH = 4
"""How many steps long the arrow is: a single one would be too short to see."""


def velocity_arrow(plane: Plane, clock: DescentClock) -> LiveArrow:
    """The last step of the clock's descent at the moving dot, `REACH` times as long.

    It is less long if it would ever leave the plane. It begins at rest, and between two steps it
    turns evenly from one to the next.
    """
    positions = clock.trajectory.parameters
    steps = np.diff(positions, axis=0, prepend=positions[:1])
    low, high = np.array([(scale.low, scale.high) for scale in (plane.x, plane.y)]).T
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(steps > 0, high - positions, low - positions) / steps
    longest = float(room[steps != 0].min(initial=REACH))

    def velocity() -> Parameters:
        return longest * between(steps, clock.time)

    return LiveArrow(plane, lambda: clock.parameters, velocity, "velocity")
