"""Viewpoint: where a picture in depth is looked at from, and how calmly that may change.

The projection is parallel, so that the view from straight above is the map itself, lengths and all: the flat map
and the surface are one picture, and tilting it shows the height that was there all along.
"""

import numpy as np
from manim import AnimationGroup, ValueTracker
from numpy.typing import NDArray

# A hair short of the right angles, so that heights can still be read back from above and depths from the front.
TOP, FRONT = np.radians(89.9), np.radians(0.1)
TURNING_SPEED = np.radians(20)
EASED = 0.2


class Viewpoint:
    """`azimuth` turns the picture about the vertical; `elevation` is 0 level with the floor, π/2 straight above."""

    def __init__(self, azimuth: float = 0.0, elevation: float = TOP) -> None:
        self.azimuth, self.elevation = ValueTracker(azimuth), ValueTracker(elevation)

    @property
    def angles(self) -> tuple[float, float]:
        """Azimuth and elevation, in radians."""
        return float(self.azimuth.get_value()), float(self.elevation.get_value())

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 3) in space → (..., 3): right, up in the picture, and nearness to the viewer."""
        turn, tilt = self.angles
        x, y, z = np.moveaxis(points, -1, 0)
        right = x * np.cos(turn) - y * np.sin(turn)
        away = x * np.sin(turn) + y * np.cos(turn)
        up = away * np.sin(tilt) + z * np.cos(tilt)
        return np.stack([right, up, z * np.sin(tilt) - away * np.cos(tilt)], axis=-1)

    def floor_under(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., 2) in the picture, right and up → (..., 2) in space: the inverse of `project` where z is 0."""
        turn, tilt = self.angles
        right, away = seen[..., 0], seen[..., 1] / np.sin(tilt)
        return np.stack(
            [
                right * np.cos(turn) + away * np.sin(turn),
                away * np.cos(turn) - right * np.sin(turn),
            ],
            axis=-1,
        )

    def turn(self, azimuth: float | None = None, elevation: float | None = None) -> AnimationGroup:
        """Look from there instead, never turning faster than TURNING_SPEED."""
        turn, tilt = self.angles
        turn = turn if azimuth is None else azimuth
        tilt = tilt if elevation is None else elevation
        angle = float(np.hypot(*np.subtract((turn, tilt), self.angles)))
        return AnimationGroup(
            self.azimuth.animate.set_value(turn),
            self.elevation.animate.set_value(tilt),
            run_time=max(1.0, angle / TURNING_SPEED / (1 - EASED)),
            rate_func=evenly,
        )


def evenly(t: float) -> float:
    """An even pace, taken up and laid down softly within the first and the last EASED of the time."""
    if t > 0.5:
        return 1 - evenly(1 - t)
    # The integral of a pace that grows as ½(1 − cos) up to its full height.
    ramp = (
        EASED * (t / EASED - np.sin(np.pi * t / EASED) / np.pi) / 2 if t < EASED else t - EASED / 2
    )
    return float(ramp / (1 - EASED))
