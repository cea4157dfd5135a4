"""The rules against SymPy's own derivative of anything they may meet, and what is no rule."""

from dataclasses import replace

import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from gdmath import Lesson, derive
from gdmath.derivation import ProofError, rewriting
from gdmath.derivation.calculus import Rule, derivative
from gdmath.derivation.rewriting import Rewriter
from gdmath.lesson import PREDICTION, X, Y

DIGITS = 40
A, B = sp.symbols("a b", real=True)
LEAVES = st.sampled_from([A, A, B, X, sp.Integer(2), sp.Integer(-3), sp.Rational(1, 3)])
FUNCTIONS = [sp.exp, sp.sin, sp.cos, sp.tanh, sp.cosh, sp.sinh, sp.atan, sp.Abs]


def _compound(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda pair: sp.Add(*pair)),
        pairs.map(lambda pair: sp.Mul(*pair)),
        pairs.map(lambda pair: pair[0] / (1 + pair[1] ** 2)),
        st.tuples(parts, st.sampled_from([2, 3])).map(lambda pair: sp.Pow(*pair)),
        parts.map(lambda part: sp.sqrt(1 + part**2)),
        parts.map(lambda part: sp.log(2 + part**2)),
        st.tuples(st.sampled_from(FUNCTIONS), parts).map(lambda pair: pair[0](pair[1])),
    )


@given(st.recursive(LEAVES, _compound, max_leaves=6))
def test_rules_differentiate_any_composition(expression: sp.Expr) -> None:
    assume(expression.has(A) and not expression.has(sp.nan, sp.zoo))
    line, rewriter = derivative(expression, A), Rewriter({})
    while line.has(sp.Derivative):
        line = rewriter.advance(line).following
    point = {A: sp.Rational(37, 100), B: sp.Rational(-5, 8), X: sp.Rational(21, 16)}
    expected = sp.N(sp.diff(expression, A).subs(point), DIGITS)
    assume(expected.is_finite)
    assert abs(sp.N(line.subs(point), DIGITS) - expected) <= 1e-25 * (1 + abs(expected))


def test_a_function_no_rule_knows_is_refused(notebook: Lesson) -> None:
    with pytest.raises(ValueError, match="no rule of differentiation is known for"):
        derive(replace(notebook, pointwise=sp.gamma(PREDICTION - Y)))


def test_a_wrong_rule_cannot_pass(notebook: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(u: sp.Expr, a: sp.Symbol) -> sp.Expr | None:
        return 3 * u.base * derivative(u.base, a) if isinstance(u, sp.Pow) else None

    monkeypatch.setattr(rewriting, "FUNCTION_RULES", (Rule("wrong", wrong),))
    with pytest.raises(ProofError, match="wrong"):
        derive(notebook)
