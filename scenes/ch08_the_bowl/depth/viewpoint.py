"""A Viewpoint says where a picture in depth is looked at from, and how calmly that may change.

The projection is parallel, so that the view from straight above is the map itself: the flat map and
the surface are one picture, and tilting it shows the height that was there all along.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, ValueTracker
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator

from scenes.kit.clock import EASED, evenly

# A hair short of right angles, so that heights are legible from above and depths from the front.
TOP, FRONT = np.radians(89.9), np.radians(0.1)
RAISED = np.radians(28)
"""Elevation, in radians like the others, from which heights and places are both seen."""
SIDE, UNFOLDING, DRIFT = -np.pi / 2, np.radians(-24), np.radians(10)
"""Azimuths: square on to the second parameter, askew to both, and a small turn to either side."""
TURNING_SPEED = np.radians(20)
"""Radians per second at which the picture turns."""

S = TypeVar("S")
T = TypeVar("T")
State = tuple[float, float, float, float, float]
"""Azimuth, elevation, zoom, right and up."""


class Viewpoint:
    """A direction to look from, and how the picture then lies in its frame.

    The azimuth turns the picture about the vertical; the elevation is 0 level with the floor and
    π/2 straight above, both in radians. Zoom enlarges; then all is moved to the right and up.
    """

    def __init__(self, azimuth: float, elevation: float) -> None:
        start = (azimuth, elevation, 1.0, 0.0, 0.0)
        self.trackers = tuple(ValueTracker(value) for value in start)

    @property
    def state(self) -> State:
        """All that the picture depends on."""
        azimuth, elevation, zoom, right, up = (float(t.get_value()) for t in self.trackers)
        return azimuth, elevation, zoom, right, up

    def rotate(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) in space → (..., 3): right, up in the picture, and nearness to the viewer."""
        turn, tilt, *_ = self.state
        x, y, z = np.moveaxis(points, -1, 0)
        right = x * np.cos(turn) - y * np.sin(turn)
        away = x * np.sin(turn) + y * np.cos(turn)
        up = away * np.sin(tilt) + z * np.cos(tilt)
        return np.stack([right, up, z * np.sin(tilt) - away * np.cos(tilt)], axis=-1)

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) in space → (..., 2) in the picture, right and up."""
        _, _, zoom, *shift = self.state
        return np.asarray(zoom * self.rotate(points)[..., :2] + shift)

    def floor_under(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """Differences (..., 2) in the picture → (..., 2) in space, for points on one level."""
        turn, tilt, zoom, *_ = self.state
        right, away = np.moveaxis(seen / [zoom, zoom * np.sin(tilt)], -1, 0)
        return np.stack(
            [
                right * np.cos(turn) + away * np.sin(turn),
                away * np.cos(turn) - right * np.sin(turn),
            ],
            axis=-1,
        )

    def lift(self) -> float:
        """How far up in the picture one unit of height reaches."""
        _, tilt, zoom, *_ = self.state
        return float(zoom * np.cos(tilt))

    def look(self, state: ArrayLike) -> None:
        """Look as ``state`` says."""
        for tracker, value in zip(self.trackers, np.asarray(state, dtype=float), strict=True):
            tracker.set_value(value)

    def turn(self, *states: State) -> Animation:
        """Come to look as the last of the states says, by way of the others, at TURNING_SPEED."""
        seen = np.array([self.state, *states])
        angle = float(np.hypot(*(seen[-1] - seen[0])[:2]))
        # It swings past none of the states, as a smoother one would.
        course = PchipInterpolator(np.linspace(0, 1, len(seen)), seen)

        def turned(_: Mobject, t: float) -> None:
            self.look(course(t) if t < 1 else seen[-1])

        return UpdateFromAlphaFunc(
            self.trackers[0],
            turned,
            run_time=max(1.0, angle / TURNING_SPEED / (1 - EASED)),
            rate_func=evenly,
        )


def at(state: State) -> Viewpoint:
    """A viewpoint that looks as ``state`` says."""
    viewpoint = Viewpoint(*state[:2])
    viewpoint.look(state)
    return viewpoint


def once_a_view(seen: Callable[[S, Viewpoint], T]) -> Callable[[S, Viewpoint], T]:
    """Let each object remember what is seen of it from the last viewpoint asked about."""
    name = f"_{seen.__name__}_from"

    @wraps(seen)
    def remembered(of: S, view: Viewpoint) -> T:
        last: tuple[State, T] | None = vars(of).get(name)
        if last is None or last[0] != view.state:
            last = view.state, seen(of, view)
            setattr(of, name, last)
        return last[1]

    return remembered
