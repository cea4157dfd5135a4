"""Stable forms against the plain ones in arithmetic that cannot overflow: mpmath's."""

from collections.abc import Callable
from dataclasses import replace

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from gdmath import Lesson, compile_loss, parse_expression
from gdmath.lesson import PREDICTION, X, Y
from gdmath.overflow_safe import IN_NUMPY, LogCosh, Logistic, Softplus, stabilised

U, V = sp.symbols("u v", real=True)
LARGE = st.one_of(st.floats(-40, 40), st.floats(-1e6, 1e6), st.floats(-1e-6, 1e-6))
PLAIN = {
    "Logistic": lambda u: 1 / (1 + mpmath.exp(-u)),
    "Softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
    "LogCosh": lambda u: mpmath.log(mpmath.cosh(u)),
}

SLOPES = {
    kind.__name__: sp.lambdify(U, kind(U).diff(U), modules=[dict(IN_NUMPY), "numpy"])
    for kind in (Logistic, Softplus, LogCosh)
}


@pytest.mark.parametrize("name", PLAIN)
@given(number=LARGE)
def test_numbers_are_those_of_the_plain_form(name: str, number: float) -> None:
    # ln cosh of 1e-6 is 5e-13, and cosh of it 1 + 5e-13: 60 digits leave 40 of the difference.
    with mpmath.workdps(60):
        expected = float(PLAIN[name](mpmath.mpf(number)))
    # |u| and a logarithm near −|u| are added for ln cosh, so it is good to ε of |u|.
    scale = abs(number) if name == "LogCosh" else 0
    value = float(IN_NUMPY[name](np.array(number)))
    assert abs(value - expected) <= 1e-15 * (4 * abs(expected) + scale)


@pytest.mark.parametrize("name", PLAIN)
@given(number=LARGE.filter(lambda number: abs(number) > 1e-3))
def test_a_complex_step_gives_the_slope(name: str, number: float) -> None:
    stepped = IN_NUMPY[name](np.array(number + 1e-100j)).imag / 1e-100
    assert stepped == pytest.approx(SLOPES[name](np.array(number)), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(
    ("formula", "stable"),
    [
        (1 / (1 + sp.exp(-U)), Logistic(U)),
        (sp.exp(U) / (1 + sp.exp(U)), Logistic(U)),
        (1 - 1 / (1 + sp.exp(-U)), Logistic(-U)),
        (sp.log(1 / (1 + sp.exp(-U))), -Softplus(-U)),
        (sp.log(1 - 1 / (1 + sp.exp(-U))), -Softplus(U)),
        (sp.log(1 + sp.exp(U)), Softplus(U)),
        (sp.log(sp.cosh(U - V)), LogCosh(U - V)),
        (V * sp.sqrt(1 + sp.log(sp.cosh(U)) ** 2), V * sp.sqrt(1 + LogCosh(U) ** 2)),
        (sp.log(1 + sp.exp(sp.log(sp.cosh(U)) * V)), Softplus(LogCosh(U) * V)),
        (1 / (2 + sp.exp(U)), 1 / (2 + sp.exp(U))),
        (sp.log(1 + sp.exp(U) + V), sp.log(1 + sp.exp(U) + V)),
        (sp.exp(V) / (1 + sp.exp(U)), sp.exp(V) * Logistic(-U)),
    ],
)
def test_found_wherever_they_stand_and_nowhere_else(formula: sp.Expr, stable: sp.Expr) -> None:
    assert stabilised(formula) == stable


CROSS_ENTROPY = "-(y*log(prediction) + (1 - y)*log(1 - prediction))"


@pytest.mark.parametrize(
    ("prediction", "pointwise", "slope"),
    [
        ("1/(1 + exp(-(a*x + b)))", CROSS_ENTROPY, lambda u, y: (u > 0) - y),
        ("exp(a*x + b)/(1 + exp(a*x + b))", CROSS_ENTROPY, lambda u, y: (u > 0) - y),
        ("a*x + b", "log(cosh(prediction - y))", lambda u, y: np.sign(u - y)),
        ("a*x + b", "log(1 + exp(-y*prediction))", lambda u, y: -y * (u * y < 0)),
    ],
)
@pytest.mark.parametrize("parameters", [(1e4, 3e3), (-1e4, 3e4), (1e-3, -1e5)])
def test_far_out_the_loss_is_straight(
    notebook: Lesson,
    prediction: str,
    pointwise: str,
    slope: Callable[[np.ndarray, np.ndarray], np.ndarray],
    parameters: tuple[float, float],
) -> None:
    names = {**dict(zip("ab", notebook.parameters, strict=True)), "x": X}
    lesson = replace(
        notebook,
        prediction=parse_expression(prediction, names),
        pointwise=parse_expression(pointwise, {**names, "y": Y, "prediction": PREDICTION}),
        y=(notebook.x > notebook.x.mean()).astype(float),
    )
    loss = compile_loss(lesson)
    u = parameters[0] * lesson.x + parameters[1]
    expected = slope(u, lesson.y)
    assert np.isfinite(loss.value(parameters))
    assert loss.gradient(parameters) == pytest.approx(
        [(expected * lesson.x).mean(), expected.mean()], rel=1e-12, abs=1e-12
    )
    assert loss.hessian(parameters) == pytest.approx(np.zeros((2, 2)), abs=1e-12)


def test_numbers_beyond_all_floats_make_the_loss_infinite(notebook: Lesson) -> None:
    a, b = notebook.parameters
    huge = replace(notebook, prediction=10**100 * a * X + b, pointwise=(PREDICTION - Y) ** 12)
    assert compile_loss(huge).value([1, 1]) == np.inf
