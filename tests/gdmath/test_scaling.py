"""The line drawn stays the same, and a descent in z is one in x with another yardstick."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdmath import (
    Lesson,
    LessonError,
    NumericLoss,
    PlainDescent,
    Scaling,
    centred,
    compile_loss,
    convergence,
    descend,
    in_units,
    standardised,
)
from gdmath.lesson import PREDICTION, X, Y
from tests.gdmath.bowls import POINTS
from tests.gdmath.oracles import over

SCALINGS: dict[str, Callable[[Lesson], Scaling]] = {
    "centred": centred,
    "standardised": standardised,
    "in percent": lambda lesson: in_units(lesson, 100),
    "mirrored": lambda lesson: in_units(lesson, -1),
}
THETAS = arrays(np.float64, (4, 2), elements=st.floats(-10, 10))


@pytest.fixture(scope="module", params=SCALINGS.values(), ids=SCALINGS.keys())
def rescale(request: pytest.FixtureRequest) -> Callable[[Lesson], Scaling]:
    return request.param


@given(points=POINTS, thetas=THETAS)
def test_a_line_and_its_loss_stay_what_they_are(
    loss: NumericLoss, rescale: Callable[[Lesson], Scaling], points: np.ndarray, thetas: np.ndarray
) -> None:
    elsewhere = over(loss, *points)
    scaling = rescale(elsewhere.lesson)
    scaled = replace(loss, lesson=scaling.lesson)
    renamed = scaling.from_original(thetas)
    # In z there are terms up to 10·3/0.1, whose rounding is left when they cancel.
    assert scaled.residuals(renamed) == pytest.approx(elsewhere.residuals(thetas), abs=1e-11)
    assert scaled.value(renamed) == pytest.approx(elsewhere.value(thetas), rel=1e-10, abs=1e-10)
    assert scaling.to_original(renamed) == pytest.approx(thetas, abs=1e-11)
    assert scaling.lesson.start.tolist() == scaling.from_original(loss.lesson.start).tolist()


@pytest.mark.parametrize("kind", ["weight", "ridge", "intercept first"])
def test_so_it_is_with_a_weight_a_ridge_and_in_another_order(
    notebook: Lesson, rescale: Callable[[Lesson], Scaling], kind: str
) -> None:
    a, b = notebook.parameters
    square = (PREDICTION - Y) ** 2
    lesson = {
        "weight": replace(notebook, pointwise=(1 + X**2) * square),
        "ridge": replace(notebook, pointwise=square + a**2 / 10 + sp.Abs(b)),
        "intercept first": replace(
            notebook, prediction=b * X + a, pointwise=square + a**2 / 10 + sp.Abs(b)
        ),
    }[kind]
    scaling = rescale(lesson)
    thetas = np.random.default_rng(0).normal(scale=5, size=(10, 2))
    expected = compile_loss(lesson).value(thetas)
    told = compile_loss(scaling.lesson).value(scaling.from_original(thetas))
    assert told == pytest.approx(expected, rel=1e-12)
    assert scaling.to_original(scaling.from_original(thetas)) == pytest.approx(thetas, abs=1e-13)


@given(points=POINTS, start=arrays(np.float64, 2, elements=st.floats(-5, 5)))
def test_a_descent_in_z_is_one_in_x_with_another_yardstick(
    loss: NumericLoss, rescale: Callable[[Lesson], Scaling], points: np.ndarray, start: np.ndarray
) -> None:
    x, y = points
    elsewhere = replace(loss, lesson=replace(loss.lesson, x=x, y=y, start=start))
    scaling = rescale(elsewhere.lesson)
    scaled = replace(loss, lesson=scaling.lesson)
    rate = 0.5 / np.linalg.eigvalsh(scaled.hessian(start))[-1]
    run = descend(scaled, PlainDescent(rate), scaling.lesson.start, 20)
    # θ = Mθ′ + … makes ∇′L = Mᵀ∇L, and so the step −η M Mᵀ∇L in x.
    origin, first, second = scaling.to_original([[0, 0], [1, 0], [0, 1]])
    m = np.stack([first - origin, second - origin], axis=-1)
    theta = start
    for step in range(20):
        theta = theta - rate * m @ m.T @ elsewhere.gradient(theta)
        # Some ε a step, of terms up to 3000.
        assert scaling.to_original(run.parameters[step + 1]) == pytest.approx(theta, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "condition_number", "bound"),
    [
        ("centred", 10.71, 1.0),
        ("standardised", 1.0, 1.0),
        ("in percent", 7921, 0.000368),
        ("mirrored", 15.25, 0.837731),
    ],
)
def test_the_bowls_of_the_lecture(
    exact_notebook: Lesson, name: str, condition_number: float, bound: float
) -> None:
    scaling = SCALINGS[name](exact_notebook)
    theory = convergence(compile_loss(scaling.lesson))
    # Half a unit of the last digit given.
    assert theory.condition_number == pytest.approx(condition_number, rel=5e-4)
    assert theory.largest_stable_rate == pytest.approx(bound, rel=2e-3)
    assert scaling.to_original(theory.minimum) == pytest.approx(np.array([3, 8]), abs=1e-12)


def test_standardised_the_target_is_one_step_away(exact_notebook: Lesson) -> None:
    scaling = standardised(exact_notebook)
    loss = compile_loss(scaling.lesson)
    assert loss.hessian(scaling.lesson.start) == pytest.approx(2 * np.eye(2), abs=1e-13)
    (reached,) = descend(loss, PlainDescent(0.5), scaling.lesson.start, 1).parameters[1:]
    assert reached == pytest.approx([0.916881932475, 9.26763], abs=1e-12)
    assert scaling.to_original(reached) == pytest.approx(np.array([3, 8]), abs=1e-12)


def test_in_percent_the_notebooks_rate_explodes(notebook: Lesson) -> None:
    scaling = in_units(notebook, 100)
    losses = descend(compile_loss(scaling.lesson), PlainDescent(0.01), [-0.01, 1], 10).losses
    assert (losses[1:] > 100 * losses[:-1]).all()


def test_what_is_centred_has_its_mean_at_zero(notebook: Lesson) -> None:
    assert centred(notebook).lesson.x == pytest.approx(notebook.x - notebook.x.mean(), abs=0)
    z = standardised(notebook).lesson.x
    assert z.mean() == pytest.approx(0, abs=1e-15)
    assert z.std() == pytest.approx(1, abs=1e-15)
    assert in_units(notebook, 100).lesson.x == pytest.approx(100 * notebook.x, rel=1e-15)


def test_the_plain_loss_keeps_its_formula(
    notebook: Lesson, rescale: Callable[..., Scaling]
) -> None:
    lesson = rescale(notebook).lesson
    assert lesson.pointwise == notebook.pointwise
    assert lesson.prediction == notebook.prediction


def test_a_line_written_otherwise_is_a_line(notebook: Lesson) -> None:
    a, b = notebook.parameters
    written = replace(notebook, prediction=sp.Mul(2, b / 2 + a * X / 2, evaluate=False))
    assert centred(written).lesson.x.tolist() == centred(notebook).lesson.x.tolist()


@pytest.mark.parametrize("prediction", ["a*x**2 + b", "2*a*x + b", "b*exp(-a*x)"])
def test_what_is_no_line_is_refused(
    notebook: Lesson, rescale: Callable[..., Scaling], prediction: str
) -> None:
    a, b = notebook.parameters
    formula = sp.sympify(prediction, {"a": a, "b": b, "x": X})
    with pytest.raises(LessonError, match=r"the prediction is .*; only a line, a\*x \+ b, can be"):
        rescale(replace(notebook, prediction=formula))
