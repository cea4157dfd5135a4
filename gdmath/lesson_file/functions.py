"""List the functions that a lesson's formulas may call."""

from collections.abc import Callable, Mapping

import sympy as sp
from sympy.core.parameters import distribute

from gdmath.lesson import PREDICTION


class WrongArgument(ValueError):  # noqa: N818 - a lecturer's mistake, no failure of the program
    """What a function of a formula cannot be given, said as what would be right."""


def huber(residual: sp.Expr, threshold: sp.Expr) -> sp.Expr:
    """Return r²/2 for |r| ≤ d and d (|r| − d/2) beyond: a square whose arms go on straight.

    `residual` contains the prediction, and `threshold` d is a number above zero; WrongArgument says
    so for anything else. Value and slope are
    continuous at |r| = d, the second derivative jumps there. Source: Huber, Robust estimation of a
    location parameter, Annals of Mathematical Statistics 35, 1964.
    """
    if not residual.has(PREDICTION) or residual.has(sp.Piecewise):
        raise WrongArgument("its first argument must be a residual such as prediction - y")
    if not (threshold.is_number and threshold.is_positive):
        raise WrongArgument(f"its threshold must be a number above zero, not {threshold}")
    size = sp.Abs(residual)
    with distribute(False):
        beyond = threshold * (size - threshold / 2)
    return sp.Piecewise((residual**2 / 2, size <= threshold), (beyond, True))


FUNCTIONS: Mapping[str, Callable[..., sp.Expr]] = {
    "exp": sp.exp,
    "log": sp.log,
    "sin": sp.sin,
    "cos": sp.cos,
    "tan": sp.tan,
    "sinh": sp.sinh,
    "cosh": sp.cosh,
    "tanh": sp.tanh,
    "sqrt": sp.sqrt,
    "abs": sp.Abs,
    "huber": huber,
}
"""Functions by name; all have one argument, save those in `PAIRED`, which have two."""

PAIRED = frozenset({"huber"})
