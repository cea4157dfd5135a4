"""The law of the two directions: a step multiplies what is left of each part by its factor."""

from typing import ClassVar

import sympy as sp
from manim import MathTypst

from gdmath import Convergence, Lesson
from scenes.kit.text import Equation, formula, maths
from scenes.kit.text.equations import RATE
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import fixed


class Almost(sp.Rel):  # type: ignore[misc]  # SymPy has no types
    """A relation that holds the better, the closer to the minimum."""

    rel_op: ClassVar[str] = "~"


LETTERS = ("c", "q", "s")
"""What a coordinate may be called; the parameters of a lesson take two of them at most."""


def coordinate_letter(lesson: Lesson) -> str:
    """What a coordinate along an eigenvector is called: c, or else what names no parameter."""
    taken = {str(parameter).rstrip("0123456789_") for parameter in lesson.parameters}
    return next(letter for letter in LETTERS if letter not in taken)


def decay_law(letter: str, exact: bool) -> Equation:
    """c(t) = (1 − ηλ)ᵗ c(0) with ``letter`` for c, or ≈ where the loss is not quadratic."""
    t, curvature, coordinate = sp.Symbol("t"), sp.Symbol("lambda"), sp.Function(letter)
    relation = sp.Eq if exact else Almost
    law = relation(coordinate(t), (1 - RATE * curvature) ** t * coordinate(0))
    paint = {coordinate(t): PALETTE.parameters, coordinate(0): PALETTE.parameters}
    return Equation(law, SIZE.equation, paint.get)


def condition_number(theory: Convergence) -> MathTypst:
    """κ as the ratio of the two curvatures, with its value."""
    kappa = fixed(theory.condition_number, 2)
    return maths(formula('kappa = lambda_"stiff" \\/ lambda_"flat" = {kappa}', kappa=kappa))
