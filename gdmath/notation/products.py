"""Lay out a product: its factors above, below or after a fraction bar, dots between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy.core.function import AppliedUndef, Function

from gdmath.notation.arrangement import BRACKET, DERIVATIVE, FUNCTION, POWER, SUM, factor_kind
from gdmath.trees import Path, is_inverse


@dataclass(frozen=True)
class Factor:
    """A factor of a product and its path.

    `split` tells that it is a ratio that gives its numerator to the product's fraction, and its
    denominator; `below` that it is what stands below the bar.
    """

    node: sp.Basic
    path: Path
    split: bool = False
    below: bool = False


@dataclass(frozen=True)
class Fraction:
    """The factors of a product, in order: `above` and `below` the bar, and `after` the fraction.

    `dotted` asks for a dot between the fraction and what comes after it.
    """

    above: tuple[Factor, ...]
    below: tuple[Factor, ...]
    after: tuple[Factor, ...]
    dotted: bool


def split_fraction(factors: Sequence[Factor]) -> Fraction:
    """Tell which factors stand above the bar, below it and after the fraction.

    What comes after the last divisor stays after the fraction: 1/u · ∂u/∂a, or ½ · 2 u.
    Σ and ∂ reach to the end of the line and stand after the bar; so do brackets and functions if
    all below it is plain (2/n rather than a wide bar), unless there is nothing else above.
    """
    divisors = [factor for factor in factors if factor.split or is_inverse(factor.node)]
    above = [factor for factor in factors if not is_inverse(factor.node) and not _is_unit(factor)]
    if not divisors:
        return Fraction((), (), tuple(above), False)
    plain = all(factor.split or factor.node.base.is_Symbol for factor in divisors)
    alone = len(above) == 1 and not above[0].node.is_Pow
    late = {SUM, DERIVATIVE} | ({POWER, BRACKET, FUNCTION} if plain and not alone else set())
    closing = divisors[-1]
    if closing.split and sum(bool(factor.node.is_Number) for factor in factors) == 1:
        rest = []
    else:
        rest = list(factors[factors.index(closing) + 1 :])
    after = [factor for factor in above if factor in rest or _stands_after(factor.node, late)]
    return Fraction(
        tuple(factor for factor in above if factor not in after),
        tuple(replace(divisor, below=True) for divisor in divisors),
        tuple(after),
        dotted=bool(after) and after[0] in rest and not isinstance(after[0].node, sp.Sum),
    )


def _stands_after(node: sp.Basic, late: Iterable[int]) -> bool:
    return factor_kind(node) in late and not is_closed_derivative(node)


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


def join(factors: Sequence[tuple[sp.Basic | None, str]], *, dotted: bool = False) -> str:
    """Write factors side by side, with a dot or a thin space where they would run together.

    Each comes with its markup; the node is None for a fraction. `dotted` asks for a dot after the
    first.
    """
    written = ""
    for position, (node, markup) in enumerate(factors):
        if position:
            asked = dotted and position == 1
            written += " dot " if asked else _between(factors[position - 1], (node, markup))
        written += markup
    return written


def _between(left: tuple[sp.Basic | None, str], right: tuple[sp.Basic | None, str]) -> str:
    (before, before_markup), (node, markup) = left, right
    if _wants_dot(node) or (_ends_bracketed(before) and not _opens_bracketed(node)):
        return " dot "
    words = is_word(before, before_markup) or is_word(node, markup)
    return " thin " if words else " "


def _wants_dot(node: sp.Basic | None) -> bool:
    if isinstance(node, sp.Derivative):
        return not is_closed_derivative(node)
    return node is not None and bool(node.is_Number or node.is_Mul)


def _ends_bracketed(node: sp.Basic | None) -> bool:
    base = node.base if isinstance(node, sp.Pow) else node
    return isinstance(base, sp.Add) or (isinstance(base, Function) and not isinstance(base, sp.exp))


def _opens_bracketed(node: sp.Basic | None) -> bool:
    return isinstance(node, sp.Sum) or _ends_bracketed(node)


def is_word(node: sp.Basic | None, markup: str) -> bool:
    """Tell whether a factor is a name set as an upright word, which needs air around it."""
    return isinstance(node, (sp.Symbol, sp.Indexed)) and '"' in markup


def _is_unit(factor: Factor) -> bool:
    return factor.split and abs(factor.node.p) == 1
