"""Which of many minima a lesson is about: that which its own descent goes to, and no other."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import (
    Adam,
    Lesson,
    LessonError,
    Momentum,
    PlainDescent,
    UpdateRule,
    compile_loss,
    convergence,
    load_lesson,
    parse_expression,
    two_basins,
)
from gdmath.descent import walk
from gdmath.destination import own_minimum
from gdmath.lesson import PREDICTION, X, Y
from gdmath.lesson_file.preflight import check_settling

CASES = Path(__file__).parent / "cases"

MISRA = [
    [77.6, 10.07], [114.9, 14.73], [141.1, 17.94], [190.8, 23.93], [239.9, 29.61], [289, 35.18],
    [332.8, 40.02], [378.4, 44.82], [434.8, 50.76], [477.3, 55.05], [536.8, 61.01], [593.1, 66.4],
    [689.1, 75.47], [760, 81.78],
]  # fmt: skip
"""x and y of Misra1a to Misra1d, NIST Statistical Reference Datasets (nonlinear regression)."""


@pytest.mark.parametrize(
    ("name", "minimum"),
    [("mm_pole", [1.989774, 0.686151]), ("amp_phase", [-2.007392, -2.437362])],
)
def test_a_lesson_is_about_the_minimum_that_its_descent_reaches(
    name: str, minimum: list[float]
) -> None:
    lesson = load_lesson(CASES / f"{name}.toml")
    assert convergence(compile_loss(lesson)).minimum == pytest.approx(minimum, abs=1e-6)


@pytest.mark.parametrize(
    "rule_at",
    [PlainDescent, partial(Momentum, momentum=0.9), Adam],
    ids=["plain", "momentum", "adam"],
)
@pytest.mark.parametrize(
    ("make", "rate", "low", "high"),
    [
        (two_basins, 0.02, (-3, -3), (3, 3)),
        (partial(load_lesson, CASES / "amp_phase.toml"), 0.02, (-3, -7), (3, 7)),
        (partial(load_lesson, CASES / "mm_pole.toml"), 0.1, (0.5, 0.3), (4, 4)),
    ],
    ids=["two basins", "sine", "pole"],
)
def test_from_any_start_the_minimum_is_where_a_long_descent_ends(
    make: Callable[[], Lesson],
    rate: float,
    low: tuple[float, float],
    high: tuple[float, float],
    rule_at: Callable[[float], UpdateRule],
) -> None:
    lesson = make()
    loss, starts = compile_loss(lesson), np.random.default_rng(7).uniform(low, high, (8, 2))
    ends = starts.copy()
    for step, places in enumerate(walk(repeat(loss, 8000), rule_at(rate), starts)):
        # Now and then: Adam leaves a minimum that it has reached again, and comes back.
        if step % 100 == 99:
            there = np.linalg.norm(loss.gradient(places), axis=1) < 1e-6
            ends[there] = places[there]
    arrived = np.linalg.norm(loss.gradient(ends), axis=1) < 1e-6
    assert arrived.sum() >= 4
    for start, end in zip(starts[arrived], ends[arrived], strict=True):
        short = replace(
            lesson, start=start, learning_rate=rate, steps=20, steps_per_frame=1, rule_at=rule_at
        )
        minimum = convergence(compile_loss(short)).minimum
        assert minimum == pytest.approx(end, abs=1e-4)


def test_slow_descents_go_where_the_gradient_flow_goes() -> None:
    # The longest descent that is tried is a hundredth of the way there.
    slow = replace(two_basins(), start=[1.0, 0.2], learning_rate=1e-7)
    assert convergence(compile_loss(slow)).minimum == pytest.approx([2, 1], abs=1e-12)


def test_a_descent_that_diverges_has_no_minimum_of_its_own(notebook: Lesson) -> None:
    steep = replace(notebook, pointwise=(PREDICTION - Y) ** 4 + (PREDICTION - Y) ** 2)
    loss = compile_loss(steep)
    assert own_minimum(loss) is None
    # The nearest one downhill stands in for it.
    assert convergence(loss).minimum == pytest.approx([3, 8], abs=1e-3)
    with pytest.raises(LessonError, match="makes the descent diverge from the start"):
        check_settling(steep)


@pytest.mark.parametrize(
    ("formula", "start", "certified"),
    [
        ("b1*(1 - exp(-b2*x))", [500, 1e-4], [2.3894212918e2, 5.5015643181e-4]),
        ("b1*(1 - (1 + b2*x/2)**(-2))", [500, 1e-4], [3.3799746163e2, 3.9039091287e-4]),
        ("b1*(1 - (1 + 2*b2*x)**(-0.5))", [500, 1e-4], [6.3642725809e2, 2.0813627256e-4]),
        ("b1*b2*x/(1 + b2*x)", [500, 1e-4], [4.3736970754e2, 3.0227324449e-4]),
    ],
    ids=["Misra1a", "Misra1b", "Misra1c", "Misra1d"],
)
def test_a_narrow_minimum_is_found_and_called_narrow(
    notebook: Lesson, formula: str, start: list[float], certified: list[float]
) -> None:
    names = sp.symbols("b1 b2", real=True)
    misra = replace(
        notebook,
        parameters=names,
        prediction=parse_expression(formula, {"b1": names[0], "b2": names[1], "x": X}),
        x=[x for x, _ in MISRA],
        y=[y for _, y in MISRA],
        start=start,
        learning_rate=1e-11,
    )
    assert convergence(compile_loss(misra)).minimum == pytest.approx(certified, rel=1e-9)
    advice = r"too narrow to be drawn: scale up the parameter that counts for too little$"
    with pytest.raises(LessonError, match=advice):
        check_settling(misra)
