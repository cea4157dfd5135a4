"""Write a lesson in JavaScript, so that a page in a browser computes what is computed here.

Nothing is stated anew: the formulas are those that `gdmath.numeric` compiles, printed by SymPy, and
an update rule is what its own `step` does to symbols.
"""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp
from sympy.printing.jscode import JavascriptCodePrinter

from gdmath.convergence import Convergence
from gdmath.lesson import X, Y
from gdmath.lesson_file.building import RULES
from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule

FUNCTIONS = {
    "Abs": "Math.abs",
    "Modulus": "Math.abs",
    "sign": "Math.sign",
    "Side": "Math.sign",
    "Logistic": "logistic",
    "Softplus": "softplus",
    "LogCosh": "logCosh",
    "Filled": "filled",
}
"""Functions of `gdmath.overflow_safe` and `gdmath.removable` by their names in JavaScript."""

LIBRARY = """\
const logistic = (u) => (u < 0 ? Math.exp(u) : 1) / (1 + Math.exp(-Math.abs(u)));
const softplus = (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
const logCosh = (u) => Math.abs(u) + Math.log1p(Math.expm1(-2 * Math.abs(u)) / 2);
const filled = (formula, limit, gap, ...signs) =>
  gap === 0 && signs.every((sign) => sign > 0) ? limit : formula;
"""
"""The same functions: see `gdmath.overflow_safe`."""


def model_in_javascript(loss: NumericLoss) -> str:
    """Return an object of the lesson's functions; p and q are its parameters, whatever their names.

    `predict(p, q, x)`, `loss(p, q, x, y)` and `gradient(p, q, x, y)` are of one point.
    """
    names = dict(zip(loss.lesson.parameters, sp.symbols("p q", real=True), strict=True))
    prediction, value, *gradient = (_printed(formula.xreplace(names)) for formula in loss.formulas)
    return (
        "{\n"
        f"  predict: (p, q, {X}) => {prediction},\n"
        f"  loss: (p, q, {X}, {Y}) => {value},\n"
        f"  gradient: (p, q, {X}, {Y}) => [{', '.join(gradient)}],\n"
        "}"
    )


def rules_in_javascript(theory: Convergence) -> str:
    """Return an object of the update rules by their names in a lesson file.

    Each has its `settings` with what they are if nothing is said, how many numbers it is to
    `remember` of a parameter, and functions of the settings: `look` gives where it wants the
    gradient, `step` the displacement and what to remember next, each for one parameter, and
    `bound` the largest stable learning rate at the lesson's minimum, or null.
    """
    return "{\n" + "".join(_rule(name, theory) for name in RULES) + "}"


def _rule(name: str, theory: Convergence) -> str:
    usual = RULES[name](1.0)
    settings = {field.name: getattr(usual, field.name) for field in fields(usual)}  # type: ignore[arg-type]
    # Made of symbols, which the checks of its numbers could not judge.
    rule: UpdateRule = object.__new__(type(usual))
    for setting in settings:
        object.__setattr__(rule, setting, sp.Symbol(setting, positive=True))
    place, gradient, *memory = (
        np.array([symbol], dtype=object)
        for symbol in sp.symbols(f"place gradient m:{rule.remember}")
    )
    displacement, remembered = rule.step(gradient, tuple(memory))
    bound = theory.largest_stable_rate_of(rule)
    given = f"{{ {', '.join(settings)} }}"
    known = f"[{_listed(memory)}]"
    del settings["learning_rate"]
    return (
        f"  {name}: {{\n"
        f"    settings: {json.dumps(settings)},\n"
        f"    remember: {rule.remember},\n"
        f"    look: ({given}, place, {known}) => "
        f"{_listed([rule.gradient_point(place, tuple(memory))])},\n"
        f"    step: ({given}, gradient, {known}) => "
        f"[{_listed([displacement])}, [{_listed(remembered)}]],\n"
        f"    bound: ({given}) => {'null' if bound is None else _printed(bound * sp.Integer(1))},\n"
        "  },\n"
    )


def _listed(numbers: Iterable[npt.NDArray[Any]]) -> str:
    return ", ".join(_printed(number) for (number,) in numbers)


def _printed(formula: sp.Expr) -> str:
    return str(JavascriptCodePrinter({"user_functions": FUNCTIONS}).doprint(formula))
