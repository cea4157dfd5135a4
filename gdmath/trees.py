"""Handle expressions as trees that stay as they are written, with paths to their parts.

SymPy reorders and combines whatever it evaluates. A worked derivation must not change behind the
reader's back, so everything here builds with `evaluate=False`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import sympy as sp
from sympy.core.function import AppliedUndef, Function

Path = tuple[int, ...]
"""Indices into `.args` that lead from the root, (), to a sub-expression."""

Definitions = Mapping[sp.Basic, sp.Expr]
"""Named parts of a formula, such as ŷ_i, and what each stands for."""

NOTHING_DEFINED: Definitions = {}


def parts(expression: sp.Basic) -> tuple[int, ...]:
    """Return the indices of the arguments that are themselves parts of the formula on paper.

    The limits of a sum, the variable of a derivative and the index of x_i belong to their owner.
    """
    match expression:
        case sp.Sum() | sp.Derivative():
            return (0,)
        case sp.Indexed() | AppliedUndef():
            return ()
    return tuple(range(len(expression.args)))


def subexpression(expression: sp.Basic, path: Path) -> sp.Basic:
    """Return what stands at `path`; raises IndexError where the tree has no such place."""
    for index in path:
        expression = expression.args[index]
    return expression


def walk(expression: sp.Basic, path: Path = ()) -> Iterator[tuple[Path, sp.Basic]]:
    """Yield every part with its path in reading order, a whole before its parts."""
    yield path, expression
    for index in parts(expression):
        yield from walk(expression.args[index], (*path, index))


def rebuild(expression: sp.Basic, arguments: Sequence[sp.Basic]) -> sp.Basic:
    """Return the same kind of expression over other arguments, without evaluating it."""
    if isinstance(expression, (sp.Add, sp.Mul, sp.Pow, sp.Derivative, Function, sp.Rel)):
        return expression.func(*arguments, evaluate=False)
    return expression.func(*arguments) if arguments else expression


def transform(expression: sp.Basic, change: Callable[[sp.Basic], sp.Basic]) -> sp.Basic:
    """Return the expression with `change` applied to every part, innermost first."""
    arguments = list(expression.args)
    for index in parts(expression):
        arguments[index] = transform(arguments[index], change)
    if arguments != list(expression.args):
        expression = spliced(expression, arguments)
    return change(expression)


def substitute(expression: sp.Basic, values: Mapping[sp.Basic, sp.Basic]) -> sp.Basic:
    """Return the expression with the given parts replaced; nothing is evaluated."""
    return transform(expression, lambda part: values.get(part, part))


def spliced(expression: sp.Basic, arguments: Sequence[sp.Basic]) -> sp.Basic:
    """Rebuild, and let a sum among the terms of a sum lose its brackets, as (u + v) − y does.

    A product among the factors of a product loses them too, unless it is led by a negative number,
    which needs them on paper, or is a fraction with a sum above its bar.
    """
    if isinstance(expression, sp.Add):
        return total(*arguments)
    if isinstance(expression, sp.Mul):
        return product(*arguments)
    return rebuild(expression, arguments)


def total(*terms: sp.Basic) -> sp.Basic:
    """Return the unevaluated sum of the terms, in this order, without the zeros."""
    flat: list[sp.Basic] = []
    for term in terms:
        flat.extend(term.args if isinstance(term, sp.Add) else (term,))
    return sp.Add(*(term for term in flat if term is not sp.S.Zero), evaluate=False)


def product(*factors: sp.Basic) -> sp.Basic:
    """Return the unevaluated product of the factors, in this order; one zero makes it zero."""
    flat: list[sp.Basic] = []
    for position, factor in enumerate(factors):
        loose = isinstance(factor, sp.Mul) and (position == 0 or not _stays_whole(factor))
        flat.extend(factor.args if loose else (factor,))
    if sp.S.Zero in flat:
        return sp.S.Zero
    return sp.Mul(*flat, evaluate=False)


def _stays_whole(factor: sp.Mul) -> bool:
    """Tell whether a product inside another keeps together: −u, and a sum over something."""
    fraction = isinstance(factor.args[0], sp.Add) and any(map(is_inverse, factor.args))
    return is_negative(factor) or fraction


def is_negative(expression: sp.Basic) -> bool:
    """Tell whether the expression, as it stands, opens with a minus sign."""
    if isinstance(expression, sp.Mul):
        return is_negative(expression.args[0])
    return isinstance(expression, sp.Number) and bool(expression.is_extended_negative)


def is_inverse(factor: sp.Basic) -> bool:
    """Tell whether a factor is written below a fraction's bar: 1/u, u^(-2), 1/sqrt(u)."""
    return isinstance(factor, sp.Pow) and bool(factor.exp.is_Rational and factor.exp.is_negative)


def evaluated(expression: sp.Basic, definitions: Definitions = NOTHING_DEFINED) -> sp.Basic:
    """Return the expression as SymPy writes it: derivatives carried out, definitions filled in.

    Unlike `.doit()` it leaves sums over the points alone.
    """
    if expression in definitions:
        return evaluated(definitions[expression])
    arguments = list(expression.args)
    for index in parts(expression):
        arguments[index] = evaluated(arguments[index], definitions)
    if isinstance(expression, sp.Derivative):
        return sp.diff(*arguments)
    return expression.func(*arguments) if parts(expression) else expression
