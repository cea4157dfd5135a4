"""Formulas with numbers: the scaled x, and the values of the parameters."""

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from gdmath import FloatArray
from gdmath.notation.names import primed
from gdmath.scaling import Scaling
from scenes.ch11_fix_the_bowl.story import DIGITS, Story
from scenes.kit.frame import Region
from scenes.kit.text.typeset import formula, maths, seat
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import fixed, significant, suited


def centred_x(scaling: Scaling) -> str:
    """What z is where x is counted from its mean, in Typst."""
    return formula("z = x - {mean}", mean=significant(scaling.offset, DIGITS))


def standard_x(scaling: Scaling) -> str:
    """What z is where x is counted from its mean in standard deviations, in Typst."""
    mean, deviation = (significant(n, DIGITS) for n in (scaling.offset, scaling.scale))
    return formula("z = (x - {mean}) \\/ {deviation}", mean=mean, deviation=deviation)


def parameter_column(region: Region, names: Sequence[str], values: FloatArray) -> VGroup:
    """A line for each parameter: its name, or a formula for it, in Typst, and its value.

    They are as large as all of them have room for.
    """
    texts = [
        formula("{n} = {x}", n=name, x=suited(value)(value))
        for name, value in zip(names, values, strict=True)
    ]
    widest = max(maths(text, SIZE.equation).width for text in texts)
    left = float(np.clip(region.right - widest, region.left + 0.2, region.left + 0.5))
    size = SIZE.equation * min(1.0, (region.right - left) / widest)
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
