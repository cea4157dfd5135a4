"""About a minimum: rings against the loss itself, a descent against the closed form."""

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, compile_loss, convergence
from gdmath.lesson import PREDICTION, X, Y
from gdmath.local_quadratic import AS_GOOD_AS, descent_close_by, quadratic_reach, rays

REACH = 0.8


def test_in_its_reach_a_loss_is_as_good_as_quadratic(example_loss: NumericLoss) -> None:
    theory = convergence(example_loss)
    reach = quadratic_reach(example_loss, theory, REACH)
    assert 0 < reach <= REACH
    assert (reach == REACH) or not example_loss.is_quadratic
    within = np.random.default_rng(5).normal(size=(200, 2))
    within *= reach / np.linalg.norm(within, axis=1, keepdims=True)
    heights = example_loss.value(theory.minimum + within) - theory.minimum_loss
    # A curvature that is off by a share makes the height off by no more than that share.
    assert heights == pytest.approx(
        theory.loss_parts(theory.minimum + within).sum(axis=1), rel=0.06
    )
    assert AS_GOOD_AS < 0.06


def test_a_ring_lies_at_its_height(example_loss: NumericLoss) -> None:
    theory = convergence(example_loss)
    around = rays(example_loss, theory, REACH)
    lowest = float(example_loss.value(theory.minimum + around.ring(1e-6)).min())
    for height in (1e-6, 1e-3):
        ring = around.ring(height)
        within = np.linalg.norm(ring, axis=1) < around.reach
        assert within.any()
        heights = example_loss.value(theory.minimum + ring[within]) - theory.minimum_loss
        # The loss is known to 1e-16 of itself, and itself is below 1.
        assert heights == pytest.approx(height, rel=1e-6)
        assert ring[0].tolist() == ring[-1].tolist()
    assert lowest > theory.minimum_loss


def test_close_by_each_part_shrinks_by_its_factor(example_loss: NumericLoss) -> None:
    theory, lesson = convergence(example_loss), example_loss.lesson
    reach = quadratic_reach(example_loss, theory, REACH)
    run = descent_close_by(example_loss, theory, reach)
    parts = np.abs(theory.coordinates(run.parameters))
    assert parts[0] == pytest.approx(np.full(2, reach / np.sqrt(2)))
    # A factor to the power t of a curvature that is off by 5 % is off by 5 % of its exponent, and
    # that is at most the logarithm of ten.
    promised = np.abs(
        theory.coordinates(theory.predict(run.parameters[0], lesson.learning_rate, run.steps))
    )
    assert parts[:, 0] == pytest.approx(promised[:, 0], rel=0.12)


@pytest.mark.parametrize("reach", [2.0, 4.0])
def test_rings_end_before_a_pole_of_the_loss(reach: float) -> None:
    first, second = parameters = sp.symbols("V K", real=True)
    x = np.linspace(0.2, 10, 20)
    prediction, pointwise = first * X / (second + X), (PREDICTION - Y) ** 2
    noisy = 4 * x / (1.5 + x) + np.random.default_rng(1).normal(0, 0.1, 20)
    start = np.array([2.0, 1.0])
    lesson = Lesson("poles", parameters, prediction, pointwise, x, noisy, start, 0.3, 600, 10)
    loss = compile_loss(lesson)
    theory = convergence(loss)
    # The window holds K = −0.2, where the first prediction is infinite.
    around = rays(loss, theory, reach)
    assert 0.5 < around.reach < reach
    for height in np.geomspace(1e-3, around.highest, 100):
        ring = around.ring(height)
        within = np.linalg.norm(ring, axis=1) < around.reach
        heights = loss.value(theory.minimum + ring[within]) - theory.minimum_loss
        assert heights == pytest.approx(height, rel=1e-5)
