"""What theory promises of momentum, against the eigenvalues of a step and against the loop."""

import numpy as np
import pytest
from hypothesis import given

from gdmath import Convergence, Lesson, Momentum, NumericLoss, PlainDescent, convergence, descend
from tests.gdmath.bowls import POINTS, on
from tests.gdmath.oracles import over


def largest_factor(theory: Convergence, rate: float, momentum: float) -> float:
    """What θ and v together are multiplied by a step, in the long run, with momentum."""
    velocity = np.hstack([momentum * np.eye(2), theory.hessian])
    place = np.hstack([-rate * momentum * np.eye(2), np.eye(2) - rate * theory.hessian])
    return float(np.abs(np.linalg.eigvals(np.vstack([velocity, place]))).max())


def test_the_facts_of_momentum(theory: Convergence) -> None:
    assert theory.best_momentum == pytest.approx((1.0620, 0.3508), abs=5e-5)
    assert theory.momentum_bound(0.0) == theory.largest_stable_rate
    assert theory.momentum_bound(0.9) == pytest.approx(2 * 1.9 / 2.387400129224, abs=1e-11)


@pytest.mark.parametrize("momentum", [0.0, 0.3508, 0.9])
def test_what_a_step_keeps_is_the_largest_factor(theory: Convergence, momentum: float) -> None:
    rates = np.linspace(0.01, 1.3, 30)
    largest = [largest_factor(theory, rate, momentum) for rate in rates]
    assert theory.kept(rates, momentum).max(axis=-1) == pytest.approx(largest, rel=1e-6)


@pytest.mark.parametrize("momentum", [0.0, 0.3508, 0.9, 0.99])
def test_with_momentum_the_bound_is_where_growing_begins(
    theory: Convergence, momentum: float
) -> None:
    bound = theory.momentum_bound(momentum)
    assert largest_factor(theory, bound * (1 - 1e-6), momentum) < 1
    assert largest_factor(theory, bound * (1 + 1e-6), momentum) > 1


def test_beyond_the_bound_momentum_runs_away(exact_loss: NumericLoss, theory: Convergence) -> None:
    below, above = (
        descend(exact_loss, Momentum(share * theory.momentum_bound(0.9), 0.9), [-1, 1], 1000).losses
        for share in (0.98, 1.02)
    )
    assert below[-1] < 1e-6
    assert above[-1] > 1e6


@given(points=POINTS)
def test_no_momentum_does_better_than_the_best(loss: NumericLoss, points: np.ndarray) -> None:
    theory = convergence(over(loss, *points))
    rate, momentum = theory.best_momentum
    best = largest_factor(theory, rate, momentum)
    # The two factors of a direction meet here, and a double root is known to √ε, magnified by what
    # the two directions lie apart.
    slack = 1e-6
    assert best == pytest.approx(np.sqrt(momentum), abs=slack)
    for rate_share in (0.9, 0.99, 1, 1.01, 1.1):
        for momentum_shift in (-0.05, -0.01, 0, 0.01, 0.05):
            other = largest_factor(theory, rate_share * rate, max(0, momentum + momentum_shift))
            assert other >= best - slack


def test_the_best_momentum_beats_the_best_rate(
    exact_loss: NumericLoss, theory: Convergence
) -> None:
    with_momentum = descend(exact_loss, Momentum(*theory.best_momentum), [-1, 1], 40)
    without = descend(exact_loss, PlainDescent(theory.best_rate), [-1, 1], 40)
    # A double root costs a factor of the number of steps, here once for each.
    expected = 40 * np.sqrt(theory.best_momentum[1]) ** 40
    distance = np.hypot(*(with_momentum.parameters[-1] - theory.minimum))
    assert expected / 10 < distance / np.hypot(4, 7) < 10 * expected
    assert with_momentum.losses[-1] < 1e-10 * without.losses[-1]


def test_a_round_bowl_needs_no_momentum(exact_notebook: Lesson) -> None:
    x = exact_notebook.x
    theory = on((x - x.mean()) / x.std(), exact_notebook)
    assert theory.best_momentum == pytest.approx((0.5, 0.0), abs=1e-14)
