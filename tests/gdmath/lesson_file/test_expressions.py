import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdmath import LessonError, parse_expression
from gdmath.lesson import PREDICTION, Y

A, B, X = sp.symbols("a b x", real=True)
ALLOWED = {"a": A, "b": B, "x": X}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*x + b", A * X + B),
        ("-a**2 / 4", -(A**2) / 4),
        ("2 ** -x", 2**-X),
        ("0.1*a", A / 10),
        ("1e-3", sp.Rational(1, 1000)),
        ("exp(-a*x) + log(cosh(b))", sp.exp(-A * X) + sp.log(sp.cosh(B))),
        ("sqrt(abs(a - b))", sp.sqrt(sp.Abs(A - B))),
        ("cos(1 - a - 5)", sp.cos(A + 4)),
        ("abs(-a - b)", sp.Abs(A + B)),
    ],
)
def test_formulas_mean_what_python_means(text: str, expected: sp.Expr) -> None:
    assert parse_expression(text, ALLOWED) == expected


ATOMS = st.sampled_from(["a", "b", "x", "2", "0.5", "3.25"])
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("(-{})".format, inner),
        st.builds("({})**2".format, inner),
        st.builds("{}({})".format, st.sampled_from(["sin", "cos", "tanh"]), inner),
    ),
    max_leaves=8,
)


@given(FORMULAS)
def test_values_are_those_python_itself_computes(text: str) -> None:
    point = {"a": 0.3, "b": -0.7, "x": 1.1}
    functions = {name: getattr(np, name) for name in ("sin", "cos", "tanh")}
    expected = eval(text, functions, point)  # noqa: S307 - the oracle; the text is our own
    try:
        parsed = parse_expression(text, ALLOWED)
    except LessonError:  # squares of squares of squares exceed the largest exponent
        return
    value = float(parsed.subs({ALLOWED[name]: number for name, number in point.items()}))
    # SymPy may regroup the sum, which costs rounding relative to the largest term of it.
    assert value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a formula"),
        ("a x", "is not a formula"),
        ("a\n+ b", "is not a formula"),
        ("a = 1", "is not a formula"),
        ("a\0", "is not a formula"),
        ("c*x", "uses c; the names allowed are a, b, x"),
        ("aa*x", "did you mean a?"),
        ("exp", "uses exp"),
        ("a*x^2 + b", "contains ^; a power is written as in x**2"),
        ("a | x", "contains 'a | x'; only names, numbers"),
        ("a if b else x", "only names, numbers"),
        ("True", "only names, numbers"),
        ("'a'", "only names, numbers"),
        ("1j", "only names, numbers"),
        ("a*x + b + 0x10", "contains '0x10'; a number is written in decimal digits"),
        ("a*x + 0b1", "contains '0b1'; a number is written in decimal digits"),
        ("a*x + 1_000", "contains '1_000'; a number is written in decimal digits"),
        ("a*x + b#c", "contains #; a formula has no comments"),
        ("a*x + \\\n b", "contains \\; a formula has no comments"),
        ("[a, b]", "only names, numbers"),
        ("exp(a, b)", "each of one argument"),
        ("exp(*a)", "only names, numbers"),
        ("exp(x=a)", "each of one argument"),
        ("gamma(a)", "calls gamma; allowed are exp, log"),
        ("__import__('os')", "calls __import__"),
        ("a.__class__", "only names, numbers"),
        ("().__class__.__bases__[0]", "only names, numbers"),
        ("(lambda: a)()", "only names, numbers"),
        ("a.subs(a, b)", "only names, numbers"),
        ("𝑎*x", "only ASCII characters"),
        ("a*х", "only ASCII characters"),
        ("1/0", "undefined or not real"),
        ("log(0)", "undefined or not real"),
        ("a/(b - b)", "undefined or not real"),
        ("sqrt(-2)", "undefined or not real"),
        ("(-8)**(1/3)", "undefined or not real"),
        ("1e999", "contains a huge number"),
        ("1e-400*a", "contains '1e-400', which is 0 to a computer; at least 2.2e-308 is"),
        ("9" * 399, "contains a huge number"),
        ("9**9**9**9", "contains a huge power"),
        ("((x**9)**9)**9", "contains a huge power"),
        ("(9**12)**12", "contains a huge number"),
        ("exp(exp(exp(9)))", "contains a huge number"),
        ("-" * 399 + "a", "nested too deeply"),
        ("exp(" * 60 + "a" + ")" * 60, "nested too deeply"),
        ("(" * 399, "is not a formula"),
        ("a" + " + a" * 150, "at most 500 are allowed"),
        ("[a for a in (1,)]", "only names, numbers"),
        ("f'{a}'", "only names, numbers"),
        ("(a := b)", "only names, numbers"),
        ("a.b.c.d", "only names, numbers"),
        ("exp.__globals__", "only names, numbers"),
        ("exp(exp)", "uses exp"),
        ("eval('a')", "calls eval"),
        ("huber(a)", "huber: of two"),
        ("huber(a, 1)", "must be a residual such as prediction - y"),
        ("+".join(f"sin({k}*a*x)" for k in range(2, 12)), "operations; at most 25 are allowed"),
        ("tanh(sin(cos(exp(a))))", "4 deep; at most 3 are allowed"),
        ("1/(1 + 1/(1 + 1/(1 + 1/(a + x))))", "4 deep; at most 3 are allowed"),
    ],
)
def test_everything_else_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(LessonError) as refusal:
        parse_expression(text, ALLOWED)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


RESIDUAL = {"y": Y, "prediction": PREDICTION}


def test_huber_is_a_square_that_goes_on_straight() -> None:
    loss = parse_expression("huber(prediction - y, 0.5)", RESIDUAL)
    values = [float(loss.subs({PREDICTION: r, Y: 0})) for r in (-2, -0.5, 0, 0.4, 0.5, 3)]
    assert values == pytest.approx([0.875, 0.125, 0, 0.08, 0.125, 1.375], rel=1e-15)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("huber(prediction - y, 0)", "must be a number above zero, not 0"),
        ("huber(prediction - y, y)", "must be a number above zero, not y"),
        ("huber(huber(prediction - y, 1), 1)", "must be a residual"),
        ("huber(prediction, 1) + huber(y - prediction, 1)", "more than once; one call is allowed"),
    ],
)
def test_huber_takes_a_residual_and_a_number_once(text: str, reason: str) -> None:
    with pytest.raises(LessonError, match="huber") as refusal:
        parse_expression(text, RESIDUAL)
    assert reason in str(refusal.value)


@given(st.text(max_size=60))
def test_no_text_gets_anything_but_an_expression_or_a_refusal(text: str) -> None:
    try:
        expression = parse_expression(text, ALLOWED)
    except LessonError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017 - either outcome is right, a third is not
    else:
        assert expression.free_symbols <= {A, B, X}
