"""Formulas in a form that large arguments do not make overflow: logistic, softplus, ln cosh.

1/(1 + e^(−u)), ln(1 + e^u) and ln cosh u are harmless numbers, but the e^u on the way to them is
infinite from u = 710 on, and infinity over infinity is no number. `stabilised` finds them in a
formula and puts functions in their place whose derivatives are of this kind again.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp
from sympy.core.function import Function

Array = npt.NDArray[Any]


class RealFunction(Function):  # type: ignore[misc]  # SymPy ships no types
    """A function that is real; `SLOPES` has the derivative of each that has one argument."""

    def _eval_is_real(self) -> bool:
        # Without it SymPy differentiates a modulus around it as that of a complex number.
        return True

    def fdiff(self, _argindex: int = 1) -> sp.Expr:
        """Return the derivative."""
        return SLOPES[type(self)](*self.args)


class Logistic(RealFunction):
    """1/(1 + e^(−u)); one minus it is the logistic of −u, where no digit cancels."""


class Softplus(RealFunction):
    """ln(1 + e^u)."""


class LogCosh(RealFunction):
    """ln cosh u."""


class Modulus(RealFunction):
    """|u|; SymPy's own differentiates as of a complex number whatever it cannot prove real."""


class Side(RealFunction):
    """The sign of u; its derivative is 0 beside the spike at u = 0, which we leave out."""


SLOPES: Mapping[type[RealFunction], Callable[[sp.Expr], sp.Expr]] = {
    Logistic: lambda u: Logistic(u) * Logistic(-u),
    Softplus: Logistic,
    LogCosh: sp.tanh,
    Modulus: Side,
    Side: lambda _: sp.S.Zero,
}


def with_real_moduli(formula: sp.Expr) -> sp.Expr:
    """Return the formula with `Modulus` and `Side` for SymPy's Abs and sign."""
    return formula.replace(sp.Abs, Modulus).replace(sp.sign, Side)


def stabilised(formula: sp.Expr) -> sp.Expr:
    """Return a formula of the same value with `Logistic`, `Softplus` and `LogCosh` where it can.

    They are looked for as 1/(1 + e^u), e^u/(1 + e^u), one minus such, the logarithm of such,
    ln(1 + e^u) and ln cosh u, at any depth.
    """
    if not formula.args:
        return formula
    part = formula.func(*(stabilised(argument) for argument in formula.args))
    match part:
        case sp.Pow(base=sp.Add(args=[sp.S.One, sp.exp(args=[u])]), exp=sp.S.NegativeOne):
            return Logistic(-u)
        case sp.Mul(args=factors):
            return _without_exponentials(factors)
        case sp.Add(args=[sp.S.One, sp.Mul(args=[sp.S.NegativeOne, Logistic(args=[u])])]):
            return Logistic(-u)
        case sp.log(args=[Logistic(args=[u])]):
            return -Softplus(-u)
        case sp.log(args=[sp.Add(args=[sp.S.One, sp.exp(args=[u])])]):
            return Softplus(u)
        case sp.log(args=[sp.cosh(args=[u])]):
            return LogCosh(u)
    return part


def _without_exponentials(factors: tuple[sp.Expr, ...]) -> sp.Expr:
    """Return the product, e^u times the logistic of −u being the logistic of u."""
    kept = list(factors)
    for factor in factors:
        if isinstance(factor, sp.exp) and Logistic(-factor.args[0]) in kept:
            kept.remove(factor)
            kept.remove(Logistic(-factor.args[0]))
            kept.append(Logistic(factor.args[0]))
    return sp.Mul(*kept)


def modulus(z: Array) -> Array:
    """|z| continued from the real axis: NumPy's modulus would swallow a complex step."""
    return np.where(np.real(z) < 0, -z, z) if np.iscomplexobj(z) else np.abs(z)


def _logistic(z: Array) -> Array:
    decayed = np.exp(-modulus(z))
    return np.asarray(np.where(np.real(z) < 0, decayed, 1) / (1 + decayed))


def _softplus(z: Array) -> Array:
    return np.asarray(np.where(np.real(z) < 0, 0, z) + np.log1p(np.exp(-modulus(z))))


def _log_cosh(z: Array) -> Array:
    # As ln(1 + e^(−2|z|)) − ln 2 the small values would lose all their digits.
    size = modulus(z)
    return np.asarray(size + np.log1p(np.expm1(-2 * size) / 2))


IN_NUMPY: Mapping[str, Callable[[Array], Array]] = {
    "Abs": modulus,
    "Modulus": modulus,
    "Side": lambda z: np.sign(np.real(z)),
    "Logistic": _logistic,
    "Softplus": _softplus,
    "LogCosh": _log_cosh,
}
"""What `lambdify` shall call for these functions by name; all take complex numbers too."""
