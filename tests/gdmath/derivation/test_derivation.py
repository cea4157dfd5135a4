"""Derivations against finite differences of a loss written by hand, in arithmetic of 40 digits."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import mpmath
import pytest
import sympy as sp

from gdmath import Derivation, Lesson, derive
from gdmath.lesson import PREDICTION, X, Y
from tests.gdmath.derivation.formulas import (
    AT,
    CLOSE,
    DIGITS,
    FORMULAS,
    XS,
    YS,
    Formula,
    number,
    slope_by_hand,
    values_of,
)


@pytest.fixture(scope="module", params=FORMULAS)
def formula(request: pytest.FixtureRequest) -> Formula:
    return FORMULAS[request.param]


@pytest.fixture(scope="module")
def derivation(formula: Formula) -> Derivation:
    return derive(formula.lesson())


def test_every_line_has_the_value_of_the_losss_slope(
    formula: Formula, derivation: Derivation
) -> None:
    with mpmath.workdps(DIGITS):
        for position, parameter in enumerate(derivation.lesson.parameters):
            expected = slope_by_hand(formula, position)
            steps = derivation.steps(parameter)
            for line in (steps[0].before, *(step.after for step in steps)):
                value = number(line, values_of(derivation))
                assert mpmath.almosteq(value, expected, CLOSE, CLOSE), (line, value, expected)


def test_steps_follow_each_other_from_the_whole_loss_to_a_line_without_derivatives(
    derivation: Derivation,
) -> None:
    for parameter, slope in zip(derivation.lesson.parameters, derivation.gradient, strict=True):
        steps = derivation.steps(parameter)
        assert isinstance(steps[0].before, sp.Derivative)
        assert all(one.after == next_.before for one, next_ in pairwise(steps))
        assert all(step.before != step.after and step.rule for step in steps)
        assert not steps[-1].after.has(sp.Derivative)
        assert steps[-1].after == slope


def test_gradient_and_hessian_are_sympys_own_for_three_points(derivation: Derivation) -> None:
    lesson = derivation.lesson
    data = [sp.symbols(f"x{k} y{k}", real=True) for k in range(len(XS))]
    loss = sum(
        lesson.pointwise.subs(PREDICTION, lesson.prediction).subs({X: x, Y: y}) for x, y in data
    ) / len(XS)
    numbers = (*AT, *(number for pair in zip(XS, YS, strict=True) for number in pair))
    symbols = (*lesson.parameters, *(symbol for pair in data for symbol in pair))
    point = dict(zip(symbols, map(sp.Rational, numbers), strict=True))
    with mpmath.workdps(DIGITS):
        for k, first in enumerate(lesson.parameters):
            expected = sp.diff(loss, first).evalf(DIGITS, subs=point)
            value = number(derivation.gradient[k], values_of(derivation))
            assert mpmath.almosteq(value, mpmath.mpf(expected), CLOSE, CLOSE)
            for m, second in enumerate(lesson.parameters):
                curvature = sp.diff(loss, first, second).replace(sp.DiracDelta, lambda *_: 0)
                expected = curvature.evalf(DIGITS, subs=point)
                value = number(derivation.hessian[k, m], values_of(derivation))
                assert mpmath.almosteq(value, mpmath.mpf(expected), CLOSE, CLOSE)


def test_what_is_no_parameter_is_refused(notebook: Lesson) -> None:
    with pytest.raises(ValueError, match="its parameters are a and b"):
        derive(notebook).steps(X)


def test_index_and_count_are_not_named_like_parameters() -> None:
    loss = derive(FORMULAS["names of the index"].lesson()).loss
    (total,) = loss.atoms(sp.Sum)
    _, (index, _, count) = total.args
    assert not {index.name, count.name} & {"i", "n"}


@pytest.mark.slow
def test_the_same_lines_in_every_process(tmp_path: Path, root: Path) -> None:
    """Python's hashes of strings differ from process to process; the lines must not."""
    script = tmp_path / "lines.py"
    script.write_text(
        "from dataclasses import replace\n"
        "from gdmath import derive, load_lesson, parse_expression\n"
        "from gdmath.lesson import PREDICTION, X, Y\n"
        "lesson = load_lesson('lesson.toml')\n"
        "names = dict(zip('ab', lesson.parameters), x=X, y=Y, prediction=PREDICTION)\n"
        "read = lambda text: parse_expression(text, names)\n"
        "lesson = replace(lesson, prediction=read('1/(1 + exp(-a*x - b))'),\n"
        "    pointwise=read('-y*log(prediction) - (1 - y)*log(1 - prediction)'))\n"
        "result = derive(lesson)\n"
        "print([result.steps(p) for p in lesson.parameters], result.hessian)\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
