"""State the rules of differentiation, each for one kind of expression.

A rule is given the differentiated expression u and the variable a, and returns what ∂u/∂a becomes,
with the derivatives that are still to be worked out standing in it unevaluated; or None where it
does not apply. Nothing here knows any particular loss.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.core.function import Function

from gdmath.notation.arrangement import arranged
from gdmath.trees import product, rebuild, substitute, total, transform

Differentiation = Callable[[sp.Expr, sp.Symbol], sp.Expr | None]
"""Given u and a, returns what ∂u/∂a becomes, or None where it does not apply."""


@dataclass(frozen=True)
class Rule:
    """A rule of differentiation and its name in plain words."""

    name: str
    apply: Differentiation


def derivative(expression: sp.Expr, variable: sp.Symbol) -> sp.Derivative:
    """Return ∂/∂variable of the expression, not carried out."""
    return sp.Derivative(expression, variable, evaluate=False)


def carry_out(expression: sp.Expr, variable: sp.Symbol, rules: Sequence[Rule]) -> sp.Expr:
    """Return ∂expression/∂variable with the rules applied for as long as one of them does."""
    for rule in rules:
        result = rule.apply(expression, variable)
        if result is not None:
            return without_units(
                transform(
                    result,
                    lambda node: (
                        carry_out(node.args[0], variable, rules)
                        if isinstance(node, sp.Derivative)
                        else node
                    ),
                )
            )
    return derivative(expression, variable)


def without_units(expression: sp.Expr) -> sp.Expr:
    """Return the expression with no factor 1 in its outermost terms."""
    if isinstance(expression, sp.Add):
        return total(*(without_units(term) for term in expression.args))
    if isinstance(expression, sp.Mul):
        return product(*(factor for factor in expression.args if factor != 1))
    return expression


def is_affine(expression: sp.Expr, variable: sp.Symbol) -> bool:
    """Tell whether sums and constant factors are all that stands around the variable."""
    if not expression.has(variable) or expression == variable:
        return True
    if isinstance(expression, sp.Add):
        return all(is_affine(term, variable) for term in expression.args)
    if isinstance(expression, sp.Mul):
        dependent = [factor for factor in expression.args if factor.has(variable)]
        return len(dependent) == 1 and is_affine(dependent[0], variable)
    return False


def _constant(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return None if u.has(a) else sp.S.Zero


def _variable(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return sp.S.One if u == a else None


def _constant_factor(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    if not isinstance(u, sp.Mul):
        return None
    constant = [factor for factor in u.args if not factor.has(a)]
    rest = [factor for factor in u.args if factor.has(a)]
    return product(*constant, derivative(product(*rest), a)) if constant and rest else None


def _terms(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return total(*(derivative(term, a) for term in u.args)) if isinstance(u, sp.Add) else None


def _points(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return rebuild(u, (derivative(u.args[0], a), *u.args[1:])) if isinstance(u, sp.Sum) else None


def _cases(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    if not isinstance(u, sp.Piecewise):
        return None
    return sp.Piecewise(
        *((derivative(value, a), condition) for value, condition in u.args), evaluate=False
    )


def _product(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    if not isinstance(u, sp.Mul) or sum(factor.has(a) for factor in u.args) < 2:
        return None
    first, *others = u.args
    rest = product(*others)
    return total(product(rest, derivative(first, a)), product(first, derivative(rest, a)))


def _quotient(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    if not isinstance(u, sp.Mul):
        return None
    below = [factor for factor in u.args if isinstance(factor, sp.Pow) and factor.exp == -1]
    above = [factor for factor in u.args if factor not in below]
    if len(below) != 1 or not below[0].has(a) or not any(factor.has(a) for factor in above):
        return None
    numerator, denominator = product(*above), below[0].base
    return product(
        total(
            product(denominator, derivative(numerator, a)),
            product(-1, numerator, derivative(denominator, a)),
        ),
        sp.Pow(denominator, -2, evaluate=False),
    )


def _with_inner(outer: Iterable[sp.Expr], inner: sp.Expr, a: sp.Symbol) -> sp.Expr:
    """Return the derivative of the outer function times that of the inner, unless that is 1."""
    return product(*outer, *(() if inner == a else (derivative(inner, a),)))


def _power(*exponents: sp.Rational) -> Differentiation:
    def apply(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
        if not isinstance(u, sp.Pow) or u.exp.has(a) or (exponents and u.exp not in exponents):
            return None
        lowered = u.base if u.exp == 2 else sp.Pow(u.base, u.exp - 1, evaluate=False)
        return _with_inner((u.exp, lowered), u.base, a)

    return apply


def _exponent(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    if not isinstance(u, sp.Pow) or not u.exp.has(a):
        return None
    if u.base.has(a):
        return None
    return _with_inner((sp.log(u.base), u), u.exp, a)


def _both(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    """Return u^v (ln u ∂v/∂a + v/u ∂u/∂a), for u^v = e^(v ln u)."""
    if not (isinstance(u, sp.Pow) and u.base.has(a) and u.exp.has(a)):
        return None
    below = sp.Pow(u.base, -1, evaluate=False)
    return product(
        u,
        total(
            product(sp.log(u.base), derivative(u.exp, a)),
            product(u.exp, below, derivative(u.base, a)),
        ),
    )


def _chain(kind: type[Function]) -> Differentiation:
    def apply(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
        if not isinstance(u, kind) or len(u.args) != 1:
            return None
        inside = sp.Dummy(real=True)
        outer = arranged(kind(inside).fdiff())
        return _with_inner((substitute(outer, {inside: u.args[0]}),), u.args[0], a)

    return apply


LINEAR_RULES = (
    Rule("what does not change has derivative zero", _constant),
    Rule("the variable itself has derivative one", _variable),
    Rule("constant factors stay in front", _constant_factor),
    Rule("sum rule: term by term", _terms),
)
POINTS = Rule("the derivative of a sum over the points is the sum of the derivatives", _points)

FUNCTION_RULES = (
    Rule("case by case", _cases),
    Rule("quotient rule", _quotient),
    Rule("product rule", _product),
    Rule("chain rule on the square", _power(sp.Integer(2))),
    Rule("chain rule on the square root", _power(sp.S.Half)),
    Rule("chain rule on the reciprocal", _power(sp.S.NegativeOne)),
    Rule("chain rule on the power", _power()),
    Rule("chain rule on the exponential", _exponent),
    Rule("chain rule on the base and on the exponent", _both),
    *(
        Rule(f"chain rule on the {name}", _chain(kind))
        for kind, name in {
            sp.exp: "exponential",
            sp.log: "logarithm",
            sp.sin: "sine",
            sp.cos: "cosine",
            sp.tan: "tangent",
            sp.sinh: "hyperbolic sine",
            sp.cosh: "hyperbolic cosine",
            sp.tanh: "hyperbolic tangent",
            sp.asin: "arcsine",
            sp.acos: "arccosine",
            sp.atan: "arctangent",
            sp.Abs: "absolute value",
        }.items()
    ),
)
