"""Holes in a formula, 0/0 and 0·log 0, are filled by the limit; poles are left as they are."""

from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, compile_loss, convergence, load_lesson, parse_expression
from gdmath.lesson import PREDICTION, X, Y
from tests.gdmath.oracles import complex_steps

SQUARED = "(prediction - y)**2"
DEVIANCE = "prediction - y + y*log(y/prediction)"
"""Of Poisson counts, halved; a count of zero makes its last term 0·log 0, which is 0."""


def lesson_about(
    prediction: str, pointwise: str, start: list[float], x: list[float] | None = None
) -> Lesson:
    """Five points of which the first is (0, 0), unless other x are given."""
    a, b = sp.symbols("a b", real=True)
    names = {"a": a, "b": b, "x": X}
    return Lesson(
        title="",
        parameters=(a, b),
        prediction=parse_expression(prediction, names),
        pointwise=parse_expression(pointwise, {**names, "y": Y, "prediction": PREDICTION}),
        x=np.array(x or [0.0, 1, 2, 3, 4]),
        y=np.array([0, 1.2, 3.9, 7.7, 12.8]),
        start=np.array(start),
        learning_rate=0.001,
        steps=10,
        steps_per_frame=1,
    )


@pytest.mark.parametrize(
    ("prediction", "pointwise", "start", "at_zero"),
    [
        ("a*x**b", SQUARED, [1.2, 1.5], 0),
        ("a*x**b", SQUARED, [-1.2, 0.5], 0),
        ("a*x**b/(1 + x**b)", SQUARED, [2, 1.5], 0),
        ("exp(-(x/a)**b)", SQUARED, [2, 1.5], 1),
        ("a*x*log(x) + b", SQUARED, [2, 1.5], 1.5),
        ("a*sin(b*x)/x", SQUARED, [2, 1.5], 3),
        ("a*(1 - exp(-b*x))/x", SQUARED, [2, 1.5], 3),
        ("a*exp(-b/x)", SQUARED, [2, 1.5], 0),
        ("a*x + b", DEVIANCE, [2, 1.5], 1.5),
    ],
)
def test_a_hole_is_filled_in_value_and_derivatives(
    prediction: str, pointwise: str, start: list[float], at_zero: float
) -> None:
    loss = compile_loss(lesson_about(prediction, pointwise, start))
    assert loss.prediction(start, 0.0) == at_zero
    # Beside the hole the formula itself is defined, and there is nothing to fill.
    beside = compile_loss(lesson_about(prediction, pointwise, start, x=[1e-9, 1, 2, 3, 4]))
    if pointwise == SQUARED:
        assert loss.value(start) == pytest.approx(beside.value(start), abs=1e-4)
        assert loss.gradient(start) == pytest.approx(beside.gradient(start), abs=1e-3)
        assert loss.hessian(start) == pytest.approx(beside.hessian(start), abs=1e-2)
    assert loss.gradient(start) == pytest.approx(complex_steps(loss, start), rel=1e-12)


def test_a_filled_hole_bends_no_loss() -> None:
    assert compile_loss(lesson_about("a*x*log(x) + b", SQUARED, [2, 1.5])).is_quadratic
    assert not compile_loss(lesson_about("a*x**b", SQUARED, [2, 1.5])).is_quadratic


@pytest.mark.parametrize(
    ("prediction", "start", "x"),
    [
        ("a/x + b", [1, 1], None),
        ("a*log(x) + b", [1, 1], None),
        ("a*x**b", [1, -0.5], None),
        ("a*abs(x)/x + b", [1, 1], [-1, 0, 1, 2, 3]),
        ("a*x + log(b - 2)", [1, 1], None),
    ],
)
def test_a_pole_or_a_jump_is_no_hole(
    prediction: str, start: list[float], x: list[float] | None
) -> None:
    loss = compile_loss(lesson_about(prediction, SQUARED, start, x))
    assert not np.isfinite(loss.gradient(start)).all()


def test_a_limit_holds_only_for_the_signs_that_it_supposes() -> None:
    loss = compile_loss(lesson_about("a*x**b", SQUARED, [1, 1]))
    assert np.isfinite(loss.value([-1, 0.1]))
    assert loss.value([1, -0.1]) == np.inf


def test_a_power_law_may_begin_at_the_origin() -> None:
    lesson = load_lesson(Path(__file__).parent / "cases" / "power_zero_x.toml")
    loss = compile_loss(lesson)
    assert loss.gradient(lesson.start) == pytest.approx([-21.32, -26.768782], abs=1e-6)
    # By hand: that of the other four points, which decide alone.
    assert convergence(loss).minimum == pytest.approx([1.166532, 1.726298], abs=1e-6)
