"""A Quantity is a name and its changing number on one baseline, such as a = 2.6504.

A Result is the number behind a formula. Both know what stands on their ``left``, and the proof
holds the number to it.
"""

from collections.abc import Callable

import numpy as np
from manim import DOWN, LEFT, RIGHT, VGroup
from numpy.typing import NDArray

from scenes.kit.proof.glyph_origin import note_origin
from scenes.kit.text.equations import Equation
from scenes.kit.text.readout import GLYPHS, Readout
from scenes.kit.text.typeset import maths, words
from scenes.kit.theme import PALETTE, SIZE


class Quantity(VGroup):
    """``name`` in Typst mathematics, an equals sign, and the digits of ``text()``.

    ``anchor`` is the left end of the baseline; the digits are a Readout, bound as ``quantity``.
    """

    def __init__(
        self,
        name: str,
        text: Callable[[], str],
        anchor: NDArray[np.float64],
        size: float = SIZE.label,
        color: str = PALETTE.ink,
        quantity: str = "",
    ) -> None:
        # A zero is set along with the name: it tells the baseline and where the digits begin.
        row = maths(f"{name} = {GLYPHS[0]}", size, color)
        zero = row[-1]
        row.shift(anchor - np.array([row.get_left()[0], zero.get_bottom()[1], 0]))
        start = zero.get_corner(LEFT) * np.array([1, 0, 0]) + np.array([0, anchor[1], 0])
        self.left = name
        self.label = VGroup(*row.submobjects[:-1])
        note_origin(self.label, name, size)
        self.digits = Readout(text, start, size, color, quantity or name)
        super().__init__(self.label, self.digits)


class Result(VGroup):
    """An equals sign after ``formula``, and the digits of what it comes to, ``text()``."""

    GAP = 0.18

    def __init__(
        self,
        formula: Equation,
        text: Callable[[], str],
        color: str,
        quantity: str,
        size: float = SIZE.label,
    ) -> None:
        self.left = formula.expression
        equals = words("=", size, PALETTE.muted).next_to(formula, RIGHT, buff=self.GAP)
        start = equals.get_right() + self.GAP * RIGHT + 0.1 * size / SIZE.label * DOWN
        self.digits = Readout(text, start, size, color, quantity)
        super().__init__(equals, self.digits)
