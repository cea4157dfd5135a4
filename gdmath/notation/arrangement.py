"""Order terms and factors as a mathematician writes them: a x + b − y, 2 x (a x + b − y)."""

import sympy as sp
from sympy.core.function import AppliedUndef, Function

from gdmath.trees import is_inverse, parts, rebuild

DATA_NAMES = frozenset({"x", "y", "prediction"})

NUMBER, COUNT, PARAMETER, DATUM, POWER, BRACKET, FUNCTION, INVERSE, SUM, DERIVATIVE = range(10)


def arranged(expression: sp.Basic) -> sp.Basic:
    """Return the expression with every sum and product in the order of `display_order`."""
    arguments = list(expression.args)
    for index in parts(expression):
        arguments[index] = arranged(arguments[index])
    if not arguments:
        return expression
    result = rebuild(expression, arguments)
    return rebuild(result, [result.args[index] for index in display_order(result)])


def display_order(expression: sp.Basic) -> tuple[int, ...]:
    """Return the indices of the arguments in the order in which they are written.

    Terms: those with a plus sign first, so that none has to open with a minus; among them those
    with data before those without (a x + b), but a number before functions (1 + exp(u)), else as
    SymPy orders polynomials. Factors: numbers, counts (n), parameters, data, exponentials and
    roots, brackets, functions, what stands below the bar, then what reaches to the end of the
    line (Σ, ∂).
    """
    arguments = expression.args
    if isinstance(expression, sp.Add):
        reference = expression.as_ordered_terms()
        only_functions = all(term.is_Number or isinstance(term, Function) for term in arguments)

        def term_key(index: int) -> tuple[bool, bool, bool, int, int]:
            term = arguments[index]
            opens = bool(term.is_Number) and only_functions
            place = reference.index(term) if term in reference else len(reference)
            return leads_with_minus(term), not opens, not has_data(term), place, index

        return tuple(sorted(range(len(arguments)), key=term_key))
    if isinstance(expression, sp.Mul):
        return tuple(sorted(range(len(arguments)), key=lambda index: _factor_key(arguments[index])))
    return tuple(range(len(arguments)))


def _factor_key(factor: sp.Basic) -> tuple[object, ...]:
    kind = factor_kind(factor)
    # Numbers keep their places, so that 2 · 3 stays as it was built.
    return (kind,) if kind == NUMBER else (kind, sp.count_ops(factor), sp.default_sort_key(factor))


def leads_with_minus(expression: sp.Basic) -> bool:
    """Tell whether the expression, in display order, is written with a minus sign in front."""
    if isinstance(expression, sp.Mul):
        first = next((factor for factor in expression.args if factor.is_Number), sp.S.One)
        return leads_with_minus(first)
    return isinstance(expression, sp.Number) and bool(expression.is_extended_negative)


def has_data(expression: sp.Basic) -> bool:
    """Tell whether the expression holds an observation: x_i, y_i, or the symbols for them."""
    return expression.has(sp.Indexed) or any(
        symbol.name in DATA_NAMES for symbol in expression.free_symbols if symbol.is_Symbol
    )


def factor_kind(factor: sp.Basic) -> int:
    """Return the place of a factor in a product, from NUMBER to DERIVATIVE."""
    base = factor.base if isinstance(factor, sp.Pow) else factor
    if is_inverse(factor):
        return INVERSE
    match base:
        case sp.Sum():
            return SUM
        case sp.Derivative():
            return DERIVATIVE
        case sp.Indexed() | AppliedUndef():
            return DATUM
        case sp.Add() | sp.Mul():
            return POWER if _is_root(factor) else BRACKET
        case sp.exp():
            return POWER
        case Function():
            return FUNCTION
        case sp.Symbol(name=name):
            return COUNT if base.is_integer else DATUM if name in DATA_NAMES else PARAMETER
    return NUMBER if factor.is_Number else COUNT if factor.is_number else BRACKET


def _is_root(factor: sp.Basic) -> bool:
    return isinstance(factor, sp.Pow) and factor.exp.is_Rational and not factor.exp.is_Integer
