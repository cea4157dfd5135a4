"""Prove that two formulas over the points are equal, by reducing their difference to zero."""

import math
from collections.abc import Callable, Iterable, Iterator

import sympy as sp
from sympy.core.function import AppliedUndef, Function

from gdmath.trees import NOTHING_DEFINED, Definitions, evaluated, substitute

Reductions = Callable[[sp.Expr], Iterable[sp.Expr]]

MOST_TERMS = 5_000
MOST_OPERATIONS = 150
"""The largest product to be multiplied out, and difference to be simplified: a second of work."""


def proved_equal(first: sp.Expr, second: sp.Expr, definitions: Definitions) -> bool:
    """Tell whether SymPy proves first = second, for every n and all real data and parameters.

    `definitions` says what the named predictions stand for; what holds for any prediction holds for
    those. Sums over the points are compared point by point: a combination of sums
    Σ c_k Σ_i f_k(i) + r vanishes if Σ c_k f_k + r/n does, for c_k and r free of i. False means only
    that no proof was found.
    """
    named = all(first.has(name) == second.has(name) for name in definitions)
    meanings = ([NOTHING_DEFINED] if named else []) + ([definitions] if definitions else [])
    differences = [evaluated(first, known) - evaluated(second, known) for known in meanings]
    return any(
        _vanishes(difference, reductions)
        for reductions in (_expansions, _simplifications)
        for difference in differences
    )


def proved_change(before: sp.Expr, after: sp.Expr, definitions: Definitions) -> bool:
    """Tell whether SymPy proves equal what a rule of differentiation made of a part of a line.

    Tried first with a function of its own for each expression that is still to be differentiated,
    or for each argument, for what holds for all functions holds for these: (f²)′ = 2 f f′.
    """
    if isinstance(before, sp.Derivative):
        u, (variable, _) = before.args
        for inner in (_differentiated(after), _arguments(u)):
            generic = {
                part: sp.Function(f"f{k}", real=True)(variable)
                for k, part in enumerate(inner)
                if part.has(variable) and part != variable
            }
            difference = evaluated(substitute(before, generic)) - evaluated(
                substitute(after, generic)
            )
            if _vanishes(difference, _expansions):
                return True
    return proved_equal(before, after, definitions)


def _differentiated(line: sp.Expr) -> list[sp.Expr]:
    inner = {node.args[0] for node in line.atoms(sp.Derivative)}
    return sorted(inner, key=sp.default_sort_key)


def _arguments(u: sp.Expr) -> list[sp.Expr]:
    """Return the arguments of u, and of a divisor 1/v the v."""
    divided = [
        part.base if isinstance(part, sp.Pow) and part.exp == -1 else part for part in u.args
    ]
    return list(dict.fromkeys(divided))


def _vanishes(difference: sp.Expr, reductions: Reductions) -> bool:
    pointwise = _per_point(difference)
    return pointwise is not None and all(
        any(reduced == 0 for reduced in reductions(case)) for case in _cases(_in_reals(pointwise))
    )


def _per_point(difference: sp.Expr) -> sp.Expr | None:
    """Return what has to vanish at every point for the difference to vanish; None if not linear."""
    sums = sorted(difference.atoms(sp.Sum), key=sp.default_sort_key)
    if not sums:
        return difference
    markers = {total: sp.Dummy() for total in sums}
    limits = {total.args[1:] for total in sums}
    combination = difference.xreplace(markers)
    coefficients = {total: combination.diff(marker) for total, marker in markers.items()}
    if len(limits) != 1 or any(c.has(*markers.values()) for c in coefficients.values()):
        return None
    ((_, _, count),) = limits.pop()
    rest = combination.xreplace(dict.fromkeys(markers.values(), sp.S.Zero))
    return sum((c * total.args[0] for total, c in coefficients.items()), rest / count)


def _in_reals(expression: sp.Expr) -> sp.Expr:
    """Return the expression over real symbols only, which is all SymPy has to know."""
    names = expression.atoms(sp.Indexed, AppliedUndef)
    expression = expression.xreplace({name: sp.Dummy(real=True) for name in names})
    return expression.xreplace(
        {symbol: sp.Dummy(real=True) for symbol in expression.free_symbols if not symbol.is_integer}
    )


def _cases(expression: sp.Expr) -> Iterator[sp.Expr]:
    """Yield what the expression is in each case that its pieces tell apart."""
    pieces = sorted(expression.atoms(sp.Piecewise), key=sp.default_sort_key)
    if not pieces:
        yield expression
        return
    conditions = [condition for _, condition in pieces[0].args]
    alike = [piece for piece in pieces if [condition for _, condition in piece.args] == conditions]
    for k in range(len(conditions)):
        yield from _cases(expression.xreplace({piece: piece.args[k][0] for piece in alike}))


def _expansions(difference: sp.Expr) -> Iterator[sp.Expr]:
    """Yield the difference multiplied out, which is cheap.

    What holds with a symbol in the place of a part holds for each part.
    """
    yield difference
    for form in (_over_symbols(difference), _over_arguments(difference)):
        if _terms(form) <= MOST_TERMS:
            yield sp.expand(form)


def _simplifications(difference: sp.Expr) -> Iterator[sp.Expr]:
    """Yield what `simplify` makes of the difference, if it is small enough for that."""
    if sp.count_ops(difference) <= MOST_OPERATIONS:
        for form in (_over_symbols(difference), _over_arguments(difference), difference):
            yield sp.simplify(form)
        yield sp.simplify(sp.expand(difference.rewrite(sp.exp)))


def _over_symbols(expression: sp.Expr) -> sp.Expr:
    """Return the expression with a symbol for each function and each sum under a root or bar."""
    calls = sorted(expression.atoms(Function, sp.Derivative), key=sp.count_ops, reverse=True)
    plain = expression.xreplace({call: sp.Dummy(real=True) for call in calls})
    bases = {
        power.base
        for power in plain.atoms(sp.Pow)
        if isinstance(power.base, sp.Add) and not _is_count(power.exp)
    }
    return plain.xreplace({base: sp.Dummy(real=True) for base in bases})


def _over_arguments(expression: sp.Expr) -> sp.Expr:
    """Return the expression with a symbol for every sum inside a function."""
    inside = {
        argument
        for call in expression.atoms(Function)
        for argument in call.args
        if isinstance(argument, sp.Add)
    }
    return expression.xreplace({sum_inside: sp.Dummy(real=True) for sum_inside in inside})


def _terms(expression: sp.Expr) -> int:
    """Return a bound of the number of terms that multiplying the expression out would make."""
    match expression:
        case sp.Add(args=terms):
            return sum(map(_terms, terms))
        case sp.Mul(args=factors):
            return math.prod(map(_terms, factors))
        case sp.Pow(base=base, exp=exponent) if _is_count(abs(exponent)):
            return math.comb(_terms(base) + int(abs(exponent)) - 1, int(abs(exponent)))
    return max(map(_terms, expression.args), default=1)


def _is_count(exponent: sp.Expr) -> bool:
    return bool(exponent.is_Integer and exponent.is_positive)
