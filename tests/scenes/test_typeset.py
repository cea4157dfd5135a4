"""Words are set as they are written, and a formula looks the same each time."""

import numpy as np
import pytest
import sympy as sp
from manim import VMobject

from scenes.kit.text.axis_name import axis_name
from scenes.kit.text.equations import Equation
from scenes.kit.text.typeset import code, formula, maths, words
from scenes.kit.wording import significant


def bars(formula: VMobject) -> list[float]:
    """How bold the strokes are; all else is filled."""
    return [
        glyph.get_stroke_width()
        for glyph in formula.family_members_with_points()
        if glyph.get_fill_opacity() == 0
    ]


def boxes(setting: VMobject) -> int:
    """How many outlines turn at corners only, of which there are eight: a box's, drawn twice."""
    corners = [np.array(letter.get_anchors())[:, :2] for letter in setting.submobjects]
    places = [np.unique(np.round(points, 6), axis=0) for points in corners]
    return sum(len(np.unique(points[:, 0])) == 4 == len(points) / 2 for points in places)


def test_no_box_stands_for_a_letter_of_an_axis():
    units = "Ωмκ⁻¹⁴₂€℃"
    assert boxes(maths('"電圧"')) == 2
    assert boxes(maths(axis_name("скорость", units))) == 0
    assert boxes(words(units)) == 0


def test_a_line_of_a_file_is_set_letter_by_letter():
    line = 'start = [-1, 1]  # "a" \\ #read("/etc/passwd") $x$ *b* // -- `i` e1f1l'
    assert len(code(line).submobjects) == len(line.replace(" ", ""))


def test_an_axis_may_have_any_name():
    signs = 'a" \\ *b* _c_ #d $e$ @f <g> [h] ~ // -- \\" `i`'
    assert len(maths(axis_name(signs)).submobjects) == len(signs.replace(" ", ""))


def test_a_number_may_be_written_by_a_power_of_ten():
    large, small = significant(6.2e7, 2), significant(-5e-8, 1)
    shown = maths(formula("a = {{ {large} : slope }} {small}", large=large, small=small))
    assert len(shown.select("slope").submobjects) == len("6.2e7")
    assert len(shown.submobjects) == len("a=6.2e7-5e-8")


@pytest.mark.parametrize("label", ["mass up to 1e5 kg", '1e3 kg"', '"; #read("x") "', "a\\b $x$"])
def test_a_label_of_a_lesson_is_data(label):
    glyphs = maths(axis_name(label)).submobjects
    assert len(glyphs) == len(label.replace(" ", ""))
    assert len(maths(axis_name("x", label)).submobjects) == len(f"xin{label.replace(' ', '')}")


def test_a_fraction_bar_is_as_bold_the_second_time():
    first, second = (maths("(partial L)/(partial a)") for _ in range(2))
    assert bars(first)
    assert bars(first) == bars(second)


def test_an_equation_s_fraction_bar_is_as_bold_the_second_time():
    a, b = sp.symbols("a b")
    first, second = (Equation(a / (a + b)) for _ in range(2))
    assert bars(first)
    assert bars(first) == bars(second)
