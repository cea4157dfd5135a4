from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from gdmath import (
    Convergence,
    Lesson,
    LessonError,
    NumericLoss,
    PlainDescent,
    compile_loss,
    convergence,
    descend,
)
from gdmath.lesson import PREDICTION, X, Y
from tests.gdmath.bowls import POINTS, STARTS
from tests.gdmath.oracles import over


def test_the_facts_of_the_bowl(theory: Convergence) -> None:
    expected = [[0.543901843333, 0.845086666667], [0.845086666667, 2]]
    assert theory.hessian == pytest.approx(np.array(expected), abs=1e-12)
    assert np.linalg.det(theory.hessian) == pytest.approx(0.373632212489, abs=1e-12)
    assert theory.eigenvalues == pytest.approx([0.156501714110, 2.387400129224], abs=1e-12)
    assert theory.condition_number == pytest.approx(15.254785820126, abs=1e-11)
    flat, stiff = theory.eigenvectors.T
    assert flat == pytest.approx([-0.909037, 0.416716], abs=5e-7)
    assert stiff == pytest.approx([0.416716, 0.909037], abs=5e-7)
    assert theory.minimum == pytest.approx([3, 8], abs=1e-13)
    assert theory.minimum_loss == pytest.approx(0, abs=1e-28)
    assert theory.is_quadratic


def test_the_facts_of_the_rates(theory: Convergence) -> None:
    assert theory.largest_stable_rate == pytest.approx(0.837731377961, abs=1e-12)
    assert theory.best_rate == pytest.approx(0.786193856198, abs=1e-12)
    assert theory.best_factor == pytest.approx(0.876959313883, abs=1e-12)
    assert theory.factors(0.01) == pytest.approx([0.998435, 0.976126], abs=5e-7)
    assert theory.half_lives(0.01) == pytest.approx([442.6, 28.7], abs=0.05)
    assert theory.flat_dominates_from([-1, 1], 0.01) == 168


def test_the_printed_points_have_their_own_minimum(loss: NumericLoss) -> None:
    lesson = loss.lesson
    normal = np.vander(lesson.x, 2)
    least_squares = np.linalg.lstsq(normal, lesson.y, rcond=None)[0]
    minimum = convergence(loss).minimum
    assert minimum == pytest.approx(least_squares, abs=1e-12)
    assert minimum == pytest.approx([2.99998, 8.00000], abs=5e-6)


def test_the_loss_is_half_e_h_e(exact_loss: NumericLoss, theory: Convergence) -> None:
    thetas = np.random.default_rng(2).normal(scale=10, size=(20, 2))
    errors = thetas - [3, 8]
    expected = 0.5 * np.einsum("ti,ij,tj->t", errors, theory.hessian, errors)
    assert exact_loss.value(thetas) == pytest.approx(expected, rel=1e-12)
    assert theory.loss_parts(thetas).sum(axis=1) == pytest.approx(expected, rel=1e-12)


def test_at_the_bound_the_loss_stays(exact_loss: NumericLoss, theory: Convergence) -> None:
    losses = descend(exact_loss, PlainDescent(theory.largest_stable_rate), [-1, 1], 2000).losses
    assert losses[-1] == pytest.approx(76.973173405, abs=1e-8)


def test_one_step_kills_the_stiff_part(exact_loss: NumericLoss, theory: Convergence) -> None:
    rate = 1 / theory.eigenvalues[1]
    assert rate == pytest.approx(0.418865688981, abs=1e-12)
    after = descend(exact_loss, PlainDescent(rate), [-1, 1], 1).parameters[1]
    assert theory.coordinates(after)[1] == pytest.approx(0, abs=1e-14)
    assert theory.half_lives(rate)[1] == pytest.approx(0, abs=0.1)


def test_half_lives_without_decay_are_infinite(theory: Convergence) -> None:
    assert theory.half_lives(1.0)[1] == np.inf
    assert np.isfinite(theory.half_lives(0.8)).all()


def test_coordinates_turn_back_into_parameters(theory: Convergence) -> None:
    thetas = np.random.default_rng(3).normal(size=(4, 5, 2))
    coordinates = theory.coordinates(thetas)
    assert coordinates.shape == (4, 5, 2)
    back = theory.minimum + coordinates @ theory.eigenvectors.T
    assert back == pytest.approx(thetas, abs=1e-13)


def test_twins_are_as_high_and_one_of_them_has_no_flat_part(
    exact_loss: NumericLoss, theory: Convergence
) -> None:
    start = np.array([-1.0, 1.0])
    twin, mirror = theory.stiff_twin(start), theory.mirrored(start)
    assert exact_loss.value(np.array([twin, mirror])) == pytest.approx(exact_loss.value(start))
    flat, stiff = theory.coordinates(start)
    assert theory.coordinates(mirror) == pytest.approx([-flat, stiff])
    assert theory.coordinates(twin)[0] == pytest.approx(0, abs=1e-13)
    assert theory.coordinates(twin)[1] * stiff > 0


@given(points=POINTS, start=STARTS, share=st.floats(0.01, 0.99))
def test_the_closed_form_is_the_loop(
    loss: NumericLoss, points: np.ndarray, start: np.ndarray, share: float
) -> None:
    elsewhere = over(loss, *points)
    theory, y = convergence(elsewhere), points[1]
    rate = share * theory.largest_stable_rate
    run = descend(elsewhere, PlainDescent(rate), start, 200)
    predicted = theory.predict(start, rate, 200)
    # A stable step forgets rounding, so 200 steps gather 200 ε of the largest number about; the
    # minimum itself is known to κ ε.
    scale = 1 + np.abs(predicted).max() + np.abs(y).max()
    tolerance = (200 + theory.condition_number) * 20 * np.finfo(float).eps * scale
    assert np.abs(run.parameters - predicted).max() <= tolerance


@given(points=POINTS, start=STARTS, share=st.floats(0.01, 0.99))
def test_the_flat_part_dominates_from_where_theory_says(
    loss: NumericLoss, points: np.ndarray, start: np.ndarray, share: float
) -> None:
    theory = convergence(over(loss, *points))
    rate = share * theory.largest_stable_rate
    assume(theory.condition_number > 1.001)
    assume((theory.factors(rate) != 0).all())
    assume((theory.loss_parts(start) > 0).all())

    def flat_leads(step: int) -> bool:
        # By logarithms, because the parts themselves vanish long before a million steps.
        decay = np.log(np.abs(1 - rate * theory.eigenvalues))
        flat, stiff = np.log(theory.loss_parts(start)) + 2 * step * decay
        return bool(flat >= stiff)

    step = theory.flat_dominates_from(start, rate)
    assert flat_leads(1_000_000) is (step is not None)
    if step is not None:
        assert flat_leads(step + 1)
        assert step < 2 or not flat_leads(step - 2)


def test_no_part_no_domination(theory: Convergence) -> None:
    stiff_only = theory.minimum + theory.eigenvectors[:, 1]
    flat_only = theory.minimum + theory.eigenvectors[:, 0]
    rate = 0.01
    exactly_stiff = replace(theory, minimum=np.zeros(2), eigenvectors=np.eye(2))
    assert exactly_stiff.flat_dominates_from([0, 1], rate) is None
    assert exactly_stiff.flat_dominates_from([1, 0], rate) == 0
    assert theory.flat_dominates_from(flat_only, rate) == 0
    assert theory.flat_dominates_from(stiff_only, 0.8) is None


@given(points=POINTS)
def test_what_theory_says_of_any_bowl(loss: NumericLoss, points: np.ndarray) -> None:
    theory = convergence(over(loss, *points))
    vectors, values = theory.eigenvectors, theory.eigenvalues
    assert 0 < values[0] <= values[1]
    assert vectors.T @ vectors == pytest.approx(np.eye(2), abs=1e-14)
    assert theory.hessian @ vectors == pytest.approx(vectors * values, abs=1e-13 * values[1])
    assert (np.where(vectors[1] == 0, vectors[0], vectors[1]) > 0).all()
    best = np.abs(theory.factors(theory.best_rate))
    assert best == pytest.approx(theory.best_factor * np.ones(2), abs=1e-12)


def test_the_minimum_of_any_loss_has_no_slope(example_loss: NumericLoss) -> None:
    theory = convergence(example_loss)
    assert example_loss.gradient(theory.minimum) == pytest.approx(np.zeros(2), abs=1e-12)
    around = theory.minimum + 0.01 * np.random.default_rng(4).normal(size=(100, 2))
    assert (example_loss.value(around) > theory.minimum_loss).all()


def test_close_to_the_minimum_the_local_theory_holds(example_loss: NumericLoss) -> None:
    theory = convergence(example_loss)
    start = theory.minimum + 1e-6 * np.array([1, -1])
    rate = 0.5 * theory.largest_stable_rate
    run = descend(example_loss, PlainDescent(rate), start, 20)
    # What a quadratic leaves out is of the order of the distance, 1e-6 of it times a third
    # derivative (up to some hundreds here).
    assert run.parameters == pytest.approx(theory.predict(start, rate, 20), abs=1e-9)


def test_a_search_turns_back_where_the_loss_has_no_value(notebook: Lesson) -> None:
    # A mean and a spread, by their likelihood; the first long step from here is to a spread below
    # zero, which has no logarithm. The answer is known: those of the data.
    mean, spread = notebook.parameters
    pointwise = sp.log(spread) + (PREDICTION - Y) ** 2 / (2 * spread**2)
    heights = np.array([9.1, 10.4, 8.8, 10.1, 9.6])
    likelihood = replace(
        notebook, prediction=mean, pointwise=pointwise, x=range(5), y=heights, start=[3, 3]
    )
    expected = [heights.mean(), heights.std()]
    assert convergence(compile_loss(likelihood)).minimum == pytest.approx(expected, rel=1e-12)


@pytest.mark.filterwarnings("error")
def test_a_search_that_finds_nothing_is_told_by_us_alone(notebook: Lesson) -> None:
    # Where the line is as good as 1, its logarithms curve without bounds.
    logarithms = -Y * sp.log(PREDICTION) - (1 - Y) * sp.log(1 - PREDICTION)
    with pytest.raises(LessonError, match=r"no minimum that a descent from \(-1, 1\) comes"):
        convergence(compile_loss(replace(notebook, pointwise=logarithms)))


def test_a_minimum_at_nought_is_nought(notebook: Lesson) -> None:
    level = replace(notebook, x=np.array([1.0, 2, 3]), y=np.array([3.0, 4, 3]))
    assert convergence(compile_loss(level)).minimum[0] == 0


def test_centred_data_have_the_axes_for_directions(exact_notebook: Lesson) -> None:
    # At x = ±2 the slope is the stiff direction, at ±½ the flat one.
    theory = convergence(compile_loss(replace(exact_notebook, x=[-2, 2], y=[1, 3])))
    assert theory.eigenvectors.tolist() == [[0, 1], [1, 0]]
    flipped = replace(exact_notebook, x=[-0.5, 0.5], y=[1, 3])
    assert convergence(compile_loss(flipped)).eigenvectors.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("slope", [1, 3, 9])
def test_a_trough_has_no_single_minimum(notebook: Lesson, slope: int) -> None:
    # Its flat curvature is zero, and comes out as 0, −6e-17 and 4e-16 at these slopes.
    a, b = notebook.parameters
    trough = replace(notebook, prediction=(a + slope * b) * X)
    with pytest.raises(LessonError, match=r"no single minimum: its curvatures at .* are "):
        convergence(compile_loss(trough))


def test_a_saddle_is_no_minimum(notebook: Lesson) -> None:
    a, b = notebook.parameters
    saddle = replace(notebook, prediction=a * X, pointwise=(PREDICTION - Y) ** 2 - b**2)
    with pytest.raises(LessonError, match="no single minimum"):
        convergence(compile_loss(saddle))


def test_a_loss_that_falls_for_ever_has_no_minimum(notebook: Lesson) -> None:
    separable = replace(
        notebook,
        prediction=1 / (1 + sp.exp(-notebook.prediction)),
        pointwise=-Y * sp.log(PREDICTION) - (1 - Y) * sp.log(1 - PREDICTION),
        y=(notebook.x > 0.5).astype(float),
    )
    with pytest.raises(LessonError, match=r"no (single )?minimum"):
        convergence(compile_loss(separable))
