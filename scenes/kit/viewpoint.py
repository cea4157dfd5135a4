"""Viewpoint: where a picture in depth is looked at from, and how calmly that may change.

The projection is parallel, so that the view from straight above is the map itself: the flat map and
the surface are one picture, and tilting it shows the height that was there all along.
"""

import numpy as np
from manim import AnimationGroup, ValueTracker
from numpy.typing import NDArray

# A hair short of right angles: heights can still be read back from above, and depths from the front.
TOP, FRONT = np.radians(89.9), np.radians(0.1)
TURNING_SPEED = np.radians(20)
EASED = 0.2


class Viewpoint:
    """A direction to look from, and how near.

    `azimuth` turns the picture about the vertical; `elevation` is 0 level with the floor and π/2
    straight above; `zoom` enlarges. Angles are in radians.
    """

    def __init__(self, azimuth: float, elevation: float, zoom: float = 1.0) -> None:
        self.azimuth, self.elevation = ValueTracker(azimuth), ValueTracker(elevation)
        self.zoom = ValueTracker(zoom)

    @property
    def state(self) -> tuple[float, float, float]:
        """Azimuth, elevation and zoom: what the picture depends on."""
        trackers = (self.azimuth, self.elevation, self.zoom)
        azimuth, elevation, zoom = (float(tracker.get_value()) for tracker in trackers)
        return azimuth, elevation, zoom

    def rotate(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) in space → (..., 3): right, up in the picture, and nearness to the viewer."""
        turn, tilt, _ = self.state
        x, y, z = np.moveaxis(points, -1, 0)
        right = x * np.cos(turn) - y * np.sin(turn)
        away = x * np.sin(turn) + y * np.cos(turn)
        up = away * np.sin(tilt) + z * np.cos(tilt)
        return np.stack([right, up, z * np.sin(tilt) - away * np.cos(tilt)], axis=-1)

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) in space → (..., 2) in the picture, right and up."""
        return self.state[2] * self.rotate(points)[..., :2]

    def floor_under(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 2) in the picture → (..., 2) in space: the inverse of `project` where z is 0."""
        turn, tilt, zoom = self.state
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
        _, tilt, zoom = self.state
        return float(zoom * np.cos(tilt))

    def turn(self, azimuth: float, elevation: float, zoom: float) -> AnimationGroup:
        """Look from there instead, never turning faster than TURNING_SPEED."""
        angle = np.hypot(*np.subtract((azimuth, elevation), self.state[:2]))
        return AnimationGroup(
            self.azimuth.animate.set_value(azimuth),
            self.elevation.animate.set_value(elevation),
            self.zoom.animate.set_value(zoom),
            run_time=max(1.0, float(angle) / TURNING_SPEED / (1 - EASED)),
            rate_func=evenly,
        )


def evenly(t: float) -> float:
    """An even pace, taken up and laid down softly in the first and the last EASED of the time."""
    if t > 0.5:
        return 1 - evenly(1 - t)
    if t > EASED:
        return (t - EASED / 2) / (1 - EASED)
    # The integral of a pace that grows as ½(1 − cos) up to its full height.
    return float((t - EASED * np.sin(np.pi * t / EASED) / np.pi) / 2 / (1 - EASED))
