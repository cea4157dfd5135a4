"""Choosing which rule of differentiation comes next, at the size of step that a lecture wants."""

from collections.abc import Iterator, Sequence
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
from gdmath.trees import Definitions, product, total, transform, walk


class Rewriter:
    """Takes a line with derivatives one rule further; the same rule at all places where it fits.

    The order: the derivative moves inside the sum over the points; sums and constant factors fall
    away; then one kind of function at a time; and what is only linear in the parameter is finished
    in one go.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        named = (_prediction_rule(name, meaning) for name, meaning in definitions.items())
        self.function_rules = (*named, *FUNCTION_RULES)

    def advance(self, line: sp.Expr) -> tuple[str, sp.Expr]:
        """Return the name of the next rule and the line that it makes of this one.

        Raises ValueError if no rule knows how to go on.
        """
        pending = [node for _, node in walk(line) if isinstance(node, sp.Derivative)]
        for rule in self._candidates(pending):
            following = transform(line, partial(_applied, rule))
            if following != line:
                return rule.name, following
        raise ValueError(f"no rule of differentiation is known for {pending[0]}")

    def _candidates(self, pending: Sequence[sp.Derivative]) -> Iterator[Rule]:
        yield from (INSIDE, *SPLIT)
        for node in pending:
            if not is_affine(*_parts(node)):
                yield from self.function_rules
        yield FINISH


def _parts(node: sp.Derivative) -> tuple[sp.Expr, sp.Symbol]:
    return node.args[0], node.args[1][0]


def _applied(rule: Rule, node: sp.Basic) -> sp.Basic:
    result = rule.apply(*_parts(node)) if isinstance(node, sp.Derivative) else None
    return node if result is None else result


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
    """Return the rule for a prediction ŷ that kept its name: ŷ (1 − ŷ) if it is the logistic."""
    match meaning:
        case sp.Pow(exp=sp.S.NegativeOne, base=sp.Add(args=[sp.S.One, sp.exp(args=[power])])):
            slope = product(name, total(sp.S.One, product(-1, name)))
            return Rule(
                "derivative of the logistic function",
                lambda u, a: product(slope, derivative(arranged(-power), a)) if u == name else None,
            )
    return Rule(
        "write the prediction out", lambda u, a: derivative(meaning, a) if u == name else None
    )


INSIDE = Rule("move the derivative inside the sum", _inside)
SPLIT = (
    Rule("sum rule: term by term", _split(sp.Add)),
    Rule("constant factors stay in front", _split(sp.Mul)),
)
FINISH = Rule("differentiate term by term", _finish)
