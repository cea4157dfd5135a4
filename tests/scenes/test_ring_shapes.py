"""What a round window shows of a ring ends on the ring and on the rim, however long the ring is."""

import numpy as np
import pytest

from scenes.kit.maps.ring_shapes import ellipse_arcs

MIDDLE, RADIUS = np.array([3.0, 1.0, 0.0]), 1.7
ROUND_OFF = 1e-14
"""Some dozens of operations on numbers of about one."""


@pytest.mark.parametrize("condition", [4.0, 1e4, 1e9])
@pytest.mark.parametrize("near", [0.01, 0.9, 1.5])
def test_an_arc_ends_on_the_rim(condition: float, near: float) -> None:
    angle = 0.3
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    form = turned @ np.diag([1.0, condition]) @ turned.T
    # So high that the steep half-axis is ``near``, and the flat one leaves the window.
    arcs, reach = ellipse_arcs(form, condition * near**2 / 2, MIDDLE, RADIUS)
    assert reach == pytest.approx(near * np.sqrt(condition))
    for arc in arcs if reach > RADIUS else ():
        offsets = (arc - MIDDLE)[:, :2]
        far = np.linalg.norm(offsets, axis=1)
        assert far[[0, -1]] == pytest.approx(RADIUS, rel=ROUND_OFF)
        assert (far <= RADIUS * (1 + ROUND_OFF)).all()
        flat, steep = (offsets @ turned).T
        assert flat**2 / reach**2 + steep**2 / near**2 == pytest.approx(1.0, rel=1e-12)
