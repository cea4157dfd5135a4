"""The law of the two directions: a step multiplies what is left of each part by its factor."""

from typing import ClassVar

import sympy as sp

from scenes.kit.text.equations import RATE, Equation
from scenes.kit.theme import PALETTE, SIZE


class Almost(sp.Rel):  # type: ignore[misc]  # SymPy has no types
    """A relation that holds the better, the closer to the minimum."""

    rel_op: ClassVar[str] = "~"


def decay_law(exact: bool) -> Equation:
    """c(t) = (1 − ηλ)ᵗ c(0), or ≈ where the loss is not quadratic."""
    t, curvature, coordinate = sp.Symbol("t"), sp.Symbol("lambda"), sp.Function("c")
    relation = sp.Eq if exact else Almost
    law = relation(coordinate(t), (1 - RATE * curvature) ** t * coordinate(0))
    paint = {coordinate(t): PALETTE.parameters, coordinate(0): PALETTE.parameters}
    return Equation(law, SIZE.equation, paint.get)
