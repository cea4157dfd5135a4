"""Calculation: the formulas of a guess in a column, and one point's residual worked out."""

from collections.abc import Callable

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, Animation, Line

from gdmath import Derivation, FloatArray, Lesson, correspond
from gdmath.lesson import PREDICTION
from gdmath.notation.arrangement import display_order
from scenes.kit.frame import Region
from scenes.kit.proof.trace import decoration
from scenes.kit.text import Equation, Quantity, Rewrite, colours, predicted
from scenes.kit.text.formulas import RESIDUAL
from scenes.kit.theme import PALETTE, SIZE, STROKE

NUMBERS = {
    "x": (0.0, PALETTE.data),
    "hat(y)": (1.0, PALETTE.parameters),
    "y": (2.0, PALETTE.data),
    "r": (3.35, PALETTE.loss),
}
"""The line in which a number of the point stands, counted from 0, and its colour."""
FIRST, LINE = 0.35, 0.62
"""Units from the top of their row to the first number, and from each number to the next."""
GAP = 0.16
"""Units between the rule and the number above it."""


class Calculation:
    """The formulas ``model``, ``guess`` and ``residual``, with room for the numbers of a point."""

    def __init__(self, region: Region, derivation: Derivation, index: int) -> None:
        self.lesson, self.index = derivation.lesson, index
        self.left, self.rows = region.left, region.rows(1, 1, 3.2, 1.3)
        self.model = self._formula(predicted(self.lesson), 0)
        guess = guessed(self.lesson, self.lesson.start)
        self.guess = self._formula(guess, 1, as_written=True)
        self.residual = self._formula(sp.Eq(RESIDUAL, derivation.residual, evaluate=False), 3)

    def guessing(self) -> Animation:
        """Numbers take the places of the parameters."""
        pairs = correspond(self.model.expression, self.guess.expression)
        return Rewrite(self.model, self.guess, pairs, keep=True)

    def number(self, name: str, text: Callable[[], str]) -> Quantity:
        """One of the `NUMBERS` of the point, which follows ``text()``."""
        line, color = NUMBERS[name]
        anchor = np.array([self.left, self.rows[2].top - FIRST - LINE * line, 0])
        return Quantity(f"{name}_{self.index + 1}", text, anchor, color=color)

    def rule(self, above: Quantity) -> Line:
        """The line under what is subtracted."""
        rule = Line(above.get_corner(DOWN + LEFT), above.get_corner(DOWN - LEFT)).shift(GAP * DOWN)
        return decoration(rule.set_stroke(PALETTE.scaffold, STROKE.axis))

    def _formula(self, expression: sp.Basic, row: int, as_written: bool = False) -> Equation:
        equation = Equation(expression, SIZE.equation, colours(self.lesson), as_written=as_written)
        return self.rows[row].place(equation).set_x(self.left, LEFT)


def guessed(lesson: Lesson, parameters: FloatArray) -> sp.Eq:
    """Return ŷ with numbers for the parameters, its terms in the same order: ŷ = −x + 1."""
    numbers = [
        sp.Integer(value) if value == int(value) else sp.Float(value) for value in parameters
    ]
    values = dict(zip(lesson.parameters, numbers, strict=True))
    formula = lesson.prediction
    if isinstance(formula, sp.Add):
        terms = [formula.args[k].subs(values) for k in display_order(formula)]
        line = sp.Add(*(term for term in terms if term != 0), evaluate=False)
    else:
        line = formula.subs(values)
    return sp.Eq(PREDICTION, line, evaluate=False)
