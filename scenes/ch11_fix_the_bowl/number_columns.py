"""Numbers in a row or a column: the losses of a few steps, the values of the parameters."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup

from gdmath import FloatArray
from gdmath.notation.names import primed
from gdmath.scaling import Scaling
from scenes.kit.frame import Region
from scenes.kit.text.typeset import formula, in_maths, maths, seat
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import fixed, significant, suited
from scenes.kit.wording.written import fill

DIGITS = 4


def loss_account(region: Region, losses: Sequence[float]) -> VGroup:
    """The loss before the first step and after each, a term for each."""
    written = [significant(loss, DIGITS) for loss in losses]
    first, *later = (in_maths(loss) for loss in written)
    terms = [fill("L = {loss}", loss=first), *(fill("-> {loss}", loss=loss) for loss in later)]
    row = VGroup(*(maths(term, SIZE.label, PALETTE.loss) for term in terms))
    for term, before in zip(row[1:], row, strict=False):
        seat(term, before[-1].get_corner(DOWN + RIGHT) + 0.3 * RIGHT)
    row.move_to(region.centre)
    return row


def parameter_column(region: Region, names: Sequence[str], values: FloatArray) -> VGroup:
    """A line for each parameter: its name, or a formula for it, in Typst, and its value.

    They are as large as all of them have room for.
    """
    texts = [
        formula("{n} = {x}", n=name, x=suited(value)(value))
        for name, value in zip(names, values, strict=True)
    ]
    widest = max(maths(text, SIZE.label).width for text in texts)
    left = float(np.clip(region.right - widest, region.left + 0.2, region.left + 0.5))
    size = SIZE.label * min(1.0, (region.right - left) / widest)
    column = VGroup()
    for row, text in zip(region.rows(1, 1), texts, strict=True):
        line = maths(text, size, PALETTE.parameters)
        column.add(seat(line, np.array([left, row.centre[1] - 0.1, 0])))
    return column


def told_in_x(scaling: Scaling, slope: str, shift: str) -> dict[str, str]:
    """By the parameters' names in Typst, what each of them is by those of the scaled x."""
    mean, unit = fixed(scaling.offset, DIGITS), fixed(scaling.scale, DIGITS)
    # A factor with a sign of its own stands in brackets.
    factor = formula("({mean})", mean=mean) if scaling.offset < 0 else mean
    terms = {"slope": primed(slope), "shift": primed(shift), "unit": unit, "mean": factor}
    return {
        slope: formula("{slope} \\/ {unit}", **terms),
        shift: formula("{shift} - {name} dot {mean}", name=slope, **terms),
    }
