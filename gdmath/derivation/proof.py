"""Proof that two formulas over the points are equal: SymPy reduces their difference to zero."""

import sympy as sp
from sympy.core.function import AppliedUndef, Function

from gdmath.trees import Definitions, evaluated


def proved_equal(first: sp.Expr, second: sp.Expr, definitions: Definitions) -> bool:
    """Tell whether SymPy proves first = second, for every n and all real data and parameters.

    `definitions` says what the named predictions stand for. Sums over the points are compared point
    by point: a combination of sums Σ c_k Σ_i f_k(i) + r vanishes if Σ c_k f_k + r/n does, for c_k
    and r free of i. False means only that no proof was found.
    """
    difference = evaluated(first, definitions) - evaluated(second, definitions)
    pointwise = _per_point(difference)
    if pointwise is None:
        return False
    pointwise = _in_reals(pointwise)
    return _vanishes(_abstracted(pointwise)) or _vanishes(pointwise)


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


def _abstracted(expression: sp.Expr) -> sp.Expr:
    """Return the expression with a symbol for every sum inside a function.

    What holds for all u holds for each, and is proved in a moment.
    """
    inside = {
        argument
        for call in expression.atoms(Function)
        for argument in call.args
        if isinstance(argument, sp.Add)
    }
    return expression.xreplace({sum_inside: sp.Dummy(real=True) for sum_inside in inside})


def _vanishes(expression: sp.Expr) -> bool:
    if expression == 0 or sp.expand(expression) == 0 or sp.simplify(expression) == 0:
        return True
    return bool(sp.simplify(sp.expand(expression.rewrite(sp.exp))) == 0)
