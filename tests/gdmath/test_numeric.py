from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdmath import Lesson, NumericLoss, blockwise, compile_loss, numeric, parse_expression
from gdmath.lesson import PREDICTION, X, Y

SMALL = st.floats(-2, 2)
THETAS = arrays(np.float64, (3, 2), elements=SMALL)


@given(thetas=THETAS)
def test_the_value_is_the_mean_of_the_loss_written_by_hand(
    example_loss: NumericLoss, by_hand: Callable[..., np.ndarray], thetas: np.ndarray
) -> None:
    lesson = example_loss.lesson
    expected = [by_hand(*theta, lesson.x, lesson.y).mean() for theta in thetas]
    # log(1 − prediction) near 1 loses digits that log1p keeps: e^−10 of ε at these parameters.
    assert example_loss.value(thetas) == pytest.approx(np.array(expected), rel=1e-10, abs=1e-10)


@given(theta=arrays(np.float64, 2, elements=SMALL))
def test_the_hessian_is_the_slope_of_the_gradient(
    example_loss: NumericLoss, theta: np.ndarray
) -> None:
    nudges = 1e-5 * np.eye(2)
    slope = (example_loss.gradient(theta + nudges) - example_loss.gradient(theta - nudges)) / 2e-5
    hessian = example_loss.hessian(theta)
    # The slope is off by h² times a fourth derivative (at most 4⁴ times the loss for the
    # exponential, whose loss reaches 1e7 here) and by the rounding of the gradient over h.
    scale = 1 + np.abs(hessian).max() + abs(example_loss.value(theta))
    assert np.abs(slope - hessian).max() <= 1e-6 * scale


def test_which_losses_are_quadratic(example_loss: NumericLoss) -> None:
    expected = example_loss.lesson.title in {"ridge", "parabola through the origin"}
    assert example_loss.is_quadratic is expected


@pytest.mark.parametrize("leading", [(), (1,), (5,), (3, 4), (2, 1, 3), (0,)])
def test_leading_axes_go_through_and_change_no_number(
    example_loss: NumericLoss, leading: tuple[int, ...]
) -> None:
    thetas = np.random.default_rng(0).uniform(-1, 1, (*leading, 2))
    value, gradient = example_loss.value(thetas), example_loss.gradient(thetas)
    hessian = example_loss.hessian(thetas)
    assert value.shape == leading
    assert gradient.shape == (*leading, 2)
    assert hessian.shape == (*leading, 2, 2)
    for index in np.ndindex(leading):
        # NumPy's exp and tanh may differ in the last bits between a long array and a short one.
        assert value[index] == pytest.approx(example_loss.value(thetas[index]), rel=1e-14)
        assert gradient[index] == pytest.approx(example_loss.gradient(thetas[index]), rel=1e-12)
        assert hessian[index] == pytest.approx(example_loss.hessian(thetas[index]), rel=1e-12)


def test_blocks_change_no_number(loss: NumericLoss, monkeypatch: pytest.MonkeyPatch) -> None:
    thetas = np.random.default_rng(1).normal(size=(50, 2))
    at_once = loss.gradient(thetas)
    monkeypatch.setattr(blockwise, "BLOCK", 100)  # three of the notebook's thirty points at a time
    assert (loss.gradient(thetas) == at_once).all()


def test_predictions_and_residuals_are_those_of_the_line(
    loss: NumericLoss, notebook: Lesson
) -> None:
    thetas = np.array([[[-1.0, 1.0]], [[3.0, 8.0]]])
    x = np.array([[0.0, 0.5, 1.0]])
    predicted = loss.prediction(thetas, x)
    assert predicted.shape == (2, 1, 1, 3)
    assert predicted[:, 0, 0].tolist() == [[1, 0.5, 0], [8, 9.5, 11]]
    assert loss.prediction([2, 1], 3).shape == ()
    assert loss.residuals(thetas).shape == (2, 1, 30)
    assert (loss.residuals([-1, 1]) == -notebook.x + 1 - notebook.y).all()


def test_the_residual_the_lecture_shows(loss: NumericLoss, notebook: Lesson) -> None:
    at = int(np.flatnonzero(notebook.x == 0.8314)[0])
    residual = loss.residuals(notebook.start)[at]
    assert residual == pytest.approx(-10.3255, abs=5e-5)
    assert residual**2 == pytest.approx(106.618, abs=2e-2)


def test_relatives_of_the_loss_at_the_start(exact_loss: NumericLoss) -> None:
    value = exact_loss.value([-1, 1])
    assert 30 * value == pytest.approx(2310.409, abs=5e-4)
    assert value == pytest.approx(77.0136, abs=5e-5)
    assert np.sqrt(value) == pytest.approx(8.7757, abs=5e-5)


def test_absolute_loss_has_the_sign_for_a_slope_and_no_curvature(notebook: Lesson) -> None:
    absolute = compile_loss(replace(notebook, pointwise=sp.Abs(PREDICTION - Y)))
    residuals = absolute.residuals([3.5, 7.8])
    assert (residuals > 0).any()
    assert (residuals < 0).any()
    expected = [(np.sign(residuals) * notebook.x).mean(), np.sign(residuals).mean()]
    assert absolute.gradient([3.5, 7.8]) == pytest.approx(expected, rel=1e-14)
    assert (absolute.hessian([3.5, 7.8]) == 0).all()
    stepped = absolute.value(np.array([3.5 + 1e-20j, 7.8]))
    assert stepped.imag / 1e-20 == pytest.approx(expected[0], rel=1e-12)


def test_overflow_comes_back_as_infinity_without_a_warning(loss: NumericLoss) -> None:
    assert loss.value([1e200, 0]) == np.inf
    assert not np.isfinite(loss.gradient([np.inf, 1])).any()


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_parameters_of_another_length_are_refused(
    loss: NumericLoss, shape: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="last axis must have length 2"):
        loss.value(np.zeros(shape))


@given(indices=st.lists(st.integers(0, 19), min_size=1, max_size=30))
def test_some_points_count_and_no_other(
    example_loss: NumericLoss, by_hand: Callable[..., np.ndarray], indices: list[int]
) -> None:
    lesson, some = example_loss.lesson, example_loss.on(indices)
    theta = lesson.start + np.array([0.3, -0.2])
    x, y = lesson.x[indices], lesson.y[indices]
    assert some.x.tolist() == x.tolist()
    assert some.y.tolist() == y.tolist()
    # The rounding of a mean and of a logarithm near 1.
    assert some.value(theta) == pytest.approx(by_hand(*theta, x, y).mean(), rel=1e-12, abs=1e-13)
    each = [example_loss.on([index]) for index in indices]
    gradients = np.array([one.gradient(theta) for one in each])
    assert some.gradient(theta) == pytest.approx(gradients.mean(axis=0), rel=1e-12, abs=1e-13)
    hessians = np.array([one.hessian(theta) for one in each])
    assert some.hessian(theta) == pytest.approx(hessians.mean(axis=0), rel=1e-12, abs=1e-13)
    residuals = np.array([one.residuals(theta)[0] for one in each])
    assert some.residuals(theta) == pytest.approx(residuals, rel=1e-12, abs=1e-13)


def test_all_points_are_the_loss_itself(loss: NumericLoss) -> None:
    theta = np.random.default_rng(6).normal(size=(5, 2))
    every = loss.on(range(30))
    assert (every.gradient(theta) == loss.gradient(theta)).all()
    assert (loss.on([4]).on(range(30)).value(theta) == loss.value(theta)).all()
    assert every.lesson is loss.lesson


def test_the_points_chosen_cannot_change_afterwards(loss: NumericLoss) -> None:
    indices = np.array([1, 2])
    some = loss.on(indices)
    indices[:] = 0
    assert some.x.tolist() == loss.lesson.x[1:3].tolist()


@pytest.mark.parametrize("indices", [[], 3, [[1, 2]]])
def test_a_loss_over_no_list_of_points_is_refused(loss: NumericLoss, indices: object) -> None:
    with pytest.raises(ValueError, match="name one point or more"):
        loss.on(indices)


@pytest.mark.parametrize("pointwise", ["huber(prediction - y, 1)", "abs(prediction - y)"])
@pytest.mark.parametrize("prediction", ["a/(b + x)", "a*log(b + x)", "a*sqrt(b + x)", "a*x**b"])
def test_the_modulus_of_what_sympy_cannot_prove_real(
    notebook: Lesson, prediction: str, pointwise: str
) -> None:
    names = {str(symbol): symbol for symbol in (*notebook.parameters, X)}
    lesson = replace(
        notebook,
        prediction=parse_expression(prediction, names),
        pointwise=parse_expression(pointwise, {**names, "y": Y, "prediction": PREDICTION}),
    )
    loss, place, step = compile_loss(lesson), np.array([1.3, 0.7]), 1e-6
    ways = step * np.eye(2)
    slopes = (loss.value(place + ways) - loss.value(place - ways)) / (2 * step)
    bends = (loss.gradient(place + ways) - loss.gradient(place - ways)) / (2 * step)
    # Central differences err by step², and by rounding over step: 1e-10 of values near 10.
    np.testing.assert_allclose(loss.gradient(place), slopes, rtol=1e-7, atol=1e-8)
    np.testing.assert_allclose(loss.hessian(place), bends, rtol=1e-7, atol=1e-8)


def test_a_quadratic_over_many_points_is_known_by_its_coefficients(
    loss: NumericLoss, monkeypatch: pytest.MonkeyPatch
) -> None:
    thetas = np.random.default_rng(5).normal(size=(3, 4, 2)) * 10
    exact = [loss.value(thetas), loss.gradient(thetas), loss.hessian(thetas)]
    monkeypatch.setattr(numeric, "MANY", 10)
    few = compile_loss(loss.lesson)
    quick = [few.value(thetas), few.gradient(thetas), few.hessian(thetas)]
    for right, found in zip(exact, quick, strict=True):
        assert right.shape == found.shape
        np.testing.assert_allclose(found, right, rtol=1e-11)
    chosen = few.on(range(20))
    np.testing.assert_allclose(chosen.value(thetas), loss.on(range(20)).value(thetas), rtol=1e-11)
    slope = few.value(np.array([1 + 1e-30j, 2])).imag / 1e-30
    assert slope == pytest.approx(loss.gradient([1, 2])[0], rel=1e-12)
