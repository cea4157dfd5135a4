"""The formula that a lecture shows for a rule has the value that the rule takes off."""

import numpy as np
import pytest
import sympy as sp

from gdmath import Adam, Momentum, UpdateRule
from gdmath.update_formulas import taken_off
from tests.gdmath.every_rule import RULES

RATE, SLOPE, A = sp.symbols("eta g a")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_the_formula_is_what_the_rule_does(rule: UpdateRule) -> None:
    formula, state = taken_off(rule, RATE, SLOPE, A), rule.initial_state()
    for count, gradient in enumerate(np.random.default_rng(5).normal(size=(6, 2)), start=1):
        displacement, state = rule.step(gradient, state)
        remembered = [float(part[0]) for part in state]
        if isinstance(rule, Adam):
            *remembered, _ = remembered
            decays = rule.first_decay, rule.second_decay
            remembered = [m / (1 - d**count) for m, d in zip(remembered, decays, strict=True)]
        names = {1: "v" if isinstance(rule, Momentum) else "s", 2: "ms"}.get(len(remembered), "")
        memory = {f"{n}_a": value for n, value in zip(names, remembered, strict=True)}
        value = float(formula.subs({"eta": 0.1, "g": float(gradient[0]), **memory}))
        # The rules add 1e-8 to √s, which is 1e-1 or more here.
        assert value == pytest.approx(-displacement[0], rel=1e-6)


def test_a_rule_without_a_formula_is_told() -> None:
    class Still(UpdateRule): ...

    with pytest.raises(TypeError, match="no formula for Still"):
        taken_off(Still(), RATE, SLOPE, A)
