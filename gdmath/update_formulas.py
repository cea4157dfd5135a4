"""Write as a formula what an update rule takes off a parameter."""

import sympy as sp
from sympy.codegen.ast import Assignment

from gdmath.rules import AdaGrad, Adam, Momentum, PlainDescent, RMSProp, UpdateRule


def update_of(rule: UpdateRule, rate: sp.Expr, loss: sp.Expr, parameter: sp.Symbol) -> Assignment:
    """Return how the rule changes `parameter`, as a ← a − η∂L/∂a is for plain descent."""
    slope = sp.Derivative(loss, parameter, evaluate=False)
    return Assignment(parameter, parameter - taken_off(rule, rate, slope, parameter))


def taken_off(rule: UpdateRule, rate: sp.Expr, slope: sp.Expr, parameter: sp.Symbol) -> sp.Expr:
    """Return the formula whose value the rule takes off ``parameter``, in symbols.

    η∂L/∂a for plain descent, ηv_a for momentum and Nesterov's form of it, η∂L/∂a/√s_a for AdaGrad
    and RMSProp, ηm_a/√s_a for Adam: v, m and s are what the rule remembers of this parameter after
    its gradient has come in, Adam's corrected for their beginning at zero. What `rules.TINY` adds
    to √s is left out. Raises TypeError for any other rule.
    """
    velocity, mean, squares = (sp.Symbol(f"{letter}_{parameter}") for letter in "vms")
    match rule:
        case PlainDescent():
            return rate * slope
        case Momentum():
            return rate * velocity
        case AdaGrad() | RMSProp():
            return rate * slope / sp.sqrt(squares)
        case Adam():
            return rate * mean / sp.sqrt(squares)
    raise TypeError(f"no formula for {type(rule).__name__}")
