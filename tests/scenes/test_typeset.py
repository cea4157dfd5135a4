"""A formula looks the same each time it is set."""

import sympy as sp
from manim import VMobject

from scenes.kit.text.equations import Equation
from scenes.kit.text.typeset import maths


def bars(formula: VMobject) -> list[float]:
    """How bold the strokes are; all else is filled."""
    return [
        glyph.get_stroke_width()
        for glyph in formula.family_members_with_points()
        if glyph.get_fill_opacity() == 0
    ]


def test_a_fraction_bar_is_as_bold_the_second_time():
    first, second = (maths("(partial L)/(partial a)") for _ in range(2))
    assert bars(first)
    assert bars(first) == bars(second)


def test_an_equation_s_fraction_bar_is_as_bold_the_second_time():
    a, b = sp.symbols("a b")
    first, second = (Equation(a / (a + b)) for _ in range(2))
    assert bars(first)
    assert bars(first) == bars(second)
