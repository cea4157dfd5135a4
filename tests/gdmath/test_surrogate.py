from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, compile_loss, convergence, descend, parse_expression
from gdmath.blockwise import BLOCK, MANY, counted
from gdmath.lesson import PREDICTION, X, Y
from gdmath.surrogate import SHIFT, SIDES, Surrogate, coreset, surrogate

COUNT = BLOCK + 7000
"""More than are worked through at a time, and not a whole number of blocks."""


def decay(pointwise: str) -> Lesson:
    """Many points about 3·e^(−0.7x), with noise that has outliers."""
    generator = np.random.default_rng(0)
    first, second = sp.symbols("A k", real=True)
    x = generator.uniform(0, 6, COUNT)
    return Lesson(
        title="decay",
        parameters=(first, second),
        prediction=parse_expression("A*exp(-k*x)", {"A": first, "k": second, "x": X}),
        pointwise=parse_expression(pointwise, {"prediction": PREDICTION, "y": Y}),
        x=x,
        y=3 * np.exp(-0.7 * x) + 0.1 * generator.standard_t(3, COUNT),
        start=np.array([1, 0.2]),
        learning_rate=0.2,
        steps=60,
        steps_per_frame=1,
    )


@pytest.fixture(scope="module")
def smooth() -> NumericLoss:
    return compile_loss(decay("log(cosh(prediction - y))"))


def by_hand(lesson: Lesson, parameters: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean loss and its gradient, over all points at once and without SymPy."""
    height, rate = parameters
    fading = np.exp(-rate * lesson.x)
    residual = height * fading - lesson.y
    slope = np.tanh(residual) * fading
    gradient = np.array([slope.mean(), (-height * lesson.x * slope).mean()])
    return float(np.log(np.cosh(residual)).mean()), gradient


def test_every_point_counts_at_every_step(smooth: NumericLoss) -> None:
    lesson = smooth.lesson
    walked = descend(smooth, lesson.rule, lesson.start, 5)
    place = lesson.start
    for reached, value, gradient in zip(
        walked.parameters, walked.losses, walked.gradients, strict=True
    ):
        right, slope = by_hand(lesson, place)
        # Rounding of a mean of forty thousand, and of a cosh near 1.
        assert reached == pytest.approx(place, rel=1e-13)
        assert value == pytest.approx(right, rel=1e-12)
        assert gradient == pytest.approx(slope, rel=1e-12)
        place = place - lesson.learning_rate * slope


def test_what_is_known_is_not_worked_out_again(
    smooth: NumericLoss, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = np.array([[1.0, 0.3], [2.0, 0.4]])
    known = smooth.value(places), smooth.gradient(places)
    monkeypatch.setattr(NumericLoss, "_worked_out", None)
    assert (smooth.value(places[::-1]) == known[0][::-1]).all()
    assert (smooth.gradient(places[1]) == known[1][1]).all()


def test_few_points_and_quadratic_losses_are_shown_as_they_are(loss: NumericLoss) -> None:
    assert surrogate(loss) is loss
    x = np.linspace(0, 1, COUNT)
    quadratic = compile_loss(replace(loss.lesson, x=x, y=3 * x + 8))
    assert surrogate(quadratic) is quadratic


def test_a_surrogate_has_no_other(smooth: NumericLoss, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = surrogate(smooth)
    monkeypatch.setattr("gdmath.surrogate.MANY", 10)  # it is over more points than that
    assert surrogate(shown) is shown


def test_a_surrogate_is_true_between_the_places_it_was_judged_at(smooth: NumericLoss) -> None:
    shown, theory = surrogate(smooth), convergence(smooth)
    assert isinstance(shown, Surrogate)
    assert shown.points.size < COUNT / 5
    assert shown.is_true
    places = theory.minimum + np.random.default_rng(1).uniform(-1, 1, (50, 2)) * [1, 0.25]
    values, gradients = zip(*(by_hand(smooth.lesson, place) for place in places), strict=True)
    shifts = np.abs(shown.value(places) - values) / np.linalg.norm(gradients, axis=1)
    assert (shifts <= SHIFT * np.linalg.norm(places - theory.minimum, axis=1)).all()


def test_about_the_minimum_rings_are_right_however_close(smooth: NumericLoss) -> None:
    shown, theory = surrogate(smooth), convergence(smooth)
    assert shown.value(theory.minimum) == pytest.approx(theory.minimum_loss, rel=1e-14)
    assert np.abs(shown.gradient(theory.minimum)).max() < 1e-15
    offset = 1e-5 * np.array([1.0, 0.5])
    # Higher by the parabola; 1e-11 beside a loss of 1e-2 has four digits.
    rise = shown.value(theory.minimum + offset) - theory.minimum_loss
    assert rise == pytest.approx(offset @ theory.hessian @ offset / 2, rel=1e-3)


def test_a_loss_with_kinks_is_true_as_well() -> None:
    kinked = surrogate(compile_loss(decay("huber(prediction - y, 0.5)")))
    assert isinstance(kinked, Surrogate)
    assert kinked.is_true
    values = [found.value([1.2, 0.3]) for found in (kinked, compile_loss(kinked.lesson))]
    assert values[0] == pytest.approx(values[1], rel=1e-3)


def cloud(n: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    x = generator.exponential(2, n)
    # Student's t with one degree of freedom has outliers, which no loss may lose.
    return x, np.log1p(x) + 0.2 * generator.standard_t(1, n)


def test_a_coreset_has_the_means_and_covariances_of_all_points() -> None:
    x, y = cloud(3 * MANY)
    points = coreset(x, y, SIDES[0])
    assert points.size < 4 * SIDES[0] ** 2
    assert points.weights is not None
    assert points.weights.sum() == pytest.approx(1)
    for power in [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]:
        few = points.weights @ (points.x ** power[0] * points.y ** power[1])
        # Only at the border of the data is a point moved, lest it leave them.
        assert few == pytest.approx((x ** power[0] * y ** power[1]).mean(), rel=1e-4)


def test_smaller_cells_come_closer_and_no_point_leaves_the_data() -> None:
    x, y = cloud(3 * MANY)
    every, off = np.exp(np.sin(3 * x - y)).mean(), []
    for side in (SIDES[0], SIDES[-1]):
        points = coreset(x, y, side)
        off.append(abs(points.weights @ np.exp(np.sin(3 * points.x - points.y)) - every))
        assert x.min() <= points.x.min() <= points.x.max() <= x.max()
        assert y.min() <= points.y.min() <= points.y.max() <= y.max()
    assert off[1] < off[0] / 3


def test_points_are_counted_by_place() -> None:
    points = counted(np.tile([1.0, 2.0, 1.0], 5), np.tile([0.5, 3.0, 0.5], 5))
    assert np.column_stack([points.x, points.y]).tolist() == [[1, 0.5], [2, 3]]
    assert points.weights == pytest.approx([2 / 3, 1 / 3])


def test_places_that_rounding_cannot_tell_apart_are_one_cell() -> None:
    x = np.concatenate([np.full(900, 1.0), np.full(900, np.nextafter(1.0, 2.0))])
    points = coreset(x, np.zeros(x.size), SIDES[0])
    assert points.weights.sum() == pytest.approx(1)
    assert np.isfinite(points.x).all()
