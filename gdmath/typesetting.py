"""The walk over an expression that writes it in Typst, one method for each kind of node."""

from collections.abc import Callable, Sequence

import sympy as sp
from sympy.codegen.ast import Assignment
from sympy.core.function import AppliedUndef, Function

from gdmath.arrangement import display_order, is_inverse
from gdmath.names import (
    CONSTANTS,
    FUNCTIONS,
    RAISED,
    RELATIONS,
    name_to_typst,
    script,
    split_name,
)
from gdmath.numerals import has_bar, number_to_typst
from gdmath.products import (
    Factor,
    is_closed_derivative,
    is_open_ended,
    join,
    split_fraction,
)
from gdmath.trees import Path


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
                return self.named(node)
            case sp.Sum():
                limits = " ".join(self.limits(limit) for limit in node.args[1:])
                loose = isinstance(node.args[0], sp.Add) or self.negative(node.args[0])
                return f"{limits} {self.part(node.args[0], (*path, 0), brackets=loose)}"
            case sp.Derivative():
                return self.derivative(node, path)
            case sp.Piecewise():
                return self.cases(node, path)
            case Function():
                return self.function(node, path)
            case sp.Rel() | Assignment():
                left, right = (self.part(node.args[k], (*path, k)) for k in (0, 1))
                return f"{left} {RELATIONS[getattr(node, 'rel_op', ':=')]} {right}"
            case sp.MatrixBase():
                return self.matrix(node, path)
            case sp.Tuple():
                return f"({self.listed(node.args, path)})"
        raise TypeError(f"no notation for {type(node).__name__}: {node}")

    def order(self, node: sp.Basic) -> tuple[int, ...]:
        """Return the indices of the arguments in the order to write them in."""
        return tuple(range(len(node.args))) if self.as_written else display_order(node)

    def negative(self, node: sp.Basic) -> bool:
        """Tell whether the node is written with a minus sign in front."""
        if isinstance(node, sp.Mul):
            return self.negative(node.args[self.order(node)[0]])
        return isinstance(node, sp.Number) and bool(node.is_extended_negative)

    def listed(self, entries: Sequence[sp.Basic], path: Path) -> str:
        """Return the arguments with commas between them."""
        return ", ".join(self.part(entry, (*path, k)) for k, entry in enumerate(entries))

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
        fraction = split_fraction(factors)
        pieces: list[tuple[sp.Basic | None, str]] = []
        if fraction.below:
            above = join(self.factors(fraction.above, sign, alone=True)) or "1"
            pieces.append(
                (None, f"frac({above}, {join(self.factors(fraction.below, sign, True))})")
            )
        pieces += self.factors(fraction.after, sign, alone=sign is None and not pieces)
        return f"{'-' if sign is not None and not unsigned else ''}{join(pieces)}"

    def factors(
        self, factors: Sequence[Factor], sign: Path | None, alone: bool
    ) -> list[tuple[sp.Basic | None, str]]:
        """Return each factor with its markup; `alone` says that a single one needs no brackets."""
        pieces: list[tuple[sp.Basic | None, str]] = []
        for position, factor in enumerate(factors):
            node, path, single = factor.node, factor.path, alone and len(factors) == 1
            followed = position < len(factors) - 1
            if has_bar(node):
                markup = self.group(str(node.q if factor.below else abs(node.p)), node, path)
            elif factor.below:
                markup = self.group(self.powered(node, path, single), node, path)
            else:
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
            return self.part(base, base_path, brackets=not alone and self.loose(base, True))
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
            call = self.group(f"({self.listed(base.args, base_path)})", base, base_path)
            return f"{name}^{script(raised)} {call}"
        letter, indices = self.letter_and_indices(base)
        if indices:
            letter, index = (self.group(part, base, base_path) for part in (letter, indices))
            return f"{letter}_{script(index)}^{script(raised)}"
        atom = base.is_Symbol or isinstance(base, (sp.Indexed, AppliedUndef, sp.Abs))
        atom = atom or base in CONSTANTS or (base.is_Number and base >= 0 and not has_bar(base))
        return f"{self.part(base, base_path, brackets=not atom)}^{script(raised)}"

    def named(self, node: sp.Basic) -> str:
        """Return a symbol, x_i, or a function: f(a, b), but ŷ_i for the prediction at x_i."""
        letter, indices = self.letter_and_indices(node)
        if letter:
            return f"{letter}_{script(indices)}" if indices else letter
        plain = Typesetter(unlabelled, self.as_written)
        return f"{name_to_typst(node.func.__name__)}({plain.listed(node.args, ())})"

    def letter_and_indices(self, node: sp.Basic) -> tuple[str, str]:
        """Return the markup of a name's letter and of its subscripts; empty for other nodes."""
        indices: tuple[sp.Basic, ...] = ()
        match node:
            case sp.Symbol(name=name):
                pass
            case sp.Indexed():
                name, indices = str(node.base.label), node.indices
            case AppliedUndef(args=[*_, sp.Indexed(indices=indices)]):
                name = node.func.__name__
            case _:
                return "", ""
        letter, subscripts = split_name(name)
        return letter, ", ".join([*subscripts, *(name_to_typst(str(index)) for index in indices)])

    def limits(self, limit: sp.Tuple) -> str:
        """Return the Σ with what stands below and above it."""
        plain = Typesetter(unlabelled, self.as_written)
        index, *bounds = (plain.part(entry, ()) for entry in limit)
        return (
            f"sum_({index}={bounds[0]})^{script(bounds[1])}" if bounds else f"sum_{script(index)}"
        )

    def derivative(self, node: sp.Derivative, path: Path) -> str:
        """Return ∂L/∂a for a name, ∂/∂a in front of anything else."""
        function, *counts = node.args
        order = sum(count for _, count in counts)
        below = " ".join(f"partial {_raised(name_to_typst(str(v)), c)}" for v, c in counts)
        above = _raised("partial", order)
        if is_closed_derivative(node):
            return f"frac({above} {self.part(function, (*path, 0))}, {below})"
        brackets = isinstance(function, sp.Add) or self.negative(function)
        if isinstance(function, sp.Mul) and not is_open_ended(function):
            fraction = split_fraction([Factor(factor, ()) for factor in function.args])
            brackets = brackets or not fraction.below or bool(fraction.after)
        markup = self.part(function, (*path, 0), brackets=brackets)
        return f"frac({above}, {below}) {'' if brackets else 'thin '}{markup}"

    def function(self, node: Function, path: Path) -> str:
        """Return a call, with e^u for the exponential and |u| for the modulus."""
        match node:
            case sp.exp():
                return f"e^{script(self.part(node.args[0], (*path, 0)))}"
            case sp.Abs():
                return f"abs({self.part(node.args[0], (*path, 0))})"
        if type(node) not in FUNCTIONS:
            raise TypeError(f"no notation for the function {type(node).__name__}")
        if isinstance(node, sp.log) and isinstance(node.args[0], RAISED):
            return f"ln {self.part(node.args[0], (*path, 0))}"
        return f"{FUNCTIONS[type(node)]}({self.listed(node.args, path)})"

    def cases(self, node: sp.Piecewise, path: Path) -> str:
        """Return a brace with a line for each case."""
        rows = []
        for k, (value, condition) in enumerate(node.args):
            shown = self.part(condition, (*path, k, 1))
            joiner = "&" if condition == sp.true else '& "if" thick'
            rows.append(f"{self.part(value, (*path, k, 0))} {joiner} {shown}")
        return f"cases({', '.join(rows)})"

    def matrix(self, node: sp.MatrixBase, path: Path) -> str:
        """Return a matrix, a column if it has only one."""
        rows, columns = node.shape
        entries = [self.part(entry, (*path, 2, k)) for k, entry in enumerate(node.flat())]
        if columns == 1:
            return f"vec({', '.join(entries)})"
        lines = (entries[row * columns : (row + 1) * columns] for row in range(rows))
        return f"mat({'; '.join(', '.join(line) for line in lines)})"


def _raised(markup: str, count: sp.Expr) -> str:
    return markup if count == 1 else f"{markup}^{count}"


def unlabelled(_path: Path, _node: sp.Basic) -> None:
    """Give no part a name."""
