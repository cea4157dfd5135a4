"""Numbers in a row or a column: the losses of a few steps, the values of the parameters."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup

from gdmath import FloatArray
from scenes.kit.frame import Region
from scenes.kit.text.numbers import significant, suited
from scenes.kit.text.typeset import maths, seat
from scenes.kit.theme import PALETTE, SIZE

DIGITS = 4


def loss_account(region: Region, losses: Sequence[float]) -> VGroup:
    """The loss before the first step and after each, a term for each."""
    written = [significant(loss, DIGITS) for loss in losses]
    terms = [f'L = "{written[0]}"', *(f'-> "{loss}"' for loss in written[1:])]
    row = VGroup(*(maths(term, SIZE.label, PALETTE.loss) for term in terms))
    for term, before in zip(row[1:], row, strict=False):
        seat(term, before[-1].get_corner(DOWN + RIGHT) + 0.3 * RIGHT)
    row.move_to(region.centre)
    return row


def parameter_column(region: Region, names: Sequence[str], values: FloatArray) -> VGroup:
    """A line for each parameter: its name, or a formula for it, in Typst, and its value."""
    column = VGroup()
    for row, name, value in zip(region.rows(1, 1), names, values, strict=True):
        line = maths(f"{name} = {suited(value)(value)}", SIZE.label, PALETTE.parameters)
        column.add(seat(line, np.array([region.left + 0.5, row.centre[1] - 0.1, 0])))
    return column
