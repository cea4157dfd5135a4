"""The facts of a summary against the run itself, and each warning where it is due."""

import re
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Adam,
    Lesson,
    Momentum,
    PlainDescent,
    Trajectory,
    as_text,
    derive,
    descend,
    summarise,
)
from gdmath.lesson import PREDICTION, X, Y
from gdmath.summary import in_steps


def distances(trajectory: Trajectory, minimum: np.ndarray) -> np.ndarray:
    return np.linalg.norm(trajectory.parameters - minimum, axis=1)


def test_a_descent_that_has_not_arrived_is_told_how_long_it_would_take(notebook: Lesson) -> None:
    summary = summarise(notebook)
    assert summary.settles is not None
    assert summary.settles > notebook.steps
    longer = descend(summary.loss, PlainDescent(0.01), notebook.start, summary.settles)
    left = distances(longer, summary.convergence.minimum)
    # The stiff direction is gone by then; what is left of it after 400 steps is below 1 in 10⁴.
    assert left[-1] <= 0.01 * left[0] < left[-3]
    assert summary.distance_left == pytest.approx(left[400] / left[0], rel=1e-12)


@pytest.mark.parametrize("rule_at", [PlainDescent, partial(Momentum, momentum=0.8)], ids=str)
def test_a_descent_that_arrives_tells_when(notebook: Lesson, rule_at: type[PlainDescent]) -> None:
    lesson = replace(notebook, learning_rate=0.3, rule_at=rule_at)
    summary = summarise(lesson)
    assert summary.settles is not None
    left = distances(summary.trajectory, summary.convergence.minimum)
    assert (left[summary.settles :] <= 0.01 * left[0]).all()
    assert left[summary.settles - 1] > 0.01 * left[0]
    assert summary.warnings == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"rule_at": Adam},
        {"rule_at": partial(Momentum, momentum=0.5)},
        {"pointwise": sp.log(sp.cosh(PREDICTION - Y))},
        {"prediction": 9 * sp.exp(sp.Symbol("a", real=True) * X) + sp.Symbol("b", real=True)},
    ],
    ids=["Adam", "momentum", "ln cosh", "exponential"],
)
def test_steps_that_are_said_to_do_are_counted(notebook: Lesson, changes: dict[str, Any]) -> None:
    summary = summarise(replace(notebook, steps=40, **changes))
    assert summary.settles is not None
    assert summary.settles > 40
    assert f"about {summary.settles} would do" in " ".join(summary.warnings)
    longer = descend(summary.loss, summary.lesson.rule, notebook.start, 2 * summary.settles)
    left = distances(longer, summary.convergence.minimum)
    assert (left[summary.settles :] <= 0.01 * left[0]).all()
    assert left[summary.settles - 1] > 0.01 * left[0]


def test_a_descent_that_takes_too_long_is_said_to(
    notebook: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdmath.summary.MOST_STEPS", 1000)
    summary = summarise(replace(notebook, rule_at=Adam, learning_rate=1e-6))
    assert summary.settles is None
    assert summary.largest_stable_rate is None
    assert "is left; 1000 steps are not enough either." in summary.warnings[0]


def test_centred_x_is_recommended_for_a_line_only(notebook: Lesson) -> None:
    straight = replace(notebook, x=notebook.x + 10, learning_rate=0.005)
    curve = replace(straight, prediction=straight.prediction + X**2 / 1000)
    assert "other units would make" in summarise(curve).warnings[0]
    assert "other units, or centred x, would make" in summarise(straight).warnings[0]


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"learning_rate": 0.8}, "The learning rate is 95% of the largest stable one"),
        ({}, "After 400 steps 5% of the way to the minimum is left; about 1398 would do."),
        ({"pointwise": sp.log(sp.cosh(PREDICTION - Y))}, "The loss is not quadratic"),
        ({"pointwise": (PREDICTION - Y) ** 2 + sp.Abs(PREDICTION)}, "The loss has a kink: the gr"),
    ],
)
def test_what_to_mind(notebook: Lesson, changes: dict[str, object], warning: str) -> None:
    warnings = summarise(replace(notebook, **changes)).warnings
    assert [text for text in warnings if text.startswith(warning)]


def test_less_than_all_is_never_all(notebook: Lesson) -> None:
    bound = summarise(notebook).largest_stable_rate
    assert bound is not None
    close = summarise(replace(notebook, learning_rate=0.9998 * bound))
    assert close.warnings[0].startswith("The learning rate is 99.98% of")
    slow = summarise(replace(notebook, learning_rate=1e-9))
    assert slow.warnings[0].startswith("After 400 steps 99.9999")
    assert re.search(r"about \d·10¹⁰ would do\.$", slow.warnings[0])


@pytest.mark.parametrize(("count", "words"), [(1, "1 step"), (578541437814, "6·10¹¹ steps")])
def test_steps_in_words(count: int, words: str) -> None:
    assert in_steps(count) == words


def test_a_narrow_ravine_is_told(notebook: Lesson) -> None:
    shifted = replace(notebook, x=notebook.x + 10, learning_rate=0.005)
    summary = summarise(shifted)
    assert summary.convergence.condition_number > 1000
    assert summary.warnings[0].startswith("The loss curves ")


def test_points_that_repeat_are_counted(notebook: Lesson) -> None:
    x, y = np.append(notebook.x, notebook.x[:3]), np.append(notebook.y, notebook.y[:3])
    summary = summarise(replace(notebook, x=x, y=y))
    assert summary.duplicates == 3
    assert "Of the points 3 repeat another one; each of them counts." in summary.warnings
    assert summarise(notebook).duplicates == 0


def test_points_that_are_not_drawn_are_told(notebook: Lesson) -> None:
    x = np.linspace(0, 1, 1000)
    summary = summarise(replace(notebook, x=x, y=3 * x + 8))
    shown = summary.lesson.shown.size
    assert f"Of the 1000 points {shown} are drawn; all of them count." in summary.warnings


def test_formulas_on_one_line(notebook: Lesson) -> None:
    derivation = derive(notebook)
    written = [as_text(notebook.prediction), as_text(derivation.loss)]
    written += [as_text(slope) for slope in derivation.gradient]
    assert written == [
        "a*x + b",
        "mean((a*x + b - y)**2)",
        "2*mean(x*(a*x + b - y))",
        "2*mean(a*x + b - y)",
    ]
