"""Typst maths read back into SymPy by typst-sympy-calculator, which shares no code with ours."""

from collections.abc import Callable

import pytest
import sympy as sp
from sympy.core.function import AppliedUndef


def typst_reader() -> Callable[[str], sp.Expr]:
    """Return its parser, told of the few words that it does not know; skip where it is missing."""
    calculator = pytest.importorskip("DefaultTypstCalculator").get_default_calculator(
        complex_number=False
    )
    _, _, _, product, _, _, function, *_ = calculator.get_decorators()

    @function()
    def convert_frac(above: sp.Expr, below: sp.Expr) -> sp.Expr:
        return above / below

    @function()
    def convert_ln(argument: sp.Expr) -> sp.Expr:
        return sp.log(argument)

    @product()
    def convert_dot(left: sp.Expr, right: sp.Expr) -> sp.Expr:
        return left * right

    constants = {sp.Symbol("e"): sp.E, sp.Symbol("pi"): sp.pi}
    return lambda text: calculator.converter.sympy(text).subs(constants)


def as_symbols(expression: sp.Expr) -> sp.Expr:
    """Write x_i, y_i, ŷ_i and the rest as the plain symbols that the parser makes of them."""
    named = expression.atoms(sp.Indexed, AppliedUndef)
    plain = expression.xreplace({name: sp.Symbol(_name(name)) for name in named})
    return plain.xreplace({symbol: sp.Symbol(symbol.name) for symbol in plain.free_symbols})


def _name(node: sp.Expr) -> str:
    return "hat(y)_i" if isinstance(node, AppliedUndef) else f"{node.base.label}_i"
