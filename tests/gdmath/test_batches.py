from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdmath import (
    Lesson,
    NumericLoss,
    compile_loss,
    convergence,
    descend,
    descend_on_batches,
    shuffled_batches,
)
from gdmath.rules import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, RMSProp, UpdateRule

SEEDS = st.integers(0, 2**32)


@given(n=st.integers(1, 60), data=st.data(), passes=st.integers(0, 5), seed=SEEDS)
def test_every_pass_sees_every_point_once(
    n: int, data: st.DataObject, passes: int, seed: int
) -> None:
    size = data.draw(st.integers(1, n))
    batches = shuffled_batches(n, size, passes, seed)
    a_pass = -(-n // size)
    assert len(batches) == passes * a_pass
    for first in range(0, len(batches), a_pass):
        seen = batches[first : first + a_pass]
        assert sorted(np.concatenate(seen).tolist()) == list(range(n))
        assert [len(batch) for batch in seen[:-1]] == [size] * (a_pass - 1)
        assert all((np.diff(batch) > 0).all() for batch in seen)


def order(seed: int, passes: int = 1) -> list[int]:
    return np.concatenate(shuffled_batches(30, 1, passes, seed)).tolist()


def test_the_seed_decides_the_order() -> None:
    assert order(7) == order(7)
    assert order(7) != order(8)
    # Asked for one pass or for three, the first is the same.
    assert order(7, passes=3)[:30] == order(7)


def test_every_pass_has_an_order_of_its_own() -> None:
    first, second = np.array(order(0, passes=2)).reshape(2, 30).tolist()
    assert first != second
    assert list(range(30)) not in (first, second)


def test_the_order_favours_no_point() -> None:
    firsts = [order(seed)[0] for seed in range(3000)]
    # 100 each are expected, give or take 10; six of those are as good as never exceeded.
    assert np.abs(np.bincount(firsts, minlength=30) - 100).max() < 60


@pytest.mark.parametrize(
    ("n", "size", "passes"), [(30, 0, 1), (30, 31, 1), (30, 10, -1), (0, 1, 1)]
)
def test_batches_that_cannot_be_made_are_refused(n: int, size: int, passes: int) -> None:
    with pytest.raises(ValueError, match="from one to all of the points"):
        shuffled_batches(n, size, passes, seed=0)


@pytest.mark.parametrize(
    "rule",
    [
        PlainDescent(0.01),
        Momentum(0.01, 0.9),
        Nesterov(0.01, 0.9),
        AdaGrad(0.1),
        RMSProp(0.01),
        Adam(0.1),
    ],
    ids=repr,
)
def test_batches_of_all_points_are_the_plain_descent(
    example_loss: NumericLoss, rule: UpdateRule
) -> None:
    start, n = example_loss.lesson.start, example_loss.lesson.x.size
    plain = descend(example_loss, rule, start, 40)
    run = descend_on_batches(example_loss, rule, start, shuffled_batches(n, n, 40, seed=3))
    assert run.steps == 40
    assert (run.parameters == plain.parameters).all()
    assert (run.losses == plain.losses).all()
    assert (run.gradients == plain.gradients).all()


def test_a_step_goes_by_its_own_points_only(loss: NumericLoss, notebook: Lesson) -> None:
    batches = shuffled_batches(30, 4, 2, seed=1)
    run = descend_on_batches(loss, PlainDescent(0.05), notebook.start, batches)
    a, b = notebook.start
    for step, batch in enumerate(batches):
        # g = mean over the batch of 2 r (x, 1).
        residuals = a * notebook.x[batch] + b - notebook.y[batch]
        slope = [(2 * residuals * notebook.x[batch]).mean(), (2 * residuals).mean()]
        a, b = a - 0.05 * slope[0], b - 0.05 * slope[1]
        # Two kinds of rounding, some ε·8 a step.
        assert run.parameters[step + 1] == pytest.approx(np.array([a, b]), abs=1e-13)
    assert [batch.tolist() for batch in run.batches] == [batch.tolist() for batch in batches]
    assert (run.losses == loss.value(run.parameters)).all()
    assert (run.gradients == loss.gradient(run.parameters)).all()


def test_the_gradients_of_a_pass_are_the_full_one_on_average(loss: NumericLoss) -> None:
    batches = shuffled_batches(30, 5, 1, seed=2)
    mean = np.mean([loss.on(batch).gradient([-1, 1]) for batch in batches], axis=0)
    assert mean == pytest.approx(loss.gradient([-1, 1]), rel=1e-13)


def test_a_gradient_ahead_is_that_of_the_batch(loss: NumericLoss) -> None:
    batches = shuffled_batches(30, 10, 1, seed=0)
    run = descend_on_batches(loss, Nesterov(0.01, 0.9), [-1, 1], batches)
    ahead = run.parameters[1] + 0.9 * (run.parameters[1] - run.parameters[0])
    expected = ahead - 0.01 * loss.on(batches[1]).gradient(ahead)
    assert run.parameters[2] == pytest.approx(expected, rel=1e-13)


def test_no_batches_no_steps(loss: NumericLoss) -> None:
    run = descend_on_batches(loss, PlainDescent(0.01), [-1, 1], ())
    assert run.parameters.tolist() == [[-1, 1]]


def test_a_pass_of_single_points_gets_further_than_one_full_step(exact_loss: NumericLoss) -> None:
    full = descend(exact_loss, PlainDescent(0.01), [-1, 1], 1).losses[-1]
    for seed in range(20):
        batches = shuffled_batches(30, 1, 1, seed)
        one_pass = descend_on_batches(exact_loss, PlainDescent(0.01), [-1, 1], batches)
        assert one_pass.losses[-1] < full / 2


def test_single_points_settle_if_one_line_fits_them_all(exact_loss: NumericLoss) -> None:
    batches = shuffled_batches(30, 1, 200, seed=0)
    run = descend_on_batches(exact_loss, PlainDescent(0.3), [-1, 1], batches)
    # (3, 8) is every point's own minimum, so each step, of factor 1 − 0.6(x² + 1), leads nearer.
    assert np.hypot(*(run.parameters - [3, 8]).T)[-30:].max() < 1e-3


def test_single_points_never_settle_if_the_data_are_noisy(exact_notebook: Lesson) -> None:
    noise = np.random.default_rng(0).normal(scale=0.5, size=30)
    loss = compile_loss(replace(exact_notebook, y=exact_notebook.y + noise))
    minimum = convergence(loss).minimum
    batches = shuffled_batches(30, 1, 150, seed=0)
    for rate, jitter in ((0.3, 0.3), (0.03, 0.03)):
        run = descend_on_batches(loss, PlainDescent(rate), minimum, batches)
        away = np.hypot(*(run.parameters - minimum).T)
        # It leaves the very minimum at once and keeps a distance that the rate decides.
        assert away[1] > 0.1 * jitter
        assert jitter / 3 < np.median(away[1500:]) < 3 * jitter
