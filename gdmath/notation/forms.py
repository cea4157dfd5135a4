"""Write derivatives, sums over an index, functions and cases in Typst."""

from collections.abc import Sequence
from typing import Protocol

import sympy as sp
from sympy.core.function import Function

from gdmath.notation.names import FUNCTIONS, RAISED, name_to_typst, script
from gdmath.notation.products import Factor, is_closed_derivative, is_open_ended, split_fraction
from gdmath.trees import Path


class Writer(Protocol):
    """What writes the parts of a form: `gdmath.notation.typesetting.Typesetter`."""

    def part(self, node: sp.Basic, path: Path, *, brackets: bool = False) -> str:
        """Return a part in its group."""

    def negative(self, node: sp.Basic) -> bool:
        """Tell whether the node is written with a minus sign in front."""


def listed(writer: Writer, entries: Sequence[sp.Basic], path: Path) -> str:
    """Return the arguments of the node at `path` with commas between them."""
    return ", ".join(writer.part(entry, (*path, k)) for k, entry in enumerate(entries))


def sum_over(writer: Writer, node: sp.Sum, path: Path) -> str:
    """Return Σ with its limits, and the summand in brackets if it is a sum or negative."""
    summand, *limits = node.args
    brackets = isinstance(summand, sp.Add) or writer.negative(summand)
    named = (map(name_to_typst, map(str, limit)) for limit in limits)
    signs = " ".join(f"sum_({index}={first})^{script(last)}" for index, first, last in named)
    return f"{signs} {writer.part(summand, (*path, 0), brackets=brackets)}"


def derivative(writer: Writer, node: sp.Derivative, path: Path) -> str:
    """Return ∂L/∂a for a name, ∂/∂a in front of anything else."""
    function, *counts = node.args
    below = " ".join(f"partial {_raised(name_to_typst(str(v)), c)}" for v, c in counts)
    above = _raised("partial", sum(count for _, count in counts))
    if is_closed_derivative(node):
        return f"frac({above} {writer.part(function, (*path, 0))}, {below})"
    brackets = isinstance(function, sp.Add) or writer.negative(function)
    if isinstance(function, sp.Mul) and not is_open_ended(function):
        fraction = split_fraction([Factor(factor, ()) for factor in function.args])
        brackets = brackets or not fraction.below or bool(fraction.after)
    markup = writer.part(function, (*path, 0), brackets=brackets)
    return f"frac({above}, {below}) {'' if brackets else 'thin '}{markup}"


def _raised(markup: str, count: sp.Expr) -> str:
    return markup if count == 1 else f"{markup}^{count}"


def call(writer: Writer, node: Function, path: Path) -> str:
    """Return a call, with e^u for the exponential and |u| for the modulus.

    Raises TypeError for a function that has no name here.
    """
    arguments = listed(writer, node.args, path)
    match node:
        case sp.exp():
            return f"e^{script(arguments)}"
        case sp.Abs():
            return f"abs({arguments})"
        case sp.log(args=[inside]) if isinstance(inside, RAISED):
            return f"ln {arguments}"
    if type(node) not in FUNCTIONS:
        raise TypeError(f"no notation for the function {type(node).__name__}")
    return f"{FUNCTIONS[type(node)]}({arguments})"


def cases(writer: Writer, node: sp.Piecewise, path: Path) -> str:
    """Return a brace with a line for each case."""
    rows = []
    for k, (value, condition) in enumerate(node.args):
        shown = writer.part(condition, (*path, k, 1))
        joiner = "&" if condition == sp.true else '& "if" thick'
        rows.append(f"{writer.part(value, (*path, k, 0))} {joiner} {shown}")
    return f"cases({', '.join(rows)})"
