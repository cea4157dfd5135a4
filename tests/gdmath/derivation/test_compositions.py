"""Derivations of lessons that nobody wrote: whatever is composed of the functions allowed."""

from collections.abc import Callable

import mpmath
import pytest
import sympy as sp
import typst
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.core.function import AppliedUndef

from gdmath import Derivation, LessonError, derive, to_typst
from gdmath.lesson_file.expressions import FUNCTIONS, PAIRED
from tests.gdmath.derivation.formulas import CLOSE, DIGITS, Formula, number, values_of
from tests.gdmath.typst_reader import as_symbols, typst_reader

CALLS = sorted(FUNCTIONS.keys() - PAIRED - {"log", "sqrt"})


def _composed(leaves: list[str]) -> st.SearchStrategy[str]:
    """Formulas in text; arguments are kept small, and above zero where they have to be."""

    def compound(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("({} {} {})".format, parts, st.sampled_from("+-*"), parts),
            st.builds("({}/(2 + ({})**2))".format, parts, parts),
            st.builds("{}(({})/3)".format, st.sampled_from(CALLS), parts),
            st.builds("{}(1 + ({})**2)".format, st.sampled_from(["log", "sqrt"]), parts),
            st.builds("(1 + ({})**2)**({}/4)".format, parts, parts),
        )

    return st.recursive(st.sampled_from(leaves), compound, max_leaves=4)


_PART = _composed(["a", "b", "x", "a*x", "0.5"])
# Each parameter and the prediction stand somewhere for sure, so that few lessons are refused.
PREDICTIONS = st.one_of(
    st.builds("a*({}) + b*x".format, _PART), st.builds("({})*({}) + a - b".format, _PART, _PART)
)
LOSSES = st.one_of(
    st.sampled_from(["(prediction - y)**2", "huber(prediction - y, 0.3)", "abs(prediction - y)"]),
    st.builds("(prediction - y)**2 + {}".format, _composed(["prediction", "y", "a"])),
)


@settings(max_examples=8, derandomize=True)
@given(PREDICTIONS, LOSSES)
def test_every_line_is_the_slope_and_can_be_typeset(
    read: Callable[[str], sp.Expr], prediction: str, pointwise: str
) -> None:
    try:
        lesson = Formula(prediction, pointwise, mpmath.mpf).lesson()
    except LessonError:  # a parameter that cancels, a logarithm of a negative number
        assume(False)
    derivation = derive(lesson)
    pages = []
    with mpmath.workdps(DIGITS):
        for parameter in lesson.parameters:
            steps = derivation.steps(parameter)
            # The first line is the derivative itself, which `number` takes by differences.
            expected = number(steps[0].before, values_of(derivation))
            assume(isinstance(expected, mpmath.mpf) and mpmath.isfinite(expected))
            for step in steps:
                value = number(step.after, values_of(derivation))
                assert mpmath.almosteq(value, expected, CLOSE, CLOSE), (step, value, expected)
            pages += [f"$ {to_typst(step.after, as_written=True)} $" for step in steps]
            _read_back(read, derivation, steps[-1].after)
    typst.compile("\n".join(pages).encode(), format="svg", ignore_system_fonts=True)


def _read_back(read: Callable[[str], sp.Expr], derivation: Derivation, gradient: sp.Expr) -> None:
    """Compare what the parser understands by the summand with what it is."""
    for points in gradient.atoms(sp.Sum):
        summand = points.args[0]
        if summand.has(sp.sign, sp.Piecewise, AppliedUndef):
            continue
        plain, parsed = as_symbols(summand), read(to_typst(summand, as_written=True))
        symbols = sorted(plain.free_symbols | parsed.free_symbols, key=str)
        values = {symbol: sp.Rational(97 + 31 * k, 89) for k, symbol in enumerate(symbols)}
        expected, understood = (sp.N(form.subs(values), 30) for form in (plain, parsed))
        assert abs(understood - expected) <= 1e-20 * (1 + abs(expected)), derivation.lesson


@pytest.fixture(scope="module")
def read() -> Callable[[str], sp.Expr]:
    return typst_reader()
