"""The angle between an arrow and the way to a point is written clear of the arrow."""

import numpy as np
import pytest
from manim import Arrow

from scenes.kit.frame import Region
from scenes.kit.maps.direction import Bearing
from scenes.kit.plane import Plane, Scale


@pytest.mark.parametrize("length", [0.5, 0.9, 2.0])
@pytest.mark.parametrize("degrees", [8, 36, 50, 89, 140])
def test_the_number_stands_clear_of_the_arrow(degrees: float, length: float) -> None:
    plane = Plane(Region(-3, -3, 3, 3), Scale(-3, 3, "a"), Scale(-3, 3, "b"), bare=True)
    turned = np.radians(degrees)
    arrow = Arrow((0, 0, 0), (length * np.cos(turned), length * np.sin(turned), 0), buff=0)
    number = Bearing(plane, (0, 0), (2, 0), arrow, degrees).number
    outline = arrow.get_all_points()[:, :2]
    low, high = number.get_corner((-1, -1, 0))[:2], number.get_corner((1, 1, 0))[:2]
    assert not ((low < outline) & (outline < high)).all(axis=1).any()
