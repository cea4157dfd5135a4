"""Derivations against finite differences of a loss written by hand, in arithmetic of 40 digits."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import mpmath
import numpy as np
import pytest
import sympy as sp
from sympy.core.function import AppliedUndef

from gdmath import Derivation, Lesson, derive, parse_expression, to_typst
from gdmath.lesson import PREDICTION, X, Y

DIGITS = 40
XS, YS = ("0.31", "1.27", "2.05"), ("0.18", "0.94", "0.57")
AT = ("0.83", "0.37")
# A central difference with h = 1e-12 leaves about h² = 1e-24; 40 digits leave round-off far below.
CLOSE = mpmath.mpf("1e-20")

Pointwise = Callable[..., mpmath.mpf]


@dataclass(frozen=True)
class Formula:
    """A lesson's formulas as text, and the loss of one point (a, b, x, y) by hand."""

    prediction: str
    pointwise: str
    by_hand: Pointwise
    names: tuple[str, str] = ("a", "b")

    def lesson(self) -> Lesson:
        first, second = sp.symbols(self.names, real=True)
        names = {first.name: first, second.name: second, "x": X}
        return Lesson(
            title="a test",
            parameters=(first, second),
            prediction=parse_expression(self.prediction, names),
            pointwise=parse_expression(self.pointwise, {**names, "y": Y, "prediction": PREDICTION}),
            x=np.array(XS, dtype=float),
            y=np.array(YS, dtype=float),
            start=np.zeros(2),
            learning_rate=0.01,
            steps=1,
            steps_per_frame=1,
        )


SQUARE, LINE = "(prediction - y)**2", "a*x + b"
FORMULAS = {
    "line": Formula(LINE, SQUARE, lambda a, b, x, y: (a * x + b - y) ** 2),
    "turned around": Formula(LINE, "(y - prediction)**2", lambda a, b, x, y: (y - a * x - b) ** 2),
    "half": Formula(LINE, "(prediction - y)**2/2", lambda a, b, x, y: (a * x + b - y) ** 2 / 2),
    "ridge": Formula(
        LINE,
        "(prediction - y)**2 + 0.1*(a**2 + b**2)",
        lambda a, b, x, y: (a * x + b - y) ** 2 + (a * a + b * b) / 10,
    ),
    "decay": Formula(
        "A*exp(-k*x)", SQUARE, lambda a, k, x, y: (a / mpmath.exp(k * x) - y) ** 2, ("A", "k")
    ),
    "log-cosh": Formula(
        LINE,
        "log(cosh(prediction - y))",
        lambda a, b, x, y: mpmath.log(mpmath.cosh(a * x + b - y)),
    ),
    "logistic": Formula(
        "1/(1 + exp(-(a*x + b)))",
        "-(y*log(prediction) + (1 - y)*log(1 - prediction))",
        lambda a, b, x, y: (
            y * mpmath.log1p(mpmath.exp(-a * x - b)) + (1 - y) * mpmath.log1p(mpmath.exp(a * x + b))
        ),
    ),
    "logistic squares": Formula(
        "1/(1 + exp(-a*x - b))",
        SQUARE,
        lambda a, b, x, y: ((1 + mpmath.tanh((a * x + b) / 2)) / 2 - y) ** 2,
    ),
    "parabola": Formula(
        "a*x**2 + b*x", SQUARE, lambda a, b, x, y: (x * (a * x + b) - y) ** 2, ("a", "b")
    ),
    "smoothed": Formula(
        LINE,
        "sqrt((prediction - y)**2 + 0.01)",
        lambda a, b, x, y: mpmath.hypot(a * x + b - y, mpmath.mpf("0.1")),
    ),
    "absolute": Formula(LINE, "abs(prediction - y)", lambda a, b, x, y: abs(a * x + b - y)),
    "saturating": Formula("a*x/(b + x)", SQUARE, lambda a, b, x, y: (a * x / (b + x) - y) ** 2),
    "quotient": Formula(
        "a*x/(1 + a*b*x)", SQUARE, lambda a, b, x, y: (1 / (1 / (a * x) + b) - y) ** 2
    ),
    "wave": Formula("sin(a*x + b)", SQUARE, lambda a, b, x, y: (mpmath.sin(a * x + b) - y) ** 2),
    "fourth power": Formula(
        "a*tanh(b*x)",
        "(prediction - y)**4",
        lambda a, b, x, y: (a * mpmath.tanh(b * x) - y) ** 4,
    ),
    "power law": Formula("a*x**b", SQUARE, lambda a, b, x, y: (a * x**b - y) ** 2),
    "product": Formula(
        "a*exp(-a*x) + b",
        SQUARE,
        lambda a, b, x, y: (a * mpmath.exp(-a * x) + b - y) ** 2,
    ),
    "twice used": Formula(
        LINE,
        "prediction*(prediction - 2*y)",
        lambda a, b, x, y: (a * x + b - y) ** 2 - y**2,
    ),
    "names of the index": Formula(
        "i*x + n", SQUARE, lambda i, n, x, y: (i * x + n - y) ** 2, ("i", "n")
    ),
}


@pytest.fixture(scope="module", params=FORMULAS)
def formula(request: pytest.FixtureRequest) -> Formula:
    return FORMULAS[request.param]


@pytest.fixture(scope="module")
def derivation(formula: Formula) -> Derivation:
    return derive(formula.lesson())


def number(node: sp.Basic, values: Mapping[object, object]) -> mpmath.mpf:
    """Evaluate a tree as it stands; ∂/∂a by a central difference, Σ by adding up three points."""
    match node:
        case sp.Sum(args=[summand, sp.Tuple(args=[index, _, _])]):
            points = range(len(XS))
            return sum(number(summand, {**values, index: point}) for point in points)
        case sp.Derivative(args=[inside, sp.Tuple(args=[variable, _])]):
            h = mpmath.mpf("1e-12")
            above, below = (
                number(inside, {**values, variable: values[variable] + sign * h})
                for sign in (1, -1)
            )
            return (above - below) / (2 * h)
        case sp.Indexed():
            column = {"x": XS, "y": YS}[str(node.base)]
            return mpmath.mpf(column[values[node.indices[0]]])
        case AppliedUndef():
            x = number(node.args[-1], values)
            return number(values["prediction"], {**values, X: x})
        case sp.Symbol():
            return len(XS) if node.name in "nNM" and node.is_integer else values[node]
        case sp.Rational():
            return mpmath.mpf(node.p) / node.q
        case sp.Add():
            return mpmath.fsum(number(term, values) for term in node.args)
        case sp.Mul():
            return mpmath.fprod(number(factor, values) for factor in node.args)
        case sp.Pow(args=[base, exponent]):
            return mpmath.power(number(base, values), number(exponent, values))
        case sp.Abs():
            return abs(number(node.args[0], values))
    return getattr(mpmath, type(node).__name__)(*(number(part, values) for part in node.args))


def slope_by_hand(formula: Formula, position: int) -> mpmath.mpf:
    """∂L/∂θ of the loss by hand, by a central difference."""
    h = mpmath.mpf("1e-12")
    loss = []
    for sign in (1, -1):
        theta = [mpmath.mpf(value) + sign * h * (position == k) for k, value in enumerate(AT)]
        points = [(mpmath.mpf(x), mpmath.mpf(y)) for x, y in zip(XS, YS, strict=True)]
        loss.append(sum(formula.by_hand(*theta, x, y) for x, y in points) / len(points))
    return (loss[0] - loss[1]) / (2 * h)


def values_of(derivation: Derivation) -> dict[object, object]:
    lesson = derivation.lesson
    theta = zip(lesson.parameters, map(mpmath.mpf, AT), strict=True)
    return {**dict(theta), "prediction": lesson.prediction}


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


def test_the_notebooks_derivation_reads_as_a_lecture(notebook: Lesson) -> None:
    derivation = derive(notebook)
    a, b = notebook.parameters
    steps = derivation.steps(a)
    lines = [
        to_typst(line, as_written=True) for line in (steps[0].before, *(s.after for s in steps))
    ]
    assert lines == [
        "frac(partial, partial a) thin frac(1, n) sum_(i=1)^n (a x_i + b - y_i)^2",
        "frac(1, n) sum_(i=1)^n frac(partial, partial a) thin (a x_i + b - y_i)^2",
        "frac(1, n) sum_(i=1)^n 2 (a x_i + b - y_i) dot frac(partial, partial a) (a x_i + b - y_i)",
        "frac(1, n) sum_(i=1)^n 2 (a x_i + b - y_i) dot x_i",
        "frac(2, n) sum_(i=1)^n x_i (a x_i + b - y_i)",
    ]
    assert [step.rule for step in steps] == [
        "move the derivative inside the sum",
        "chain rule on the square",
        "differentiate term by term",
        "tidy up",
    ]
    assert to_typst(derivation.steps(b)[-2].after, as_written=True).endswith(" dot 1")
    assert to_typst(derivation.gradient[1]) == "frac(2, n) sum_(i=1)^n (a x_i + b - y_i)"
    assert to_typst(derivation.loss) == "frac(1, n) sum_(i=1)^n (a x_i + b - y_i)^2"
    assert to_typst(derivation.residual) == "a x_i + b - y_i"
    assert to_typst(derivation.hessian[0, 0]) == "frac(2, n) sum_(i=1)^n x_i^2"
    assert derivation.hessian[1, 1] == 2


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("decay", ["move", "square", "term by term", "exponential", "term by term", "tidy"]),
        ("log-cosh", ["move", "logarithm", "hyperbolic cosine", "term by term", "name", "tidy"]),
        ("logistic", ["move", "in front", "logarithm", "logistic", "tidy", "prediction out"]),
    ],
)
def test_one_rule_a_line(name: str, rules: list[str]) -> None:
    lesson = FORMULAS[name].lesson()
    steps = derive(lesson).steps(lesson.parameters[1])
    assert len(steps) == len(rules)
    assert all(rule in step.rule for rule, step in zip(rules, steps, strict=True)), steps


def test_a_prediction_used_twice_keeps_its_name_until_the_end() -> None:
    derivation = derive(FORMULAS["logistic"].lesson())
    steps = derivation.steps(derivation.lesson.parameters[0])
    ((name, meaning),) = derivation.definitions.items()
    assert all(step.before.has(name) for step in steps)
    assert to_typst(steps[-2].after) == "frac(1, n) sum_(i=1)^n x_i (hat(y)_i - y_i)"
    assert not steps[-1].after.has(name)
    assert meaning == derivation.prediction


def test_what_is_no_parameter_is_refused(notebook: Lesson) -> None:
    with pytest.raises(ValueError, match="its parameters are a and b"):
        derive(notebook).steps(X)


def test_index_and_count_are_not_named_like_parameters() -> None:
    loss = derive(FORMULAS["names of the index"].lesson()).loss
    (total,) = loss.atoms(sp.Sum)
    _, (index, _, count) = total.args
    assert not {index.name, count.name} & {"i", "n"}


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
