"""A Viewpoint says from where a map with heights over it is looked at, in parallel projection.

From straight above, the picture is the flat map itself; tilting it shows the heights that were
there all along. From anywhere it fills its room.
"""

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, ValueTracker
from numpy.typing import ArrayLike, NDArray

from scenes.kit.clock import EASED, evenly
from scenes.kit.frame import Region

Points = NDArray[np.float64]
State = tuple[float, float]

ABOVE, RAISED = np.pi / 2, np.radians(28)
"""Elevations, in radians: the map, and the one from which heights and places are both seen."""
SKEW, DRIFT = np.radians(-16), np.radians(14)
"""Azimuths: a little askew to the axes of the map, and how far the picture drifts round."""
DIM, CLEAR = 0.3, 0.3
"""How bright a map remains that is beneath a surface; the opacity of one that is seen through."""
NAME_ROOM = 0.4
"""Units left free about the raised bowl, for the name of a parameter."""
TURNING_SPEED = np.radians(36)
"""Radians per second at which the picture turns."""


class Viewpoint:
    """A direction to look from at what has an outline in space, so that it fills the ``room``.

    Raised, there are no numbers about the map, and it fills what is ``around`` the room.

    Space is measured as the picture from above is, from the middle of the room; z goes up. The
    azimuth turns the picture about the vertical, the elevation is π/2 straight above.
    """

    def __init__(self, room: Region, around: Region) -> None:
        self.room, self.around, self.outline = room, around, np.zeros((0, 3))
        self.window = np.array([[x, y, 0] for x in (-0.5, 0.5) for y in (-0.5, 0.5)])
        self.window *= [room.width, room.height, 1]
        self.azimuth, self.elevation = ValueTracker(0.0), ValueTracker(ABOVE)
        self._framed: tuple[State, Points, Points] | None = None

    def hold(self, outline: Points) -> None:
        """Have what has this ``outline`` (k, 3) in space fill the room, once it is tilted."""
        self.outline, self._framed = outline, None

    @property
    def flatness(self) -> float:
        """1 from straight above, 0 when raised or lower."""
        low = np.sin(RAISED)
        return float(np.clip((np.sin(self.state[1]) - low) / (1 - low), 0, 1))

    @property
    def state(self) -> State:
        """All that the picture depends on: the azimuth and the elevation."""
        return float(self.azimuth.get_value()), float(self.elevation.get_value())

    def look(self, azimuth: float, elevation: float) -> None:
        """Look from there."""
        self.azimuth.set_value(azimuth)
        self.elevation.set_value(elevation)

    def turn(self, azimuth: float, elevation: float, run_time: float | None = None) -> Animation:
        """Come to look from there, at TURNING_SPEED or within ``run_time``."""
        angle = float(np.hypot(*np.subtract((azimuth, elevation), self.state)))
        start = np.array(self.state)

        def turned(_: Mobject, t: float) -> None:
            self.look(*(start + t * ((azimuth, elevation) - start)).tolist())

        return UpdateFromAlphaFunc(
            self.azimuth,
            turned,
            run_time=run_time or max(1.0, angle / TURNING_SPEED / (1 - EASED)),
            rate_func=evenly,
        )

    def see(self, space: ArrayLike) -> Points:
        """Points in space (..., 3) → where they are in the picture, (..., 3)."""
        axes, origin = self._frame()
        return np.asarray(np.asarray(space) @ axes.T + origin, dtype=float)

    def lay(self, points: Points) -> Points:
        """Points (..., 3) of the picture from above → where they are in the picture now."""
        return self.see(points - self.room.centre)

    def flat(self, points: Points) -> Points:
        """The inverse of `lay`."""
        axes, origin = self._frame()
        within = (np.asarray(points) - origin)[..., :2]
        plane = np.linalg.solve(axes[:2, :2], within[..., np.newaxis])[..., 0]
        return np.pad(plane, [(0, 0)] * (plane.ndim - 1) + [(0, 1)]) + self.room.centre

    @property
    def lift(self) -> float:
        """How far up in the picture one unit of height reaches."""
        return float(self._frame()[0][1, 2])

    @property
    def zoom(self) -> float:
        """How long in the picture one unit of space is that lies across."""
        return float(np.hypot(*self._frame()[0][0, :2]))

    def _frame(self) -> tuple[Points, Points]:
        """What the axes of space (its columns) and its middle are in the picture."""
        if self._framed is None or self._framed[0] != self.state:
            turn, tilt = self.state
            (c, s), (sine, cosine) = (np.cos(turn), np.sin(turn)), (np.sin(tilt), np.cos(tilt))
            axes = np.array([[c, -s, 0], [s * sine, c * sine, cosine], [0, 0, 0]])
            # From above it is the map that fills the room, whose corners then recede.
            shown = min(1.0, 2 * self.flatness) * self.window
            seen = np.vstack([shown, self.outline]) @ axes.T
            low, high = seen.min(axis=0), seen.max(axis=0)
            inner, outer = (
                np.array([*room.centre, room.width, room.height])
                for room in (self.room, self.around)
            )
            *centre, width, height = outer + self.flatness * (inner - outer)
            zoom = float(np.min([width, height] / (high - low)[:2]))
            self._framed = self.state, zoom * axes, centre - zoom * (low + high) / 2
        return self._framed[1:]


def inset(region: Region) -> Region:
    """What the names at its edges leave of a ``region``."""
    edge = NAME_ROOM
    return Region(region.left + edge, region.bottom + edge, region.right - edge, region.top)
