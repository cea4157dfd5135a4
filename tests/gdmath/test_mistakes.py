"""Each mistake by the numbers of LECTURE, and by how it differs from what is right."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq

from gdmath import Convergence, Lesson, NumericLoss, Trajectory, compile_loss, convergence, mistakes
from gdmath.descent import descend
from gdmath.rules import PlainDescent
from gdmath.scaling import in_units, standardised


def test_with_the_sign_flipped_every_step_goes_up(exact_loss: NumericLoss) -> None:
    up = descend(exact_loss, mistakes.Ascent(0.01), [-1, 1], 100)
    down = descend(exact_loss, PlainDescent(0.01), [-1, 1], 1)
    assert (np.diff(up.losses) > 0).all()
    assert up.parameters[1] + down.parameters[1] == pytest.approx(np.array([-2, 2]), abs=1e-15)
    # Each part of the error grows by 1 + ηλ where it should shrink by 1 − ηλ.
    theory = convergence(exact_loss)
    grown = (1 + 0.01 * theory.eigenvalues) ** 100 * theory.coordinates([-1, 1])
    assert theory.coordinates(up.parameters[-1]) == pytest.approx(grown, rel=1e-11)


def test_one_after_the_other_is_another_step(exact_loss: NumericLoss) -> None:
    after = mistakes.descend_sequentially(exact_loss, 0.01, [-1, 1], 1).parameters[1]
    right = descend(exact_loss, PlainDescent(0.01), [-1, 1], 1).parameters[1]
    assert after[0] == right[0]
    assert after[1] == pytest.approx(1.17312, abs=5e-6)
    assert right[1] == pytest.approx(1.17380, abs=5e-6)


def test_one_after_the_other_is_stable_up_to_another_rate(
    exact_loss: NumericLoss, theory: Convergence
) -> None:
    def growth(rate: float) -> float:
        """What the error is multiplied by in the long run: the step is linear in it."""
        corners = theory.minimum + np.eye(2)
        steps = [
            mistakes.descend_sequentially(exact_loss, rate, corner, 1).parameters[1]
            for corner in corners
        ]
        return float(np.abs(np.linalg.eigvals(np.array(steps) - theory.minimum)).max())

    bound = brentq(lambda rate: growth(rate) - 1, 2, 3, xtol=1e-9)
    assert bound == pytest.approx(2.338567, abs=5e-7)
    assert growth(0.5 * bound) < 1
    run = mistakes.descend_sequentially(exact_loss, 1.0, [-1, 1], 200)
    assert run.parameters[-1] == pytest.approx([3, 8], abs=1e-6)


def test_descending_the_root_ends_in_going_to_and_fro(exact_loss: NumericLoss) -> None:
    losses = mistakes.descend_root(exact_loss, 0.01, [-1, 1], 5000).losses
    low, high = sorted(np.sqrt(losses[-2:]))
    assert high == pytest.approx(0.008488, abs=5e-7)
    assert low == pytest.approx(0.003449, abs=5e-7)
    assert losses[-2:] == pytest.approx(losses[-4:-2], rel=1e-9)


def test_the_root_is_descended_by_its_own_gradient(example_loss: NumericLoss) -> None:
    start = example_loss.lesson.start + np.array([0.2, 0.1])
    run = mistakes.descend_root(example_loss, 0.01, start, 3)
    for here, there in zip(run.parameters[:-1], run.parameters[1:], strict=True):
        nudges = 1e-6 * np.eye(2)
        above, below = np.sqrt(example_loss.value([here + nudges, here - nudges]))
        # A central difference with this nudge is good to 1e-9.
        assert here - there == pytest.approx(0.01 * (above - below) / 2e-6, abs=1e-8)


@pytest.mark.parametrize("method", [mistakes.descend_sequentially, mistakes.descend_root])
def test_what_is_recorded_is_the_loss_as_for_the_right_one(
    loss: NumericLoss, method: Callable[..., Trajectory]
) -> None:
    run = method(loss, 0.01, [-1, 1], 20)
    assert run.steps == 20
    assert run.parameters[0].tolist() == [-1, 1]
    assert (run.losses == loss.value(run.parameters)).all()
    assert (run.gradients == loss.gradient(run.parameters)).all()
    assert method(loss, 0.01, [-1, 1], 0).parameters.tolist() == [[-1, 1]]


def test_a_runaway_is_recorded_to_its_end(loss: NumericLoss) -> None:
    run = mistakes.descend_sequentially(loss, 10, [-1, 1], 1000)
    assert run.steps == 1000
    finite = np.isfinite(run.losses)
    assert not finite[int(finite.sum()) :].any()
    assert not finite[-1]


def test_the_sum_divides_the_bound_by_the_number_of_points(
    exact_notebook: Lesson, exact_loss: NumericLoss, theory: Convergence
) -> None:
    summed = compile_loss(mistakes.summed(exact_notebook))
    assert summed.value([-1, 1]) == pytest.approx(2310.409, abs=5e-4)
    bound = convergence(summed).largest_stable_rate
    assert bound == pytest.approx(0.837731377961 / 30, rel=1e-11)
    # With a thirtieth of the rate it is the same descent; with the same rate it may explode.
    rate = 0.5 * theory.largest_stable_rate
    right, same = (
        descend(each, PlainDescent(each_rate), [-1, 1], 50)
        for each, each_rate in ((exact_loss, rate), (summed, rate / 30))
    )
    assert same.parameters == pytest.approx(right.parameters, abs=1e-12)
    losses = descend(summed, PlainDescent(rate), [-1, 1], 50).losses
    assert losses[-1] > 1e50


def test_silent_scaling_draws_another_line(exact_notebook: Lesson) -> None:
    scaling = standardised(exact_notebook)
    found = convergence(compile_loss(scaling.lesson)).minimum
    loss = compile_loss(exact_notebook)
    unmapped = mistakes.read_unmapped(scaling, found)
    assert unmapped == pytest.approx([0.916881932475, 9.26763], abs=1e-12)
    assert loss.value(scaling.to_original(found)) == pytest.approx(0, abs=1e-24)
    # The line 0.917 x + 9.268 instead of 3 x + 8: r = −2.083 x + 1.268.
    x = exact_notebook.x
    wrong = ((0.916881932475 - 3) * x + 9.26763 - 8) ** 2
    assert loss.value(unmapped) == pytest.approx(wrong.mean(), rel=1e-11)
    assert loss.value(unmapped) > 0.5


def test_what_was_read_unmapped_is_a_copy(notebook: Lesson) -> None:
    found = np.array([1.0, 2.0])
    read = mistakes.read_unmapped(in_units(replace(notebook), 100), found)
    read[0] = 5
    assert found.tolist() == [1, 2]
