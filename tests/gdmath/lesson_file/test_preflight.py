"""Whether a descent settles, by running it just below and just above what theory allows."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Adam,
    Convergence,
    Lesson,
    LessonError,
    Momentum,
    compile_loss,
    descend,
    load_lesson,
)
from gdmath.lesson import PREDICTION, X, Y
from gdmath.lesson_file.preflight import check_settling

CASES = Path(__file__).parents[1] / "cases"


def test_momentum_may_go_beyond_the_bound_of_plain_descent(
    notebook: Lesson, theory: Convergence
) -> None:
    rate = 1.5 * theory.largest_stable_rate
    with pytest.raises(LessonError, match="makes the descent diverge"):
        check_settling(replace(notebook, learning_rate=rate))
    check_settling(replace(notebook, learning_rate=rate, rule_at=partial(Momentum, momentum=0.9)))


def test_a_loss_that_is_not_quadratic_is_walked_to_see_whether_it_comes_down(
    notebook: Lesson,
) -> None:
    check_settling(replace(notebook, pointwise=sp.log(sp.cosh(PREDICTION - Y))))
    # Close to the minimum of a quartic-like loss any rate is stable; from far away it is not.
    steep = replace(notebook, pointwise=(PREDICTION - Y) ** 4 + (PREDICTION - Y) ** 2)
    with pytest.raises(LessonError, match="makes the descent diverge from the start") as refusal:
        check_settling(steep)
    assert refusal.value.about == "learning_rate"


def test_a_descent_that_goes_to_and_fro_for_ever_is_refused(notebook: Lesson) -> None:
    # Far out ln cosh is straight, so no step can leave, and at the minimum none can settle.
    bounded = replace(notebook, pointwise=sp.log(sp.cosh(PREDICTION - Y)), learning_rate=1.8)
    with pytest.raises(LessonError, match=r"must be below the largest stable rate, 1\.67546"):
        check_settling(bounded)
    check_settling(replace(bounded, learning_rate=1.6))


def test_a_loss_that_has_risen_when_the_lesson_ends_may_fall_later(notebook: Lesson) -> None:
    near = load_lesson(CASES / "momentum_near_bound_10.toml")
    risen = descend(compile_loss(near), near.rule, near.start, near.steps).losses
    assert risen[-1] > risen[0]
    with pytest.raises(LessonError, match="makes the descent diverge"):
        check_settling(replace(near, learning_rate=1.6))
    # Without a theory of the rule it is the run itself that tells.
    adam = replace(notebook, rule_at=Adam, learning_rate=30, steps=10)
    short = descend(compile_loss(adam), adam.rule, adam.start, adam.steps).losses
    assert short[-1] > short[0]
    check_settling(adam)


def test_a_good_rate_is_not_judged_by_another_minimum() -> None:
    lesson = load_lesson(CASES / "mm_pole.toml")
    with pytest.raises(LessonError, match="must be below the largest stable rate"):
        check_settling(replace(lesson, learning_rate=3.0))


def test_a_step_into_the_undefined(notebook: Lesson) -> None:
    a, b = notebook.parameters
    # The minimum is at b = 1, but momentum swings through it to where the root is not real.
    swinging = replace(
        notebook,
        prediction=a * X + sp.sqrt(b),
        x=[-1.0, 1.0],
        y=[1.0, 1.0],
        start=[0.5, 9.0],
        learning_rate=0.5,
        rule_at=partial(Momentum, momentum=0.95),
    )
    with pytest.raises(LessonError, match=r"step \d+ leads to .*, where the loss is undefined"):
        check_settling(swinging)


def test_a_step_to_where_there_is_no_derivative(notebook: Lesson) -> None:
    _, b = notebook.parameters
    # L = a² + (b + 1)² + √|b|/1024, so that the first step from b = 4 leads to 0, the only kink.
    slope = 10 + 1 / 4096
    pointed = replace(
        notebook,
        pointwise=(PREDICTION - Y) ** 2 + sp.sqrt(sp.Abs(b)) / 1024,
        x=[-1.0, 1.0],
        y=[-1.0, -1.0],
        start=[1.0, 4.0],
        learning_rate=4 / slope,
    )
    with pytest.raises(LessonError, match=r"step 1 leads to .*, where the loss cannot be diff"):
        check_settling(pointed)


def test_a_start_on_a_saddle(notebook: Lesson) -> None:
    a, b = notebook.parameters
    saddle = replace(
        notebook,
        prediction=a * sp.tanh(b * X),
        x=[-2, -1, 1, 2],
        y=[-1.9, -1.5, 1.5, 1.9],
        start=[0, 0],
    )
    with pytest.raises(LessonError, match=r"the gradient vanishes at the start \[0.0, 0.0\]") as no:
        check_settling(saddle)
    assert no.value.about == "start"
    check_settling(replace(saddle, start=[1, 0.5]))


@pytest.mark.parametrize(
    ("rate", "answer"),
    [(1e-9, "from 77.0134 to 77.0132; it must be larger"), (1e-300, "it must be larger")],
)
def test_a_rate_that_moves_nothing(notebook: Lesson, rate: float, answer: str) -> None:
    with pytest.raises(LessonError, match=answer):
        check_settling(replace(notebook, learning_rate=rate))


def test_a_leap_out_of_all_there_is_to_see(notebook: Lesson) -> None:
    # Beside a pole the slope is steep, and a step down it goes to some far branch of the tangent.
    a, b = notebook.parameters
    poles = replace(notebook, prediction=sp.tan(a * X) + b, start=np.array([1.2, 1]))
    with pytest.raises(LessonError, match=r"step \d leaps to .* take a smaller learning rate"):
        check_settling(poles)
    check_settling(replace(poles, learning_rate=1e-4))


@pytest.mark.parametrize(("factor", "rate"), [(1e60, 1e-62), (1e-60, 1e58)])
def test_a_loss_too_high_or_low_for_an_axis(notebook: Lesson, factor: float, rate: float) -> None:
    pointwise = sp.Float(factor) * notebook.pointwise
    with pytest.raises(LessonError, match=r"above its minimum; multiply it by what") as no:
        check_settling(replace(notebook, pointwise=pointwise, learning_rate=rate))
    assert no.value.about == "pointwise"


def test_seconds_since_1970_are_counted_from_their_middle(notebook: Lesson) -> None:
    x = 1_700_000_000 + 60 * np.arange(5.0)
    since_1970 = replace(notebook, x=x, y=np.arange(5.0), learning_rate=1e-20)
    with pytest.raises(LessonError, match="count x from its middle, x - 1700000120"):
        check_settling(since_1970)


def test_only_of_a_line_x_is_counted_from_its_middle(notebook: Lesson) -> None:
    first, second = notebook.parameters
    narrow = replace(notebook, prediction=first * sp.exp(second * X / 1e6), learning_rate=1e-4)
    with pytest.raises(LessonError, match=r"drawn: scale up the parameter that counts"):
        check_settling(narrow)


def test_too_many_steps_over_too_many_points(notebook: Lesson) -> None:
    x = np.linspace(0, 1, 20_000)
    many = replace(notebook, x=x, y=3 * x + 8, steps=60_000)
    check_settling(many)
    with pytest.raises(LessonError, match=r"60000 steps over 20000 points .* there can be 50000"):
        check_settling(replace(many, pointwise=sp.log(sp.cosh(PREDICTION - Y))))
