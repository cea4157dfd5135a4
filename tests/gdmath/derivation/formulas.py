"""Lessons by their formulas, each with the loss of one point written by hand for mpmath."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import mpmath
import numpy as np
import sympy as sp
from sympy.core.function import AppliedUndef

from gdmath import Derivation, Lesson, parse_expression
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
    "huber": Formula(
        LINE,
        "huber(prediction - y, 0.5)",
        lambda a, b, x, y: (
            (a * x + b - y) ** 2 / 2
            if abs(a * x + b - y) < 0.5
            else abs(a * x + b - y) / 2 - mpmath.mpf(1) / 8
        ),
    ),
    "pseudo-huber": Formula(
        LINE,
        "2.25*(sqrt(1 + ((prediction - y)/1.5)**2) - 1)",
        lambda a, b, x, y: 1.5 * mpmath.hypot(1.5, a * x + b - y) - mpmath.mpf("2.25"),
    ),
    "ridge on the slope": Formula(
        LINE,
        "(prediction - y)**2 + 0.1*a**2",
        lambda a, b, x, y: (a * x + b - y) ** 2 + a * a / 10,
    ),
    "counts": Formula(
        "exp(a*x + b)",
        "prediction - y*log(prediction)",
        lambda a, b, x, y: mpmath.exp(a * x) * mpmath.exp(b) - y * (a * x + b),
    ),
    "sine": Formula("a*sin(b*x)", SQUARE, lambda a, b, x, y: (a * mpmath.sin(b * x) - y) ** 2),
    "base and exponent": Formula(
        "(a*x + 1)**a + b",
        SQUARE,
        lambda a, b, x, y: (mpmath.exp(a * mpmath.log(1 + a * x)) + b - y) ** 2,
    ),
}


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
        case sp.Piecewise():
            return next(
                number(value, values) for value, condition in node.args if holds(condition, values)
            )
    return getattr(mpmath, type(node).__name__)(*(number(part, values) for part in node.args))


def holds(condition: sp.Basic, values: Mapping[object, object]) -> bool:
    """Tell whether a condition |u| <= d, or the last one, which always does, holds."""
    if condition == sp.true:
        return True
    small, large = (number(side, values) for side in (condition.lts, condition.gts))
    return bool(small <= large)


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
