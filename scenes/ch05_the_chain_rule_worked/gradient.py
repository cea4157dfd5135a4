"""The gradient: the last lines of both derivations, with room for their numbers."""

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, Mobject, VGroup

from gdmath import FloatArray
from scenes.ch05_the_chain_rule_worked.worked import WorkedDerivation
from scenes.kit.frame import STAGE, Region
from scenes.kit.text import Equation, Readout, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited

SIZE_OF_SLOPES = 1.1 * SIZE.equation
ROOM = Region(STAGE.left, -1.9, STAGE.right, 2.3)
"""The part of the stage that the gradient takes."""
BESIDE = 0.3
"""Units between a line and the equals sign after it."""


def gradient(
    rows: Sequence[Region], worked: Sequence[WorkedDerivation], slopes: FloatArray
) -> list[Equation]:
    """Both last lines as large as their ``slopes`` after them allow, the signs in one column."""
    pairs = list(zip(rows, worked, strict=True))
    lines = [one.restored(row.centre, 1.2 * SIZE.equation) for row, one in pairs]
    fits = [1.0]
    for line, row, slope in zip(lines, rows, slopes, strict=True):
        room = STAGE.width - slope_after(line, slope).width - BESIDE
        fits += [room / line.width, row.height / line.height]
    for line in lines:
        line.scale(min(fits)).set_x(-0.5 * STAGE.width, LEFT)
    VGroup(*lines).set_x(0)
    return lines


def slope_after(line: Mobject, slope: float) -> VGroup:
    """An equals sign after ``line``, then the slope at the guess in digits."""
    equals = words("=", SIZE_OF_SLOPES, PALETTE.gradient).next_to(line, RIGHT, buff=BESIDE)
    start = equals.get_right() + np.array([0.25, -0.16, 0])
    digits = suited([slope])(slope)
    number = Readout(lambda: digits, start, SIZE_OF_SLOPES, PALETTE.gradient, "slope at the guess")
    return VGroup(equals, number)
