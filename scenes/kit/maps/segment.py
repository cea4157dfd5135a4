"""A segment is a dashed line from one place of a plane to another."""

import numpy as np
from manim import DashedLine
from numpy.typing import ArrayLike

from scenes.kit.plane import Plane
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE


def segment(plane: Plane, places: ArrayLike, color: str = PALETTE.ink) -> DashedLine:
    """A dashed line from the first of two ``places`` (2, 2) on ``plane`` to the second."""
    ends = np.asarray(places, dtype=float)
    line = DashedLine(*plane.c2p(ends)).set_stroke(color, STROKE.residual)
    bind(line, "line", lambda: plane.p2c([line.get_start(), line.get_end()]), lambda: ends)
    return line
