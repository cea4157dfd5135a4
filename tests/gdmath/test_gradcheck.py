from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdmath import NumericLoss, check_gradient


def thousandths(largest: int) -> st.SearchStrategy[float]:
    """Numbers as data have them: log(cosh(1e-29)) is another subject, and loses all its digits."""
    return st.integers(-1000 * largest, 1000 * largest).map(lambda number: number / 1000)


DATA = arrays(np.float64, (2, 7), elements=thousandths(3))
PARAMETERS = arrays(np.float64, 2, elements=thousandths(2))


@given(data=DATA, parameters=PARAMETERS)
def test_gradients_agree_for_any_points_and_parameters(
    example_loss: NumericLoss, data: np.ndarray, parameters: np.ndarray
) -> None:
    x, y = data
    assume(np.ptp(x) > 0)
    elsewhere = replace(example_loss, lesson=replace(example_loss.lesson, x=x, y=y))
    check = check_gradient(elsewhere, parameters)
    assert check.agrees, check


@given(data=DATA, parameters=arrays(np.float64, 2, elements=thousandths(1000)))
def test_gradients_of_a_line_agree_far_away_too(
    loss: NumericLoss, data: np.ndarray, parameters: np.ndarray
) -> None:
    x, y = data
    assume(np.ptp(x) > 0)
    elsewhere = replace(loss, lesson=replace(loss.lesson, x=x, y=y))
    check = check_gradient(elsewhere, parameters)
    assert check.agrees, check


def test_rounding_at_the_minimum_is_no_disagreement(exact_loss: NumericLoss) -> None:
    assert check_gradient(exact_loss, [3, 8]).agrees


def test_rounding_of_a_large_loss_is_no_disagreement(loss: NumericLoss) -> None:
    # The loss is 2e8, of which a difference over 6e-6 keeps a slope to some 1e-2, and the slope
    # itself is about one.
    lesson = replace(loss.lesson, x=[-1, 0, 1], y=[1e4, -2e4, 1e4])
    assert check_gradient(replace(loss, lesson=lesson), [0.7, 0.3]).agrees


@pytest.mark.parametrize("wrong", [1 + 1e-9, 1.0001, -1.0, 30.0])
def test_a_wrong_gradient_is_caught(loss: NumericLoss, wrong: float) -> None:
    class Wrong(NumericLoss):
        def gradient(self, parameters: object) -> np.ndarray:
            return wrong * loss.gradient(parameters)

    broken = Wrong(**{field.name: getattr(loss, field.name) for field in fields(loss)})
    assert not check_gradient(broken, [-1, 1]).agrees


def test_a_forward_difference_is_off_by_the_curvature(exact_loss: NumericLoss) -> None:
    h = 0.1
    forward = (exact_loss.value([[-1 + h, 1], [-1, 1 + h]]) - exact_loss.value([-1, 1])) / h
    assert forward[0] == pytest.approx(-8.0640, abs=5e-5)
    # Exactly h·(mean x², 1) for a quadratic; what remains is rounding of the loss over h.
    error = forward - exact_loss.gradient([-1, 1])
    assert error == pytest.approx(h * np.array([0.271950921667, 1]), abs=1e-12)
