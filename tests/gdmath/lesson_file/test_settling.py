"""Whether a descent settles, by running it just below and just above what theory allows."""

from dataclasses import replace
from functools import partial

import pytest
import sympy as sp

from gdmath import (
    Adam,
    Convergence,
    Lesson,
    LessonError,
    Momentum,
    Nesterov,
    NumericLoss,
    PlainDescent,
    UpdateRule,
    descend,
)
from gdmath.lesson import PREDICTION, X, Y
from gdmath.lesson_file.settling import check_settling, largest_stable_rate


@pytest.mark.parametrize(
    "rule_at",
    [
        PlainDescent,
        partial(Momentum, momentum=0.5),
        partial(Momentum, momentum=0.95),
        partial(Nesterov, momentum=0.5),
        partial(Nesterov, momentum=0.95),
    ],
    ids=str,
)
def test_the_largest_stable_rate_is_where_a_run_turns(
    exact_loss: NumericLoss, theory: Convergence, rule_at: "partial[UpdateRule]"
) -> None:
    bound = largest_stable_rate(rule_at(1.0), theory)
    assert bound is not None
    start = theory.minimum + theory.eigenvectors[:, 1]
    near, far = (
        descend(exact_loss, rule_at(share * bound), start, 2000).losses[-1]
        for share in (0.99, 1.01)
    )
    assert near < exact_loss.value(start) / 100
    assert not far < exact_loss.value(start) * 100


def test_nobody_knows_the_largest_stable_rate_of_adam(theory: Convergence) -> None:
    assert largest_stable_rate(Adam(0.1), theory) is None


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


@pytest.mark.parametrize(
    ("rate", "answer"),
    [(1e-9, "from 77.0134 to 77.0132; it must be larger"), (1e-300, "it must be larger")],
)
def test_a_rate_that_moves_nothing(notebook: Lesson, rate: float, answer: str) -> None:
    with pytest.raises(LessonError, match=answer):
        check_settling(replace(notebook, learning_rate=rate))
