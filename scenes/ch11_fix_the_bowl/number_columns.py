"""Formulas with numbers: the losses of a few steps, the scaled x, the values of the parameters."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, MathTypst, VGroup

from gdmath import FloatArray
from gdmath.notation.names import primed
from gdmath.scaling import Scaling
from scenes.ch11_fix_the_bowl.story import DIGITS, Story
from scenes.kit.frame import Region
from scenes.kit.text.typeset import formula, in_maths, maths, seat
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import fixed, significant, suited
from scenes.kit.wording.written import fill


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


def centred_x(scaling: Scaling) -> MathTypst:
    """What z is where x is counted from its mean."""
    return maths(formula("z = x - {mean}", mean=significant(scaling.offset, DIGITS + 1)))


def standard_x(scaling: Scaling) -> MathTypst:
    """What z is where x is counted from its mean in standard deviations."""
    mean, deviation = fixed(scaling.offset, DIGITS), fixed(scaling.scale, DIGITS)
    return maths(formula("z = (x - {mean}) / {deviation}", mean=mean, deviation=deviation))


def line_of(slope: str, shift: str) -> MathTypst:
    """A line by the names of its parameters in Typst, small."""
    return maths(f"{slope} x + {shift}", SIZE.small, PALETTE.parameters)


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


def found_in_z(region: Region, story: Story) -> VGroup:
    """The parameters that one step finds, by their names for z."""
    return parameter_column(region, list(map(primed, story.symbols)), story.one_step.parameters[-1])


def mapped_to_x(region: Region, story: Story) -> VGroup:
    """What each parameter is by those for z, and its value."""
    slope, shift = story.slope_and_shift
    mean, unit = (fixed(n, DIGITS) for n in (story.standard.offset, story.standard.scale))
    # A factor with a sign of its own stands in brackets.
    factor = formula("({mean})", mean=mean) if story.standard.offset < 0 else mean
    rules = {
        slope: formula("{n} = {slope} \\/ {unit}", n=slope, slope=primed(slope), unit=unit),
        shift: formula(
            "{n} = {shift} - {slope} dot {mean}",
            n=shift,
            shift=primed(shift),
            slope=slope,
            mean=factor,
        ),
    }
    return parameter_column(region, [rules[name] for name in story.symbols], story.mapped_back[-1])
