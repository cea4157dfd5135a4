"""How the factors of a product stand on paper: above, below or after a bar, dots between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.core.function import AppliedUndef

from gdmath.arrangement import BRACKET, DERIVATIVE, FUNCTION, POWER, SUM, factor_kind
from gdmath.names import is_word
from gdmath.numerals import has_bar
from gdmath.trees import Path


@dataclass(frozen=True)
class Factor:
    """A factor of a product and its path; `below` is its part under the bar (the 3 of 2/3)."""

    node: sp.Basic
    path: Path
    below: bool = False


@dataclass(frozen=True)
class Fraction:
    """The factors of a product, in order: `above` and `below` the bar, and `after` the fraction."""

    above: tuple[Factor, ...]
    below: tuple[Factor, ...]
    after: tuple[Factor, ...]


def split_fraction(factors: Sequence[Factor]) -> Fraction:
    """Tell which factors stand above the bar, below it and after the fraction.

    Σ and ∂ reach to the end of the line and stand after the bar; so do brackets and functions if
    all below it is plain (2/n rather than a wide bar), unless there is nothing else above.
    """
    below = [
        Factor(factor.node, factor.path, True) for factor in factors if _has_below(factor.node)
    ]
    above = [
        factor for factor in factors if not is_inverse(factor.node) and not _is_unit(factor.node)
    ]
    if not below:
        return Fraction((), (), tuple(above))
    plain = all(factor.node.is_Number or factor.node.base.is_Symbol for factor in below)
    alone = len(above) == 1 and not above[0].node.is_Pow
    late = {SUM, DERIVATIVE} | ({POWER, BRACKET, FUNCTION} if plain and not alone else set())
    after = [factor for factor in above if _stands_after(factor.node, late)]
    return Fraction(
        tuple(factor for factor in above if factor not in after), tuple(below), tuple(after)
    )


def _stands_after(node: sp.Basic, late: Iterable[int]) -> bool:
    return factor_kind(node) in late and not is_closed_derivative(node)


def is_inverse(node: sp.Basic) -> bool:
    """Tell whether a factor is written below the bar: 1/u, u^(-2), 1/sqrt(u)."""
    return isinstance(node, sp.Pow) and bool(node.exp.is_Rational and node.exp.is_negative)


def is_closed_derivative(node: sp.Basic) -> bool:
    """Tell whether a derivative is written as one fraction, ∂L/∂a, rather than as ∂/∂a in front."""
    return isinstance(node, sp.Derivative) and isinstance(
        node.args[0], (sp.Symbol, sp.Indexed, AppliedUndef)
    )


def is_open_ended(node: sp.Basic) -> bool:
    """Tell whether what follows the expression would seem to belong to it, as after a Σ."""
    match node:
        case sp.Sum():
            return True
        case sp.Derivative():
            return not is_closed_derivative(node)
        case sp.Mul():
            return any(is_open_ended(factor) for factor in node.args)
    return False


def join(factors: Sequence[tuple[sp.Basic | None, str]]) -> str:
    """Write factors side by side, with a dot or a thin space where they would run together.

    Each comes with its markup; the node is None for a fraction.
    """
    written = ""
    for position, (node, markup) in enumerate(factors):
        if position:
            written += _between(factors[position - 1], (node, markup))
        written += markup
    return written


def _between(left: tuple[sp.Basic | None, str], right: tuple[sp.Basic | None, str]) -> str:
    (before, before_markup), (node, markup) = left, right
    if node is not None and (node.is_Number or isinstance(node, (sp.Derivative, sp.Mul))):
        return " dot "
    if isinstance(before, sp.Add) and not isinstance(node, (sp.Add, sp.Pow)):
        return " dot "
    return " thin " if is_word(before_markup) or is_word(markup) else " "


def _has_below(node: sp.Basic) -> bool:
    return is_inverse(node) or has_bar(node)


def _is_unit(node: sp.Basic) -> bool:
    return has_bar(node) and abs(node.p) == 1
