"""The loop against the notebook's own, against LECTURE's table, and with rules of other shapes."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from gdmath import Lesson, NumericLoss, Trajectory, compile_loss, convergence, descend
from gdmath.arrays import FloatArray
from gdmath.descent import walk
from gdmath.rules import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, State, UpdateRule


def notebook_path(x: np.ndarray, y: np.ndarray, updates: int) -> np.ndarray:
    """The notebook's cells, its globals made local: parameters (updates + 1, 2)."""

    def lin(a, b, x):
        return a * x + b

    lr = 0.01
    a_guess = -1.0
    b_guess = 1.0
    path = [(a_guess, b_guess)]
    for _ in range(updates):
        y_pred = lin(a_guess, b_guess, x)
        dydb = 2 * (y_pred - y)
        dyda = x * dydb
        a_guess -= lr * dyda.mean()
        b_guess -= lr * dydb.mean()
        path.append((a_guess, b_guess))
    return np.array(path)


def test_the_descent_is_the_notebooks(notebook: Lesson, trajectory: Trajectory) -> None:
    expected = notebook_path(notebook.x, notebook.y, 400)
    # Both compute the same in another order, which costs some ε·8 a step; a stable descent does
    # not amplify it, so 400 steps gather at most 400·8·2e-16.
    assert np.abs(trajectory.parameters - expected).max() <= 1e-12


def test_the_clip_stops_short_of_three_and_eight(trajectory: Trajectory) -> None:
    assert trajectory.parameters[-1] == pytest.approx([2.6504, 8.1597], abs=5e-5)


FACTS = [
    # step, a, b, MSE, RMSE: LECTURE's table, computed elsewhere
    (0, -1, 1, 77.013641413, 8.775741645),
    (1, -0.919087859600, 1.173803466667, 73.382071804, 8.566333627),
    (10, -0.271535332453, 2.562276971651, 47.513347886, 6.892992665),
    (100, 2.142410090874, 7.604764442376, 0.642662441, 0.801662299),
    # LECTURE prints an MSE of 0.011927952 here; the square of its own RMSE is this one.
    (390, 2.644825890812, 8.162103458087, 0.011927948, 0.109215148),
    (400, 2.650399265658, 8.159701713857, 0.011559922, 0.107517076),
    (1000, 2.863484452283, 8.062580730088, 0.001764779, 0.042009276),
]


@pytest.mark.parametrize(("step", "a", "b", "mse", "rmse"), FACTS)
def test_the_rows_of_the_table(
    exact_trajectory: Trajectory, step: int, a: float, b: float, mse: float, rmse: float
) -> None:
    # Half a unit of the last digit given, and as much again for rounding at each step.
    assert exact_trajectory.parameters[step] == pytest.approx([a, b], abs=1e-12)
    assert exact_trajectory.losses[step] == pytest.approx(mse, abs=1e-9)
    assert np.sqrt(exact_trajectory.losses[step]) == pytest.approx(rmse, abs=1e-9)


def test_ten_thousand_steps(exact_trajectory: Trajectory) -> None:
    expected = [2.999999896894, 8.000000047265]
    assert exact_trajectory.parameters[10_000] == pytest.approx(expected, abs=1e-12)
    assert exact_trajectory.losses[10_000] == pytest.approx(1.007e-15, rel=5e-4)


def test_the_first_step(exact_loss: NumericLoss) -> None:
    assert exact_loss.gradient([-1, 1]) == pytest.approx([-8.09121404, -17.38034666667], abs=1e-11)


@pytest.mark.parametrize(
    ("learning_rate", "loss_after_40"),
    [
        (0.1, 0.01146),
        (0.418865688981, 0.00018),
        (0.5, 0.00006),
        (0.786193856198, 0.00211),
        (0.837731377961, 76.97),
        (0.85, 775.1),
    ],
)
def test_six_learning_rates(
    exact_loss: NumericLoss, learning_rate: float, loss_after_40: float
) -> None:
    losses = descend(exact_loss, PlainDescent(learning_rate), [-1, 1], 40).losses
    # Half a unit of the last digit given, five decimals or four digits.
    assert losses[40] == pytest.approx(loss_after_40, rel=7e-5, abs=5e-6)


def test_a_diverging_descent_is_recorded_to_its_end(loss: NumericLoss) -> None:
    run = descend(loss, PlainDescent(10.0), [-1, 1], 400)
    assert run.steps == 400
    assert run.parameters.shape == (401, 2)
    broken = int(np.isfinite(run.losses).sum())
    assert 0 < broken < run.steps
    assert not np.isfinite(run.losses[broken:]).any()
    assert (np.diff(run.losses[:broken]) > 0).all()


def test_a_descent_of_no_steps_is_its_start(loss: NumericLoss) -> None:
    run = descend(loss, PlainDescent(0.1), [-1, 1], 0)
    assert run.parameters.tolist() == [[-1, 1]]
    assert run.step_lengths.shape == (0,)
    assert run.position(0).tolist() == [-1, 1]


def test_fewer_than_no_steps_are_refused(loss: NumericLoss) -> None:
    with pytest.raises(ValueError, match="none or more"):
        descend(loss, PlainDescent(0.1), [-1, 1], -1)


def test_the_points_scaled_to_a_sum_scale_the_bound(exact_notebook: Lesson) -> None:
    summed = compile_loss(replace(exact_notebook, pointwise=30 * exact_notebook.pointwise))
    assert convergence(summed).largest_stable_rate == pytest.approx(0.837731377961 / 30, rel=1e-11)


def test_a_rule_that_looks_ahead_is_given_the_gradient_there(exact_loss: NumericLoss) -> None:
    run = descend(exact_loss, Nesterov(0.01, 0.9), [-1, 1], 50)
    # On a quadratic loss, looking ahead is the linear recursion e₊ = (1+β)(I−ηH)e − β(I−ηH)e₋.
    shrink = np.eye(2) - 0.01 * exact_loss.hessian([3, 8])
    errors = [np.array([-4.0, -7.0])] * 2
    for _ in range(50):
        errors.append(shrink @ (1.9 * errors[-1] - 0.9 * errors[-2]))
    assert run.parameters - [3, 8] == pytest.approx(np.array(errors[1:]), abs=1e-12)
    assert (run.gradients == exact_loss.gradient(run.parameters)).all()


@pytest.mark.parametrize(
    "rule", [PlainDescent(0.1), Momentum(0.1, 0.9), Nesterov(0.1, 0.9), AdaGrad(0.1), Adam(0.1)]
)
def test_many_starts_walk_at_once(loss: NumericLoss, rule: UpdateRule) -> None:
    starts = np.random.default_rng(5).normal(size=(3, 4, 2))
    walked = [*walk([loss] * 20, rule, starts)]
    assert len(walked) == 20
    for index in np.ndindex(3, 4):
        alone = descend(loss, rule, starts[index], 20).parameters[1:]
        assert [together[index].tolist() for together in walked] == alone.tolist()


@dataclass(frozen=True)
class LineSearch(UpdateRule):
    """The step of plain descent that goes to the lowest point along the gradient of a bowl."""

    hessian: FloatArray

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        rate = gradient @ gradient / (gradient @ self.hessian @ gradient)
        return -rate * gradient, state


def test_exact_line_search(exact_loss: NumericLoss) -> None:
    run = descend(exact_loss, LineSearch(exact_loss.hessian([-1, 1])), [-1, 1], 3)
    rate = run.step_lengths[0] / np.hypot(*run.gradients[0])
    assert rate == pytest.approx(0.418879178445, abs=5e-13)
    reached = [f"{rmse:.3g}" for rmse in np.sqrt(run.losses[1:])]
    assert reached == ["0.188", "0.00403", "8.63e-05"]
    turns = (run.gradients[:-1] * run.gradients[1:]).sum(axis=1)
    lengths = np.hypot(*run.gradients.T)
    assert turns / (lengths[:-1] * lengths[1:]) == pytest.approx(np.zeros(3), abs=1e-9)
