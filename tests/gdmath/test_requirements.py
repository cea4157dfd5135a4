"""What a lesson is said to lack is what its formulas lack, by examples and by its numbers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, compile_loss, convergence, descend, parse_expression, unmet_requirements
from gdmath.lesson import PREDICTION, X, Y
from gdmath.local_quadratic import quadratic_reach
from gdmath.requirements import REQUIREMENTS, is_mean_square, square_factor
from gdmath.rules import Adam, Momentum, Nesterov, PlainDescent, RMSProp, UpdateRule

Made = Callable[[str, str], Lesson]
SQUARE = "(prediction - y)**2"
OF_THE_START = {"hidden flat part"}
"""What is asked of a lesson's start more than of its formulas and its rule."""


@pytest.fixture(scope="module")
def made() -> Made:
    """A lesson in a and b, by the text of its two formulas."""

    def make(prediction: str, pointwise: str) -> Lesson:
        a, b = sp.symbols("a b", real=True)
        names = {"a": a, "b": b, "x": X}
        x = np.linspace(0.5, 2, 7)
        return Lesson(
            title="an example",
            parameters=(a, b),
            prediction=parse_expression(prediction, names),
            pointwise=parse_expression(pointwise, {**names, "y": Y, "prediction": PREDICTION}),
            x=x,
            y=1 + x,
            start=np.array([0.5, 0.4]),
            learning_rate=0.01,
            steps=10,
            steps_per_frame=1,
        )

    return make


@pytest.mark.parametrize(
    ("prediction", "pointwise", "lacking"),
    [
        ("a*x + b", SQUARE, ""),
        ("b*x + a", "(y - prediction)**2/2", ""),
        ("x*(a + b/x)", "prediction**2 - 2*prediction*y + y**2", ""),
        ("a*x + b", SQUARE + " + 0.1*(a**2 + b**2)", "squared residuals"),
        ("a*x + b", "x*" + SQUARE, "squared residuals"),
        ("a*x + b", "sqrt((prediction - y)**2 + 1)", "squared residuals, quadratic loss"),
        ("a*x**2 + b*x", SQUARE, "straight line"),
        ("a*x + b + 1", SQUARE, "straight line"),
        ("a*exp(-b*x)", SQUARE, "straight line, linear prediction, quadratic loss"),
    ],
)
def test_lacks_what_its_formulas_lack(
    made: Made, prediction: str, pointwise: str, lacking: str
) -> None:
    unmet = unmet_requirements(made(prediction, pointwise))
    assert ", ".join(name for name in unmet if name not in OF_THE_START) == lacking


@pytest.mark.parametrize("pointwise", [SQUARE, SQUARE + " + 0.1*a**2", "cosh(prediction - y)"])
@pytest.mark.parametrize("prediction", ["a*x + b", "a*x**2 + b*x", "a*b*x"])
def test_quadratic_is_what_has_one_curvature_everywhere(
    made: Made, prediction: str, pointwise: str
) -> None:
    lesson = made(prediction, pointwise)
    places = np.random.default_rng(3).normal(size=(5, 2))
    hessians = compile_loss(lesson).hessian(places)
    # The same formula at five places: equal but for round-off, or different in the first digits.
    assert np.allclose(hessians, hessians[0]) == (
        "quadratic loss" not in unmet_requirements(lesson)
    )


def test_the_mean_square_itself_has_the_factor_one(made: Made) -> None:
    assert is_mean_square(made("a*x + b", SQUARE))
    half = made("a*x + b", f"{SQUARE}/2")
    assert not is_mean_square(half)
    assert square_factor(half) == sp.Rational(1, 2)


def test_a_reason_is_a_clause_that_a_film_can_show(made: Made) -> None:
    lesson = made("a*exp(-b*x)", "sqrt((prediction - y)**2 + 1e-10)")
    many = np.linspace(0, 1, 1000)
    reasons = unmet_requirements(replace(lesson, x=many, y=many, rule_at=Adam))
    # Whether a direction is left behind is asked of plain descent in a bowl only.
    assert set(reasons) == set(REQUIREMENTS) - {"flat direction", "hidden flat part"}
    line = made("a*x + b", SQUARE)
    for odd in (made("a - b*x", SQUARE), replace(line, x=line.x - line.x.mean())):
        reasons |= unmet_requirements(odd)
    for reason in reasons.values():
        assert reason.startswith("the ")
        assert not reason.endswith(".")
        assert not any(character.isdigit() for character in reason)


@pytest.mark.parametrize(
    ("rule", "rate", "lacking"),
    [
        (PlainDescent, 0.01, set()),
        (partial(Momentum, momentum=0.9), 0.01, {"plain descent"}),
        (partial(Momentum, momentum=0.1), 0.01, {"plain descent", "plain or momentum"}),
        # The stiffer curvature is 5.7 here, so plain descent diverges from 0.35 on.
        (partial(Momentum, momentum=0.9), 0.5, {"plain descent", "plain or momentum"}),
        (partial(Nesterov, momentum=0.9), 0.01, {"plain descent", "plain or momentum"}),
        (RMSProp, 0.01, {"plain descent", "plain or momentum", "first step downhill"}),
    ],
)
def test_a_rule_is_judged_by_what_a_chapter_would_say_of_it(
    made: Made, rule: Callable[[float], UpdateRule], rate: float, lacking: set[str]
) -> None:
    lesson = replace(made("a*x + b", SQUARE), rule_at=rule, learning_rate=rate)
    assert set(unmet_requirements(lesson)) - OF_THE_START == lacking


def test_a_direction_is_left_behind_where_the_flat_part_outlives_the_stiff_one(made: Made) -> None:
    line = made("a*x + b", SQUARE)
    even = np.array([-1.0, 1.0])
    theory = convergence(compile_loss(line))
    lessons = {
        line: True,
        # Above the rate at which both die equally fast, it is the stiff part that stays.
        replace(line, learning_rate=1.01 * theory.best_rate): False,
        replace(line, x=even, y=even): False,  # the mean of x² is 1: a round bowl
        replace(line, start=theory.minimum + theory.eigenvectors[:, 0]): False,
    }
    for lesson, left_behind in lessons.items():
        assert ("flat direction" not in unmet_requirements(lesson)) == left_behind
        if left_behind:
            trajectory = descend(compile_loss(lesson), lesson.rule, lesson.start, 100)
            flat, stiff = np.abs(theory.coordinates(trajectory.parameters[[0, -1]])).T
            assert flat[1] / flat[0] > stiff[1] / stiff[0]


def test_a_flat_part_is_hidden_where_it_is_little_of_the_loss_and_lasts(notebook: Lesson) -> None:
    theory = convergence(compile_loss(notebook))
    flat, stiff = theory.eigenvectors.T
    best = theory.minimum
    lessons = {
        notebook: "",
        replace(notebook, start=best + flat + stiff): "the curve shows it",
        replace(notebook, steps=100): "has not arrived either",
        replace(notebook, start=best + 0.02 * flat + 8 * stiff): "hardly later",
        replace(notebook, pointwise=notebook.pointwise - 1): "below zero",
        replace(notebook, y=2.0 * notebook.x): "a parameter is zero",
    }
    for lesson, reason in lessons.items():
        told = unmet_requirements(lesson).get("hidden flat part", "")
        assert reason in told, told
        assert bool(reason) == bool(told)


def test_a_bowl_too_small_to_be_seen_is_not_denied(notebook: Lesson) -> None:
    fourth = replace(
        notebook,
        pointwise=(PREDICTION - Y) ** 4 + (PREDICTION - Y) ** 2 / 10**5,
        y=3 * notebook.x + 8,
        start=np.array([7.0, 15.0]),
    )
    loss = compile_loss(fourth)
    assert quadratic_reach(loss, convergence(loss), 1.0) > 0
    reason = unmet_requirements(fourth)["bowl at the minimum"]
    assert reason == "the loss is as good as quadratic only too near its minimum to be seen"
