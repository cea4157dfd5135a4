"""A proof may be missing, but never wrong: what is proved equal is equal in numbers."""

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdmath.derivation.calculus import derivative
from gdmath.derivation.proof import proved_equal

A, B = sp.symbols("a b", real=True)
I, N = sp.symbols("i n", integer=True, positive=True)  # noqa: E741 - the index is called i
X, Y = (sp.IndexedBase(name, real=True)[I] for name in "xy")
RESIDUAL = A * X + B - Y


def over_points(summand: sp.Expr) -> sp.Sum:
    return sp.Sum(summand, (I, 1, N))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (derivative(over_points(RESIDUAL**2) / N, A), 2 * over_points(X * RESIDUAL) / N),
        (over_points(RESIDUAL) / N, (A * over_points(X) - over_points(Y)) / N + B),
        (over_points(sp.S.One), N),
        (over_points(sp.tanh(RESIDUAL)), over_points(sp.sinh(RESIDUAL) / sp.cosh(RESIDUAL))),
        (over_points(sp.sqrt(RESIDUAL**2)), over_points(sp.Abs(RESIDUAL))),
        (sp.sin(A) ** 2 + sp.cos(A) ** 2, sp.S.One),
    ],
)
def test_what_is_equal_is_proved(first: sp.Expr, second: sp.Expr) -> None:
    assert proved_equal(first, second, {})


TERMS = st.sampled_from(
    [
        X,
        Y,
        A,
        B,
        A * X,
        X**2,
        A * X**2,
        RESIDUAL,
        RESIDUAL**2,
        X * RESIDUAL,
        sp.exp(A * X),
        sp.S.One,
    ]
)
SUMS = TERMS.map(over_points)
LINES = st.lists(
    st.tuples(st.integers(-2, 2), st.one_of(TERMS.filter(lambda term: not term.has(I)), SUMS)),
    max_size=4,
).map(lambda terms: sp.Add(*(factor * term for factor, term in terms)))


def value(line: sp.Expr) -> sp.Expr:
    """The line for three points of general position."""
    points = [{X: sp.Rational(2 * k + 1, k + 3), Y: sp.Rational(5 - k, k + 7)} for k in range(3)]
    sums = {s: sum(s.args[0].xreplace(point) for point in points) for s in line.atoms(sp.Sum)}
    return line.xreplace(sums).subs({N: 3, A: sp.Rational(3, 7), B: sp.Rational(-8, 5)})


@given(LINES, LINES)
def test_what_is_proved_is_equal(first: sp.Expr, second: sp.Expr) -> None:
    if proved_equal(first, second, {}):
        assert abs(sp.N(value(first) - value(second), 30)) < 1e-25


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (over_points(X), over_points(Y)),
        (over_points(X), X),
        (over_points(X) ** 2, over_points(X**2)),
        (over_points(X) ** 2, over_points(X) ** 2 + 1),
        (over_points(X), sp.Sum(X, (I, 1, N + 1))),
        (sp.Abs(A), A),
        (over_points(sp.Abs(X)), over_points(X)),
    ],
)
def test_what_differs_is_not_proved(first: sp.Expr, second: sp.Expr) -> None:
    assert not proved_equal(first, second, {})
