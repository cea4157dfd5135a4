from dataclasses import fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdmath import NumericLoss, gradient_errors
from tests.gdmath.oracles import complex_steps, over


def thousandths(largest: int) -> st.SearchStrategy[float]:
    """Numbers as data have them: log(cosh(1e-29)) is another subject, and loses all its digits."""
    return st.integers(-1000 * largest, 1000 * largest).map(lambda number: number / 1000)


DATA = arrays(np.float64, (2, 7), elements=thousandths(3))
PARAMETERS = arrays(np.float64, 2, elements=thousandths(2))


def agrees(loss: NumericLoss, parameters: np.ndarray) -> bool:
    """Whether central differences and complex steps, which know no formula, find the gradient."""
    theta, symbolic = np.asarray(parameters, dtype=float), loss.gradient(parameters)
    length, curvature = np.maximum(1, np.abs(theta)), np.diagonal(loss.hessian(theta))
    scale = np.max([np.abs(symbolic), abs(loss.value(theta)) / length, curvature * length], axis=0)
    # Rounding and truncation leave ε^(2/3) ≈ 4e-11 each, the rest is for third derivatives up to
    # 1e4 times the scale; of a complex step only the rounding of a mean is left.
    central = gradient_errors(loss, theta) <= 1e-6
    complex_ = np.abs(complex_steps(loss, theta) - symbolic) <= 1e-12 * scale
    return bool(central.all() and complex_.all())


@given(data=DATA, parameters=PARAMETERS)
def test_gradients_agree_for_any_points_and_parameters(
    example_loss: NumericLoss, data: np.ndarray, parameters: np.ndarray
) -> None:
    assume(np.ptp(data[0]) > 0)
    assert agrees(over(example_loss, *data), parameters)


@given(data=DATA, parameters=arrays(np.float64, 2, elements=thousandths(1000)))
def test_gradients_of_a_line_agree_far_away_too(
    loss: NumericLoss, data: np.ndarray, parameters: np.ndarray
) -> None:
    assume(np.ptp(data[0]) > 0)
    assert agrees(over(loss, *data), parameters)


def test_rounding_at_the_minimum_is_no_disagreement(exact_loss: NumericLoss) -> None:
    assert agrees(exact_loss, [3, 8])


def test_rounding_of_a_large_loss_is_no_disagreement(loss: NumericLoss) -> None:
    # The loss is 2e8, of which a difference over 6e-6 keeps a slope to some 1e-2, and the slope
    # itself is about one.
    assert agrees(over(loss, [-1, 0, 1], [1e4, -2e4, 1e4]), [0.7, 0.3])


@pytest.mark.parametrize("wrong", [1 + 1e-9, 1.0001, -1.0, 30.0])
def test_a_wrong_gradient_is_caught(loss: NumericLoss, wrong: float) -> None:
    class Wrong(NumericLoss):
        def gradient(self, parameters: object) -> np.ndarray:
            return wrong * loss.gradient(parameters)

    broken = Wrong(**{field.name: getattr(loss, field.name) for field in fields(loss)})
    assert not agrees(broken, [-1, 1])


def test_a_forward_difference_is_off_by_the_curvature(exact_loss: NumericLoss) -> None:
    h = 0.1
    forward = (exact_loss.value([[-1 + h, 1], [-1, 1 + h]]) - exact_loss.value([-1, 1])) / h
    assert forward[0] == pytest.approx(-8.0640, abs=5e-5)
    # Exactly h·(mean x², 1) for a quadratic; what remains is rounding of the loss over h.
    error = forward - exact_loss.gradient([-1, 1])
    assert error == pytest.approx(h * np.array([0.271950921667, 1]), abs=1e-12)
