"""Walk over an expression and write it in Typst, one method for each kind of node."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import sympy as sp
from sympy.codegen.ast import Assignment
from sympy.core.function import AppliedUndef, Function

from gdmath.notation import forms
from gdmath.notation.arrangement import display_order
from gdmath.notation.names import (
    CONSTANTS,
    FUNCTIONS,
    RAISED,
    RELATIONS,
    has_bar,
    letter_and_indices,
    named,
    number_to_typst,
    script,
)
from gdmath.notation.products import Factor, is_open_ended, join, split_fraction
from gdmath.trees import Path, is_inverse


class Typesetter:
    """Writes one expression; holds the labels that are wanted and whose order is followed."""

    def __init__(self, label: Callable[[Path, sp.Basic], str | None], as_written: bool) -> None:
        self.label = label
        self.as_written = as_written

    def part(
        self, node: sp.Basic, path: Path, *, brackets: bool = False, unsigned: bool = False
    ) -> str:
        """Return a part in its group; `unsigned` leaves the minus in front of it to the owner."""
        markup = self.bare(node, path, unsigned)
        return self.group(f"({markup})" if brackets else markup, node, path)

    def group(self, markup: str, node: sp.Basic, path: Path) -> str:
        """Return the markup of a node in a group of its own, if a label is wanted for it."""
        name = self.label(path, node)
        return markup if name is None else f"{{{{ {markup} : {name} }}}}"

    def bare(self, node: sp.Basic, path: Path, unsigned: bool) -> str:
        """Return the markup of a node without brackets and group."""
        if node in CONSTANTS:
            return CONSTANTS[node]
        match node:
            case sp.Add():
                return self.sum_of_terms(node, path)
            case sp.Mul():
                return self.product(node, path, unsigned)
            case sp.Pow():
                below = self.powered(node, path, alone=True)
                return f"frac(1, {below})" if is_inverse(node) else below
            case sp.Number():
                return number_to_typst(abs(node) if unsigned else node)
            case sp.Symbol() | sp.Indexed() | AppliedUndef():
                return named(node)
            case sp.Sum():
                return forms.sum_over(self, node, path)
            case sp.Derivative():
                return forms.derivative(self, node, path)
            case sp.Piecewise():
                return forms.cases(self, node, path)
            case Function():
                return forms.call(self, node, path)
            case sp.Rel() | Assignment():
                left, right = (self.part(node.args[k], (*path, k)) for k in (0, 1))
                return f"{left} {RELATIONS[getattr(node, 'rel_op', ':=')]} {right}"
        raise TypeError(f"no notation for {type(node).__name__}: {node}")

    def order(self, node: sp.Basic) -> tuple[int, ...]:
        """Return the indices of the arguments in the order to write them in."""
        return tuple(range(len(node.args))) if self.as_written else display_order(node)

    def negative(self, node: sp.Basic) -> bool:
        """Tell whether the node is written with a minus sign in front."""
        if isinstance(node, sp.Mul):
            return self.negative(node.args[self.order(node)[0]])
        return isinstance(node, sp.Number) and bool(node.is_extended_negative)

    def sum_of_terms(self, node: sp.Add, path: Path) -> str:
        """Return the terms with their signs; a minus in front of a term is the sum's."""
        written = ""
        for position, index in enumerate(self.order(node)):
            term = node.args[index]
            minus = self.negative(term)
            written += (" - " if minus else " + ") if position else ("-" if minus else "")
            nested = isinstance(term, sp.Add)
            written += self.part(term, (*path, index), brackets=nested, unsigned=minus)
        return written

    def product(self, node: sp.Mul, path: Path, unsigned: bool) -> str:
        """Return a product, as a fraction if something stands below its bar."""
        factors = [Factor(node.args[index], (*path, index)) for index in self.order(node)]
        sign = factors[0].path if self.negative(node) else None
        if factors[0].node == -1 and len(factors) > 1:
            factors = factors[1:]
        first = factors[0]
        if has_bar(first.node) and (first.path == sign or not self.negative(first.node)):
            factors[0] = replace(first, split=True)
        fraction = split_fraction(factors)
        pieces: list[tuple[sp.Basic | None, str]] = []
        if fraction.below:
            above = join(self.factors(fraction.above, sign, alone=True)) or "1"
            below = join(self.factors(fraction.below, sign, alone=True))
            pieces.append((None, f"frac({above}, {below})"))
        pieces += self.factors(fraction.after, sign, alone=sign is None and not pieces)
        minus = "-" if sign is not None and not unsigned else ""
        return f"{minus}{join(pieces, dotted=fraction.dotted)}"

    def factors(
        self, factors: Sequence[Factor], sign: Path | None, alone: bool
    ) -> list[tuple[sp.Basic | None, str]]:
        """Return each factor with its markup; `alone` says that a single one needs no brackets."""
        pieces: list[tuple[sp.Basic | None, str]] = []
        for position, factor in enumerate(factors):
            node, path, single = factor.node, factor.path, alone and len(factors) == 1
            if factor.split:
                markup = self.group(str(node.q if factor.below else abs(node.p)), node, path)
            elif factor.below:
                markup = self.group(self.powered(node, path, single), node, path)
            else:
                followed = position < len(factors) - 1
                signed = path != sign and self.negative(node)
                brackets = not single and (signed or self.loose(node, followed))
                markup = self.part(node, path, brackets=brackets, unsigned=path == sign)
            pieces.append((node, markup))
        return pieces

    def loose(self, node: sp.Basic, followed: bool) -> bool:
        """Tell whether a factor would fall apart or take in its neighbour without brackets."""
        return isinstance(node, sp.Add) or (followed and is_open_ended(node))

    def powered(self, node: sp.Pow, path: Path, alone: bool) -> str:
        """Return base^exponent, or what stands below the bar if the exponent is negative."""
        base, base_path, exponent_path = node.base, (*path, 0), (*path, 1)
        exponent = -node.exp if is_inverse(node) else node.exp
        if exponent == 1:
            loose = self.loose(base, True) or self.negative(base)
            return self.part(base, base_path, brackets=not alone and loose)
        if exponent.is_Rational and exponent.p == 1:
            inside = self.part(base, base_path)
            return f"sqrt({inside})" if exponent.q == 2 else f"root({exponent.q}, {inside})"
        if exponent.is_Rational:
            raised = self.group(number_to_typst(exponent, inline=True), node.exp, exponent_path)
        else:
            raised = self.part(exponent, exponent_path)
        # In sin²(x) and x_i² the exponent stands inside the base, whose group is therefore in two.
        if isinstance(base, RAISED) and exponent.is_Integer:
            name = self.group(FUNCTIONS[type(base)], base, base_path)
            call = self.group(f"({forms.listed(self, base.args, base_path)})", base, base_path)
            return f"{name}^{script(raised)} {call}"
        letter, indices = letter_and_indices(base)
        if indices:
            letter, index = (self.group(part, base, base_path) for part in (letter, indices))
            return f"{letter}_{script(index)}^{script(raised)}"
        atom = base.is_Symbol or isinstance(base, (sp.Indexed, AppliedUndef, sp.Abs))
        atom = atom or base in CONSTANTS or (base.is_Number and base >= 0 and not has_bar(base))
        return f"{self.part(base, base_path, brackets=not atom)}^{script(raised)}"


def unlabelled(_path: Path, _node: sp.Basic) -> None:
    """Give no part a name."""
