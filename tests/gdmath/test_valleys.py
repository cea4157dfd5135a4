from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Lesson,
    Momentum,
    NumericLoss,
    PlainDescent,
    Trajectory,
    basin_of,
    compile_loss,
    convergence,
    descend,
    mistakes,
    stationary_points,
    two_basins,
)
from gdmath.lesson import PREDICTION, Y

SQUARE = ((-3.0, 3.0), (-3.0, 3.0))
PLAIN = PlainDescent(0.03)


@pytest.fixture(scope="module")
def basins() -> NumericLoss:
    return compile_loss(two_basins())


@pytest.fixture(scope="module")
def run(basins: NumericLoss) -> Trajectory:
    lesson = basins.lesson
    return descend(basins, PlainDescent(lesson.learning_rate), lesson.start, lesson.steps)


def slope_by_hand(theta: np.ndarray) -> np.ndarray:
    """The gradient of mean (a tanh(b x) − 2 tanh(x))² over x = −3, −2.5 … 3, for (..., 2)."""
    x = np.arange(-6, 7) / 2
    a, b = theta[..., :1], theta[..., 1:]
    residual = a * np.tanh(b * x) - 2 * np.tanh(x)
    first = 2 * residual * np.tanh(b * x)
    second = 2 * residual * a * x / np.cosh(b * x) ** 2
    return np.stack([first.mean(axis=-1), second.mean(axis=-1)], axis=-1)


def test_two_minima_and_a_saddle_between_them(basins: NumericLoss) -> None:
    points = stationary_points(basins, SQUARE)
    assert [point.kind for point in points] == ["minimum", "minimum", "saddle"]
    places = np.array([point.parameters for point in points])
    assert places == pytest.approx(np.array([[-2, -1], [2, 1], [0, 0]]), abs=1e-12)
    assert slope_by_hand(places) == pytest.approx(np.zeros((3, 2)), abs=1e-12)
    for point in points[:2]:
        assert np.linalg.eigvalsh(basins.hessian(point.parameters)).min() > 0.1
        assert point.loss == pytest.approx(0, abs=1e-24)
    lesson = basins.lesson
    assert points[2].loss == pytest.approx((lesson.y**2).mean(), rel=1e-14)
    steepness = 2 * (lesson.x * lesson.y).mean()
    expected = [[0, -steepness], [-steepness, 0]]
    assert basins.hessian([0, 0]) == pytest.approx(np.array(expected), rel=1e-14)
    # Down to the saddle along a = −b, down from it along a = b.
    along, across = np.array([1, -1]), np.array([1, 1])
    assert along @ basins.hessian([0, 0]) @ along > 0 > across @ basins.hessian([0, 0]) @ across


def test_the_loss_is_the_same_from_the_other_side(basins: NumericLoss) -> None:
    thetas = np.random.default_rng(0).uniform(-3, 3, (100, 2))
    assert basins.value(-thetas) == pytest.approx(basins.value(thetas), rel=1e-14)
    assert basins.gradient(thetas) == pytest.approx(slope_by_hand(thetas), rel=1e-11, abs=1e-12)


def test_only_points_inside_the_rectangle_count(basins: NumericLoss) -> None:
    (only,) = stationary_points(basins, ((1, 3), (0.5, 3)))
    assert only.parameters == pytest.approx([2, 1], abs=1e-12)
    assert stationary_points(basins, ((2.5, 3), (-3, 3))) == ()


def alone(lesson: Lesson, formula: sp.Expr) -> Lesson:
    """The lesson whose loss is ``formula`` itself: all y are nought, and added."""
    nought = np.zeros_like(lesson.y)
    return replace(lesson, prediction=formula, pointwise=PREDICTION + Y, y=nought)


def test_all_three_kinds_are_told_apart(basins: NumericLoss) -> None:
    a, b = basins.lesson.parameters
    waves = alone(basins.lesson, sp.cos(a) * sp.cos(b))
    points = stationary_points(compile_loss(waves), ((-4, 4), (-4, 4)))
    found = {
        kind: [tuple(point.parameters / np.pi) for point in points if point.kind == kind]
        for kind in ("minimum", "saddle", "maximum")
    }
    expected = {
        "minimum": [(-1, 0), (0, -1), (0, 1), (1, 0)],
        "saddle": [(-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)],
        "maximum": [(-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1)],
    }
    assert list(found) == [kind for kind, _ in expected.items()]
    for kind, places in expected.items():
        assert np.array(found[kind]) == pytest.approx(np.array(places), abs=1e-10)
    assert [point.loss for point in points] == pytest.approx(
        [-1] * 4 + [0] * 4 + [1] * 5, abs=1e-12
    )


def test_a_bowl_has_one_and_a_trough_none_of_its_own(loss: NumericLoss) -> None:
    (bottom,) = stationary_points(loss, ((-2, 8), (-1, 12)))
    assert bottom.kind == "minimum"
    assert bottom.parameters == pytest.approx(convergence(loss).minimum, abs=1e-10)
    a, b = loss.lesson.parameters
    for slope in (1, 3, 9):
        trough = replace(loss.lesson, prediction=(a + slope * b) * sp.Symbol("x", real=True))
        assert stationary_points(compile_loss(trough), SQUARE) == ()


def test_any_example_has_its_one_minimum(example_loss: NumericLoss) -> None:
    minimum = convergence(example_loss).minimum
    (first, second) = minimum
    points = stationary_points(example_loss, ((first - 1, first + 2), (second - 0.5, second + 1)))
    (bottom,) = (point for point in points if point.kind == "minimum")
    assert bottom.parameters == pytest.approx(minimum, abs=1e-9)


def test_on_an_endless_slope_there_is_none(basins: NumericLoss) -> None:
    a, b = basins.lesson.parameters
    slope = alone(basins.lesson, sp.exp(a) + sp.exp(b))
    # Newton's method takes steps of one here and is still on its way when it ends.
    assert stationary_points(compile_loss(slope), ((-60, 3), (-60, 3))) == ()


def test_the_descent_dawdles_at_the_saddle(basins: NumericLoss, run: Trajectory) -> None:
    saddle = float(basins.value([0, 0]))
    level = np.abs(run.losses / saddle - 1) < 0.1
    assert level.sum() >= 25
    assert np.hypot(*run.parameters.T).min() < 0.05
    # Long before and after it the loss falls much faster.
    slowest = int(np.argmin(run.step_lengths[:60]))
    assert level[slowest]
    assert run.step_lengths[0] > 10 * run.step_lengths[slowest]
    assert run.parameters[-1] == pytest.approx([2, 1], abs=0.1)
    assert np.abs(run.parameters).max() < 3


def test_next_to_it_begins_a_descent_into_the_other_basin(basins: NumericLoss) -> None:
    ends = basin_of(basins, PLAIN, [[-2.8, 1.35], [-2.7, 1.32], [2.8, -1.35], [2.7, -1.32]], 200)
    assert ends.tolist() == [1, 0, 0, 1]


def test_every_start_but_the_saddle_ends_in_a_basin(basins: NumericLoss) -> None:
    side = np.linspace(-3, 3, 31)
    starts = np.stack(np.meshgrid(side, side), axis=-1)
    indices = basin_of(basins, PLAIN, starts.reshape(-1, 2), 200).reshape(31, 31)
    assert np.argwhere(indices < 0).tolist() == [[15, 15]]
    # Mirrored starts end in mirrored basins.
    others = indices[::-1, ::-1]
    assert (others[indices == 0] == 1).all()
    assert (others[indices == 1] == 0).all()
    # Where a and b have the same sign, it is the basin of that sign.
    assert (indices[(starts > 0).all(axis=-1)] == 1).all()
    assert (indices[(starts < 0).all(axis=-1)] == 0).all()


def test_the_basin_is_where_a_longer_descent_arrives(basins: NumericLoss) -> None:
    starts = np.random.default_rng(1).uniform(-3, 3, (200, 2))
    theta = starts
    for _ in range(5000):
        theta = theta - 0.03 * slope_by_hand(theta)
    expected = np.where(np.hypot(*(theta - [2, 1]).T) < 0.01, 1, 0)
    assert np.hypot(*(theta[expected == 0] + [2, 1]).T).max() < 0.01
    assert basin_of(basins, PLAIN, starts, 200).tolist() == expected.tolist()


def test_with_momentum_another_start_ends_elsewhere(basins: NumericLoss) -> None:
    starts = np.random.default_rng(1).uniform(-3, 3, (200, 2))
    plain = basin_of(basins, PLAIN, starts, 200)
    rolling = basin_of(basins, Momentum(0.03, 0.9), starts, 200)
    assert (plain != rolling).any()


def test_who_has_not_come_down_yet_is_in_no_basin(basins: NumericLoss) -> None:
    starts = np.array([[-2.8, 1.35], [2, 1], [2.1, 1.1]])
    assert basin_of(basins, PLAIN, starts, 0).tolist() == [-1, 1, 1]
    assert basin_of(basins, PLAIN, starts[:1], 20).tolist() == [-1]
    assert basin_of(basins, PLAIN, starts[:1], 0).tolist() == [-1]
    # Just below the saddle the way is clear, though the next stationary point is the saddle.
    below = np.array([[0.1, 0.1], [-0.1, -0.1], [2, 1], [-2, -1]])
    assert basin_of(basins, PLAIN, below, 0).tolist() == [1, 0, 1, 0]


def test_a_start_that_runs_away_spoils_no_other(loss: NumericLoss) -> None:
    rate = 1.05 * convergence(loss).largest_stable_rate
    bottom, flat = convergence(loss).minimum, convergence(loss).eigenvectors[:, 0]
    # Along the flat direction this rate is still stable, for as long as rounding lets it be.
    ends = basin_of(loss, PlainDescent(rate), [bottom + flat, [-1, 1], bottom - flat], 60)
    assert ends.tolist()[::2] == [0, 0]
    up = basin_of(loss, mistakes.Ascent(rate), [[-1, 1], [5, 5]], 2000)
    assert up.tolist() == [-1, -1]


def test_the_lesson_can_be_started_elsewhere() -> None:
    lesson = two_basins(start=(1.0, -1.0), learning_rate=0.01, steps=7)
    assert lesson.start.tolist() == [1, -1]
    assert (lesson.learning_rate, lesson.steps) == (0.01, 7)
