"""Kinks against the loss's own numbers: which derivative jumps, seen by differences."""

import mpmath
import pytest
import sympy as sp

from gdmath import derive
from gdmath.lesson import PREDICTION, Y
from tests.gdmath.derivation.formulas import Formula

A, B, X = sp.symbols("a b x", real=True)
RESIDUAL = A * X + B - Y


@pytest.mark.parametrize(
    ("pointwise", "vanishing", "order"),
    [
        ("abs(prediction - y)", RESIDUAL, 1),
        ("(abs(prediction) - y)**2", A * X + B, 1),
        ("log(1 + abs(prediction - y))", RESIDUAL, 1),
        ("abs(prediction - y)*(prediction - y)", RESIDUAL, 2),
        ("huber(prediction - y, 0.5)", sp.Abs(RESIDUAL) - sp.Rational(1, 2), 2),
        ("3*huber(prediction - y, 2) + 0.1*a**2", sp.Abs(RESIDUAL) - 2, 2),
    ],
)
def test_kinks_are_told_with_what_jumps(pointwise: str, vanishing: sp.Expr, order: int) -> None:
    derivation = derive(Formula("a*x + b", pointwise, lambda: mpmath.mpf(0)).lesson())
    (kink,) = derivation.kinks
    assert (kink.vanishing, kink.order) == (vanishing, order)
    assert ("the gradient jumps" if order == 1 else "the Hessian jumps") in kink.told
    # At a = 0 and y = 1, b alone moves the residual; the kink lies where b makes it vanish.
    value = derivation.lesson.pointwise.subs(PREDICTION, B).subs({Y: 1, A: 0})
    (at, *_) = sp.solve(vanishing.subs({Y: 1, A: 0}), B)
    h = sp.Rational(1, 10**6)
    left, right = (
        [sp.N(value.subs(B, at + side * k * h), 40) for k in range(3)] for side in (-1, 1)
    )
    slopes = (left[0] - left[1]) / h, (right[1] - right[0]) / h
    bends = [(far - 2 * near + here) / h**2 for here, near, far in (left, right)]
    # Where the slope does not jump, the two differ by 1e-6 times a curvature of a few.
    assert bool(abs(slopes[1] - slopes[0]) > 1e-3) is (order == 1)
    assert order == 1 or abs(bends[1] - bends[0]) > 1e-3


@pytest.mark.parametrize(
    "pointwise", ["(prediction - y)**2", "abs(prediction - y)**3", "sqrt((prediction - y)**2 + 1)"]
)
def test_what_is_smooth_enough_has_none(pointwise: str) -> None:
    assert derive(Formula("a*x + b", pointwise, lambda: mpmath.mpf(0)).lesson()).kinks == ()
