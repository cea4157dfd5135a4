import numpy as np
import pytest

from gdmath import NumericLoss, difference_errors, forward_difference, secant
from gdmath.differences import central_difference

NUDGES = 10.0 ** np.arange(-15, 1)
EPSILON = np.finfo(float).eps


def test_the_nudge_of_the_lecture(exact_loss: NumericLoss) -> None:
    assert forward_difference(exact_loss, [-1, 1], 0, 0.1) == pytest.approx(-8.0640, abs=5e-5)
    assert exact_loss.gradient([-1, 1])[0] == pytest.approx(-8.0912, abs=5e-5)


@pytest.mark.parametrize(("index", "half_curvature"), [(0, 0.271950921667), (1, 1.0)])
@pytest.mark.parametrize("h", [2.0, 0.1, -0.1, 1e-3])
def test_a_forward_difference_is_off_by_half_the_curvature_times_the_nudge(
    exact_loss: NumericLoss, index: int, half_curvature: float, h: float
) -> None:
    difference = forward_difference(exact_loss, [-1, 1], index, h)
    error = difference - exact_loss.gradient([-1, 1])[index]
    # Exactly so for a quadratic loss, but for the rounding of the loss, some ten ε·77, over h.
    assert error == pytest.approx(h * half_curvature, abs=1e-12 + 10 * EPSILON * 77 / abs(h))
    (shown,) = difference_errors(exact_loss, [-1, 1], index, [h])
    assert shown == abs(error)


@pytest.mark.parametrize("index", [0, 1])
def test_a_central_difference_of_a_quadratic_is_exact(exact_loss: NumericLoss, index: int) -> None:
    errors = difference_errors(exact_loss, [-1, 1], index, NUDGES, kind="central")
    assert (errors <= 1e-13 + 10 * EPSILON * 77 / NUDGES).all()


def test_the_error_of_a_smaller_nudge_turns_up_again(exact_loss: NumericLoss) -> None:
    errors = difference_errors(exact_loss, [-1, 1], 0, NUDGES)
    best = NUDGES[errors.argmin()]
    # ½h·L″ and ε|L|/h are equal at 2e-7.
    assert 1e-9 < best < 1e-6
    assert errors[0] > 1e3 * errors.min()
    assert errors[-1] > 1e3 * errors.min()


def test_halving_the_nudge_halves_or_quarters_the_error(example_loss: NumericLoss) -> None:
    theta = example_loss.lesson.start + np.array([0.3, 0.2])
    # So small that the next order hardly counts, so large that rounding does not yet. In its first
    # parameter the exponential decay is quadratic, too; in their second all but two bend.
    wide, narrow = difference_errors(example_loss, theta, 1, [2e-3, 1e-3])
    assert wide / narrow == pytest.approx(2, rel=0.02)
    wide, narrow = difference_errors(example_loss, theta, 1, [2e-3, 1e-3], kind="central")
    if example_loss.is_quadratic:
        assert max(wide, narrow) < 1e-11
    else:
        assert wide / narrow == pytest.approx(4, rel=0.02)


@pytest.mark.parametrize("index", [0, 1])
def test_the_slope_of_the_secant_is_the_forward_difference(
    example_loss: NumericLoss, index: int
) -> None:
    theta = np.array([0.4, -0.3])
    (here, low), (there, high) = secant(example_loss, theta, index, 0.25)
    moved = theta + 0.25 * np.eye(2)[index]
    assert (here, there) == (theta[index], moved[index])
    assert (low, high) == pytest.approx(
        (example_loss.value(theta), example_loss.value(moved)), rel=1e-14
    )
    slope = (high - low) / (there - here)
    assert forward_difference(example_loss, theta, index, 0.25) == pytest.approx(slope, rel=1e-12)


@pytest.mark.parametrize("difference", [forward_difference, central_difference])
@pytest.mark.parametrize("shape", [(), (1,), (3, 4)])
def test_nudges_of_any_shape(
    loss: NumericLoss, difference: type(forward_difference), shape: tuple[int, ...]
) -> None:
    nudges = np.random.default_rng(0).uniform(0.1, 1, shape)
    slopes = difference(loss, [-1, 1], 1, nudges)
    assert np.shape(slopes) == shape
    for place in np.ndindex(shape):
        assert slopes[place] == difference(loss, [-1, 1], 1, nudges[place])


def test_no_nudge_no_slope(loss: NumericLoss) -> None:
    assert np.isnan(forward_difference(loss, [-1, 1], 0, 0.0))
    assert np.isnan(central_difference(loss, [-1, 1], 0, 0.0))


def test_another_kind_of_difference_is_refused(loss: NumericLoss) -> None:
    with pytest.raises(ValueError, match="'backward'; it must be forward or central"):
        difference_errors(loss, [-1, 1], 0, [0.1], kind="backward")
