"""Choose the next rule of differentiation, at the size of step that a lecture wants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import sympy as sp

from gdmath.derivation.calculus import (
    FUNCTION_RULES,
    LINEAR_RULES,
    POINTS,
    Differentiation,
    Rule,
    carry_out,
    derivative,
    is_affine,
)
from gdmath.notation.arrangement import arranged
from gdmath.notation.names import has_bar
from gdmath.trees import Definitions, product, substitute, total, transform, walk


@dataclass(frozen=True)
class Advance:
    """One rule applied to a line: `changes` says which part of it became what."""

    rule: str
    following: sp.Expr
    changes: Mapping[sp.Expr, sp.Expr]


class Rewriter:
    """Takes a line with derivatives one rule further; the same rule at all places where it fits.

    The order: the derivative moves inside the sum over the points; sums and constant factors fall
    away; then one kind of function at a time; a prediction that kept its name ŷ is differentiated
    when nothing but ŷ is left to be; and what is only linear in the parameter is finished in one
    go.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        named = tuple(_prediction_rule(name, meaning) for name, meaning in definitions.items())
        self.function_rules = (*FUNCTION_RULES, *named)

    def advance(self, line: sp.Expr) -> Advance:
        """Return the next rule, the line that it makes of this one, and what it put in whose place.

        Raises ValueError if no rule knows how to go on.
        """
        pending = [node for _, node in walk(line) if isinstance(node, sp.Derivative)]
        for rule in self._candidates(pending):
            changes: dict[sp.Basic, sp.Basic] = {}
            following = transform(line, partial(_applied, rule, changes))
            if changes:
                following = transform(following, partial(_with_one_bar, changes))
                return Advance(rule.name, following, changes)
        raise ValueError(f"no rule of differentiation is known for {pending[0]}")

    def _candidates(self, pending: Sequence[sp.Derivative]) -> Iterator[Rule]:
        yield from (INSIDE, *(_but_for(self.definitions, rule) for rule in SPLIT))
        for node in pending:
            if not is_affine(*_parts(node)):
                yield from self.function_rules
        yield FINISH


def _parts(node: sp.Derivative) -> tuple[sp.Expr, sp.Symbol]:
    return node.args[0], node.args[1][0]


def _applied(rule: Rule, changes: dict[sp.Basic, sp.Basic], node: sp.Basic) -> sp.Basic:
    result = rule.apply(*_parts(node)) if isinstance(node, sp.Derivative) else None
    if result is None or result == node:
        return node
    changes[node] = result
    return result


def _with_one_bar(changes: dict[sp.Basic, sp.Basic], node: sp.Basic) -> sp.Basic:
    """Return a product with fractions side by side, as in 9/4 · 1/2, made one: two bars nest."""
    if not isinstance(node, sp.Mul):
        return node
    factors: list[sp.Basic] = []
    for factor in node.args:
        if factors and has_bar(factors[-1]) and has_bar(factor):
            factors[-1] *= factor
        else:
            factors.append(factor)
    if len(factors) == len(node.args):
        return node
    changes[node] = product(*factors)
    return changes[node]


def _inside(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return carry_out(u, a, [_over_points(rule) for rule in (*LINEAR_RULES, POINTS)])


def _over_points(rule: Rule) -> Rule:
    return Rule(rule.name, lambda u, a: rule.apply(u, a) if u.has(sp.Sum) else None)


def _split(kind: type[sp.Expr]) -> Differentiation:
    def apply(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
        ready = isinstance(u, kind) and not is_affine(u, a)
        return carry_out(u, a, LINEAR_RULES) if ready else None

    return apply


def _finish(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
    return carry_out(u, a, LINEAR_RULES) if is_affine(u, a) else None


def _prediction_rule(name: sp.Expr, meaning: sp.Expr) -> Rule:
    """Return the rule for a prediction ŷ that kept its name, alone or as in ŷ − y and 1 − ŷ."""
    rule = _slope_of_prediction(name, meaning)

    def apply(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
        return carry_out(u, a, (*LINEAR_RULES, rule)) if _is_linear(u, name, a) else None

    return Rule(rule.name, apply)


def _slope_of_prediction(name: sp.Expr, meaning: sp.Expr) -> Rule:
    """Return what ∂ŷ/∂a becomes: ŷ ∂u/∂a for e^u, ŷ (1 − ŷ) ∂u/∂a for the logistic of u."""
    match meaning:
        case sp.exp(args=[power]):
            return Rule(
                "the exponential is its own derivative",
                lambda u, a: product(name, derivative(power, a)) if u == name else None,
            )
        case sp.Pow(exp=sp.S.NegativeOne, base=sp.Add(args=[sp.S.One, sp.exp(args=[power])])):
            slope = product(name, total(sp.S.One, product(-1, name)))
            return Rule(
                "derivative of the logistic function",
                lambda u, a: product(slope, derivative(arranged(-power), a)) if u == name else None,
            )
    straight = all(is_affine(meaning, symbol) for symbol in name.args if symbol.is_Symbol)
    return Rule(
        "differentiate the prediction" if straight else "write the prediction out",
        lambda u, a: derivative(meaning, a) if u == name else None,
    )


def _but_for(definitions: Definitions, rule: Rule) -> Rule:
    """Return the rule held back where nothing but a named prediction is left to differentiate."""
    return Rule(
        rule.name,
        lambda u, a: (
            None if any(_is_linear(u, name, a) for name in definitions) else rule.apply(u, a)
        ),
    )


def _is_linear(u: sp.Expr, name: sp.Expr, a: sp.Symbol) -> bool:
    """Tell whether sums and constant factors are all that stands around `name` and `a`."""
    return u.has(name) and is_affine(substitute(u, {name: a}), a)


INSIDE = Rule("move the derivative inside the sum", _inside)
SPLIT = (
    Rule("sum rule: term by term", _split(sp.Add)),
    Rule("constant factors stay in front", _split(sp.Mul)),
)
FINISH = Rule("differentiate term by term", _finish)
