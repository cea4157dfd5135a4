from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, NumericLoss, compile_loss, convergence, descend, parse_expression
from gdmath.blockwise import BLOCK
from gdmath.lesson import PREDICTION, X, Y
from gdmath.portrait import SHIFT, Portrait, portrait

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
    way = descend(smooth, lesson.rule, lesson.start, 5)
    place = lesson.start
    for reached, value, gradient in zip(way.parameters, way.losses, way.gradients, strict=True):
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


def test_few_points_and_quadratic_losses_are_their_own_portraits(loss: NumericLoss) -> None:
    assert portrait(loss) is loss
    x = np.linspace(0, 1, COUNT)
    quadratic = compile_loss(replace(loss.lesson, x=x, y=3 * x + 8))
    assert portrait(quadratic) is quadratic


def test_a_portrait_is_its_own(smooth: NumericLoss, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = portrait(smooth)
    monkeypatch.setattr("gdmath.portrait.MANY", 10)  # it is gathered from more points than that
    assert portrait(shown) is shown


def test_a_portrait_is_true_between_the_places_it_was_judged_at(smooth: NumericLoss) -> None:
    shown, theory = portrait(smooth), convergence(smooth)
    assert isinstance(shown, Portrait)
    assert shown.points.size < COUNT / 5
    assert shown.is_true
    places = theory.minimum + np.random.default_rng(1).uniform(-1, 1, (50, 2)) * [1, 0.25]
    values, gradients = zip(*(by_hand(smooth.lesson, place) for place in places), strict=True)
    shifts = np.abs(shown.value(places) - values) / np.linalg.norm(gradients, axis=1)
    assert (shifts <= SHIFT * np.linalg.norm(places - theory.minimum, axis=1)).all()


def test_about_the_minimum_rings_are_right_however_close(smooth: NumericLoss) -> None:
    shown, theory = portrait(smooth), convergence(smooth)
    assert shown.value(theory.minimum) == pytest.approx(theory.minimum_loss, rel=1e-14)
    assert np.abs(shown.gradient(theory.minimum)).max() < 1e-15
    way = 1e-5 * np.array([1.0, 0.5])
    # Higher by the parabola; 1e-11 beside a loss of 1e-2 has four digits.
    rise = shown.value(theory.minimum + way) - theory.minimum_loss
    assert rise == pytest.approx(way @ theory.hessian @ way / 2, rel=1e-3)


def test_a_loss_with_kinks_is_gathered_more_finely_until_it_is_true(smooth: NumericLoss) -> None:
    kinked = portrait(compile_loss(decay("huber(prediction - y, 0.5)")))
    assert isinstance(kinked, Portrait)
    assert kinked.points.size > 1.5 * portrait(smooth).points.size
    assert kinked.is_true
