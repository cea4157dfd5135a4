"""Fill the holes of a formula: its limit where it is 0/0 or 0·log 0 at a value in the data."""

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp
from sympy.core.function import PoleError

from gdmath.arrays import FloatArray, IntArray
from gdmath.overflow_safe import RealFunction

MOST_HOLES = 4
"""Number of values in the data at which a formula may be undefined and still be completed."""


class Filled(RealFunction):
    """Filled(f, limit, gap, *signs): f, but the limit where the gap is 0 and all signs positive."""

    def _eval_derivative(self, symbol: sp.Symbol) -> sp.Expr:
        formula, limit, *conditions = self.args
        slopes = formula.diff(symbol), limit.diff(symbol)
        return Filled(*slopes, *conditions) if any(slopes) else sp.S.Zero


def in_numpy(
    formula: npt.NDArray[Any], limit: npt.NDArray[Any], gap: FloatArray, *signs: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """What `lambdify` shall call for `Filled`; all but the gap may be complex."""
    in_hole = reduce(np.logical_and, (np.real(sign) > 0 for sign in signs), np.equal(gap, 0))
    return np.where(in_hole, limit, formula)


def filled(
    formula: sp.Expr,
    variable: sp.Symbol,
    data: FloatArray,
    suspects: IntArray,
    at: Mapping[sp.Symbol, float],
) -> sp.Expr:
    """Return `formula` with its limit at each hole in `data`, (n,), among the `suspects`.

    A hole is a value of `variable` where the formula or one of its first two derivatives by the
    symbols of `at` is undefined, but its limit, from within the range of the data, and the
    derivatives of that are finite. Both are judged at the numbers of `at`; a limit that depends on
    the signs of some of the symbols holds where they are as there. A formula with more suspects
    than `MOST_HOLES`, or whose limit SymPy does not find, stays as it is.
    """
    complete, values = formula, np.unique(data[suspects])
    for value in values if len(values) <= MOST_HOLES else ():
        place = sp.Rational(repr(float(value)))
        if not _is_smooth(formula, at, {variable: place}):
            side = {data.min(): "+", data.max(): "-"}.get(value, "+-")
            found = next(_limits(formula, variable, place, side, at), None)
            if found is not None:
                limit, signs = found
                complete = Filled(complete, limit, variable - place, *signs)
    return complete


def _limits(
    formula: sp.Expr,
    variable: sp.Symbol,
    place: sp.Rational,
    side: str,
    at: Mapping[sp.Symbol, float],
) -> Iterator[tuple[sp.Expr, list[sp.Expr]]]:
    """Yield smooth limits, each with the expressions whose signs it supposes to be positive."""
    signed = [symbol for symbol in at if at[symbol]]
    for count in range(len(signed) + 1):
        for chosen in combinations(signed, count):
            signs = [symbol if at[symbol] > 0 else -symbol for symbol in chosen]
            positive = [sp.Dummy(positive=True) for _ in chosen]
            known = {
                symbol: stand_in if at[symbol] > 0 else -stand_in
                for symbol, stand_in in zip(chosen, positive, strict=True)
            }
            try:
                limit = sp.limit(formula.subs(known), variable, place, side)
            except (NotImplementedError, ValueError, PoleError):
                continue  # it depends on a sign that is not supposed, or on the side
            limit = limit.subs(dict(zip(positive, signs, strict=True)))
            if not limit.has(variable) and _is_smooth(limit, at, {}):
                yield limit, signs


def _is_smooth(
    formula: sp.Expr, at: Mapping[sp.Symbol, float], place: Mapping[sp.Symbol, sp.Rational]
) -> bool:
    """Whether the formula and its first two derivatives by the symbols of `at` are finite there."""
    slopes = [formula.diff(symbol) for symbol in at]
    entries = [formula, *slopes, *(slope.diff(symbol) for slope in slopes for symbol in at)]
    numbers = (entry.subs(place).subs(at) for entry in entries)
    return all(number.is_finite and number.is_real for number in numbers)
