"""Tidy the last lines of a derivation: gather equals and take constants out of the sum."""

from itertools import product

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.core.parameters import distribute

from gdmath.notation.arrangement import arranged
from gdmath.trees import Definitions, evaluated, substitute, transform

QUOTIENTS = ((sp.sinh, sp.cosh, sp.tanh), (sp.sin, sp.cos, sp.tan))


MOST_OPERATIONS = 100
"""The largest sum to be factored; a larger one takes seconds, and hardly becomes shorter."""


def tidied(expression: sp.Expr) -> sp.Expr:
    """Return the expression with numbers multiplied, equal factors gathered and constants in front.

    What does not change from point to point leaves the sum; brackets are never multiplied out.
    """
    # SymPy would turn 2 (a + b) into 2 a + 2 b and so lose the residual.
    with distribute(False):
        return arranged(_tidied(expression))


def written_out(expression: sp.Expr, definitions: Definitions) -> sp.Expr:
    """Return the expression with every name replaced by what it stands for, and that cancelled."""
    with distribute(False):
        return arranged(evaluated(substitute(expression, definitions)))


def with_quotients(expression: sp.Expr) -> sp.Expr:
    """Return the expression with sinh u / cosh u written tanh u, and sin u / cos u as tan u."""
    return transform(expression, _merged)


def _merged(node: sp.Basic) -> sp.Basic:
    if isinstance(node, sp.Mul):
        for (above, below, quotient), first, second in product(QUOTIENTS, node.args, node.args):
            pair = isinstance(first, above) and isinstance(second, sp.Pow) and second.exp == -1
            if pair and isinstance(second.base, below) and second.base.args == first.args:
                merged = quotient(*first.args, evaluate=False)
                kept = (merged if factor is first else factor for factor in node.args)
                return sp.Mul(*(factor for factor in kept if factor is not second), evaluate=False)
    return node


def _tidied(expression: sp.Expr) -> sp.Expr:
    if isinstance(expression, sp.Sum):
        return _sum(expression)
    if not expression.has(sp.Sum) or not isinstance(expression, (sp.Add, sp.Mul)):
        return evaluated(expression)
    result = expression.func(*(_tidied(argument) for argument in expression.args))
    if isinstance(result, sp.Mul):
        for bracket in result.args:
            if isinstance(bracket, sp.Add) and bracket.has(sp.Sum):
                others = [factor for factor in result.args if factor is not bracket]
                return sp.Add(*(sp.Mul(*others, term) for term in bracket.args))
    return result


def _sum(points: sp.Sum) -> sp.Expr:
    """Return the sum over the points with what is the same for all of them outside.

    The terms are those that are written: a residual that only becomes visible by tidying is not
    torn into its terms.
    """
    summand, limits = points.args
    index, _, count = limits
    terms = [evaluated(term) for term in sp.Add.make_args(summand)]
    constant = sp.Add(*(term for term in terms if not term.has(index)))
    varying = sp.Add(*(term for term in terms if term.has(index)))
    if varying != 0 and not constant.free_symbols and not _named(varying)[0].is_polynomial():
        # The one of 1 − tanh²(u) belongs to what stands beside it.
        constant, varying = sp.S.Zero, varying + constant
    outside, inside = _gathered(varying).as_independent(index, as_Add=False)
    sum_of_varying = sp.Mul(outside, sp.Sum(inside, limits)) if varying != 0 else sp.S.Zero
    return sp.Add(sp.Mul(count, constant), sum_of_varying)


def _named(expression: sp.Expr) -> tuple[sp.Expr, dict[sp.Basic, sp.Basic]]:
    """Return the expression with a symbol for each x_i, y_i, ŷ_i and exp(u), and their meanings."""
    found = sorted(expression.atoms(sp.Indexed, AppliedUndef, sp.exp), key=sp.default_sort_key)
    names: dict[sp.Basic, sp.Basic] = {}
    meanings: dict[sp.Basic, sp.Basic] = {}
    for node in found:
        # exp(−2 u) is the square of exp(−u), so that both can come out of a bracket together.
        times, power = node.args[0].primitive() if isinstance(node, sp.exp) else (1, None)
        meaning = node if power is None else sp.exp(power)
        fresh = sp.Dummy(f"v{len(meanings)}", real=True)
        name = next((known for known, m in meanings.items() if m == meaning), fresh)
        names[node], meanings[name] = name**times, meaning
    return expression.xreplace(names), meanings


def _gathered(summand: sp.Expr) -> sp.Expr:
    """Return a sum with common factors in front, and over one denominator if that is shorter."""
    factor, bracket = summand.as_coeff_Mul()
    if factor == -1 and isinstance(bracket, sp.Add):
        summand = sp.Add(*(-term for term in bracket.args))
    if not isinstance(summand, sp.Add):
        return summand
    plain, meanings = _named(summand)
    if sp.count_ops(plain) <= MOST_OPERATIONS and plain.is_rational_function():
        factored = sp.factor(plain)
        if sp.count_ops(factored) < sp.count_ops(plain):
            return factored.xreplace(meanings)
    terms = [term.as_powers_dict() for term in summand.args]
    common = [
        sp.Pow(base, min(term[base] for term in terms))
        for base in terms[0]
        if all(base in term and term[base].is_Number for term in terms)
    ]
    shared = sp.Mul(*common)
    return sp.Mul(shared, sp.Add(*(term / shared for term in summand.args)))
