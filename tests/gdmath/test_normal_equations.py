from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Lesson,
    LessonError,
    NumericLoss,
    compile_loss,
    convergence,
    normal_equations,
    two_basins,
)
from gdmath.lesson import PREDICTION, X, Y


def fitted(x: list[Fraction], y: list[Fraction]) -> tuple[Fraction, Fraction]:
    """The line through the mean of the points whose slope is cov(x, y)/var(x)."""
    mean_x, mean_y = sum(x, Fraction()) / len(x), sum(y, Fraction()) / len(y)
    covariance = sum((u - mean_x) * (v - mean_y) for u, v in zip(x, y, strict=True))
    slope = Fraction(covariance, sum((u - mean_x) ** 2 for u in x))
    return slope, mean_y - slope * mean_x


def decimals(values: np.ndarray) -> list[Fraction]:
    """What four-digit data say on paper."""
    return [Fraction(round(10_000 * value), 10_000) for value in values.tolist()]


def test_exact_points_give_three_and_eight(notebook: Lesson) -> None:
    exact = [3 * x + 8 for x in decimals(notebook.x)]
    equations = normal_equations(replace(notebook, y=[float(y) for y in exact]))
    assert equations.solution == pytest.approx([3, 8], abs=1e-13)


def test_the_printed_points_give_almost_that(notebook: Lesson) -> None:
    equations = normal_equations(notebook)
    assert [f"{value:.5f}" for value in equations.solution] == ["2.99998", "8.00000"]
    exact = fitted(decimals(notebook.x), decimals(notebook.y))
    assert equations.solution == pytest.approx([float(value) for value in exact], abs=1e-13)


def test_the_equations_are_those_of_the_line(notebook: Lesson) -> None:
    equations, x, y = normal_equations(notebook), notebook.x, notebook.y
    assert equations.design.tolist() == [[value, 1.0] for value in x.tolist()]
    sums = [[(x * x).sum(), x.sum()], [x.sum(), 30]]
    assert equations.matrix == pytest.approx(np.array(sums), rel=1e-14)
    assert equations.right_side == pytest.approx([(x * y).sum(), y.sum()], rel=1e-14)


def test_they_say_that_the_gradient_vanishes(loss: NumericLoss) -> None:
    equations = normal_equations(loss.lesson)
    # H = 2XᵀX/n and ∇L = 2(XᵀXθ − Xᵀy)/n.
    assert loss.hessian([0, 0]) == pytest.approx(equations.matrix * 2 / 30, rel=1e-14)
    for theta in ([0, 0], [-1, 1], [5, -3]):
        left_over = equations.matrix @ theta - equations.right_side
        assert loss.gradient(theta) == pytest.approx(left_over * 2 / 30, rel=1e-12)
    assert loss.gradient(equations.solution) == pytest.approx(np.zeros(2), abs=1e-13)


@pytest.mark.parametrize(
    ("prediction", "features"),
    [
        ("a*x**2 + b*x", lambda x: [x**2, x]),
        ("b + a/(1 + x**2)", lambda x: [1 / (1 + x**2), 1 + 0 * x]),
        ("3*a*x + x**3 - b", lambda x: [3 * x, -1 + 0 * x]),
        ("a*exp(x) + b*sin(x) + 2", lambda x: [np.exp(x), np.sin(x)]),
    ],
)
@pytest.mark.parametrize("factor", [1, 3])
def test_any_prediction_linear_in_its_parameters_will_do(
    notebook: Lesson, prediction: str, features: object, factor: int
) -> None:
    a, b = notebook.parameters
    formula = sp.sympify(prediction, {"a": a, "b": b, "x": X})
    lesson = replace(notebook, prediction=formula, pointwise=factor * (Y - PREDICTION) ** 2)
    equations = normal_equations(lesson)
    design = np.stack(features(lesson.x), axis=-1)
    assert equations.design == pytest.approx(design, rel=1e-14)
    minimum = convergence(compile_loss(lesson)).minimum
    # The condition number of XᵀX is up to 1e4 here.
    assert equations.solution == pytest.approx(minimum, rel=1e-10)


@pytest.mark.parametrize(
    "pointwise",
    [
        sp.Abs(PREDICTION - Y),
        (PREDICTION - Y) ** 4,
        -((PREDICTION - Y) ** 2),
        X**2 * (PREDICTION - Y) ** 2,
        (PREDICTION - Y) ** 2 + 1,
    ],
)
def test_another_loss_has_no_normal_equations(notebook: Lesson, pointwise: sp.Expr) -> None:
    with pytest.raises(LessonError, match=r"the pointwise loss is .*; normal equations need"):
        normal_equations(replace(notebook, pointwise=pointwise))


def test_which_examples_have_normal_equations(example_loss: NumericLoss) -> None:
    lesson = example_loss.lesson
    if lesson.title == "parabola through the origin":
        minimum = convergence(example_loss).minimum
        assert normal_equations(lesson).solution == pytest.approx(minimum, rel=1e-10)
    else:
        with pytest.raises(LessonError, match="normal equations need"):
            normal_equations(lesson)


def test_nor_has_a_prediction_that_bends_in_its_parameters() -> None:
    with pytest.raises(LessonError, match=r"need one that is linear in a and b"):
        normal_equations(two_basins())


def test_points_that_leave_a_choice_are_refused(notebook: Lesson) -> None:
    a, b = notebook.parameters
    with pytest.raises(LessonError, match="do not determine the parameters"):
        normal_equations(replace(notebook, prediction=(a + 2 * b) * X))


def test_a_feature_with_a_hole_has_its_limit_there(notebook: Lesson) -> None:
    a, b = notebook.parameters
    logarithm = replace(notebook, prediction=a * X * sp.log(X) + b, x=[0, 1, 2], y=[1, 1, 3])
    design = [[0, 1], [0, 1], [2 * np.log(2), 1]]
    assert normal_equations(logarithm).design == pytest.approx(np.array(design))
