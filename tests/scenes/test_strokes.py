"""A stroke stays within half its width of the line that it claims, joints included."""

from itertools import pairwise

import numpy as np
from manim import Camera, LineJointType, VMobject

from gdmath import Trajectory
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.panels import LogPanel
from scenes.kit.proof.trace import corners
from scenes.kit.theme import PALETTE, STROKE

WIDTH, HEIGHT = 1920, 1080
BLUR = 1.0
"""Pixels that the edge of a stroke is soft."""


def bouncing() -> VMobject:
    """The curve of a loss that falls and rises by turns, as at a rate near the bound."""
    losses = np.exp(np.cumsum(np.tile([-4.0, 3.7], 20)))
    clock = DescentClock(Trajectory(np.zeros((40, 2)), losses, np.zeros((40, 2))), 39)
    panel = LogPanel(STAGE, [losses], 39, '"step"', "L")
    return panel.curve(clock, panel.rows(losses)).set_stroke(PALETTE.ink, STROKE.path)


def furthest_ink(curve: VMobject) -> float:
    """How many pixels from its line, beyond half the width of its stroke, a curve leaves ink."""
    camera = Camera(pixel_width=WIDTH, pixel_height=HEIGHT, background_color=PALETTE.background)
    camera.capture_mobjects([curve])
    unit = WIDTH / camera.frame_width
    rows, columns = np.nonzero(camera.pixel_array[..., 0] > 128)
    ink = np.column_stack([columns + 0.5 - WIDTH / 2, HEIGHT / 2 - rows - 0.5]) / unit
    line = corners(curve)[:-1, :2]
    nearest = np.full(len(ink), np.inf)
    for start, end in pairwise(line):
        along = end - start
        share = np.clip((ink - start) @ along / (along @ along), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(start + share[:, None] * along - ink, axis=1))
    return float(unit * (nearest.max() - curve.get_stroke_width() * 0.01 / 2))


def test_a_curve_leaves_no_ink_beside_its_line() -> None:
    assert furthest_ink(bouncing()) <= BLUR


def test_a_mitred_one_would() -> None:
    curve = bouncing()
    curve.joint_type = LineJointType.MITER
    assert furthest_ink(curve) > 10 * BLUR
