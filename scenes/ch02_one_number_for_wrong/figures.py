"""Figures: how many errors there are, the mean of their squares, its root, and the loss."""

from collections.abc import Callable

import numpy as np
import sympy as sp
from manim import LEFT, Typst

from gdmath import Derivation, FloatArray, NumericLoss
from gdmath.lesson import PREDICTION, X, Y
from gdmath.notation.arrangement import arranged
from gdmath.requirements import is_mean_square
from gdmath.trees import product, substitute
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, Equation, Quantity, colours, formula, loss_formula, maths, words
from scenes.kit.text.formulas import COUNT, INDEX, SMALLEST
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import fill, significant, whole

SQUARES = "(sum_(i=1)^n r_i^2)/n"
"""The mean of the squares in Typst."""
SPARE = 0.4
"""Units kept for digits that are to come."""
BASES = 0.62, 0.12
"""Heights of two baselines, as shares of the region."""


class Figures:
    """What is known of the line ``at()`` (2,), in two rows."""

    def __init__(self, region: Region, loss: NumericLoss, at: Callable[[], FloatArray]) -> None:
        self.region, self.lesson = region, loss.lesson

        def mean() -> float:
            return float(np.mean(loss.residuals(at()) ** 2))

        name = LOSS.name if is_mean_square(loss.lesson) else "macron(r^2)"
        self.mean = self._row(0, f"{name} = {SQUARES}", mean)
        self.root = self._row(1, f"sqrt({name})", lambda: float(np.sqrt(mean())))
        self.loss = self._row(0, LOSS.name, lambda: float(loss.value(at())))

    def count(self) -> Typst:
        """How many errors there are."""
        text = fill("{n} errors", n=whole(self.lesson.x.size))
        return words(text, SIZE.equation, PALETTE.loss).move_to(self.region.centre)

    def formula_within(self, region: Region, derivation: Derivation) -> Equation:
        """The formula of the loss, told by ŷ_i if it were too small to read."""
        lesson = self.lesson
        whole = Equation(loss_formula(derivation), SIZE.equation, colours(lesson))
        if min(region.width / whole.width, region.height / whole.height) < SMALLEST:
            x, y = (sp.IndexedBase(symbol)[INDEX] for symbol in (X, Y))
            named = sp.Function(PREDICTION.name, real=True)(*lesson.parameters, x)
            summand = substitute(arranged(lesson.pointwise), {X: x, Y: y, PREDICTION: named})
            mean = product(sp.Pow(COUNT, -1, evaluate=False), sp.Sum(summand, (INDEX, 1, COUNT)))
            whole = Equation(sp.Eq(LOSS, mean, evaluate=False), SIZE.label, colours(lesson))
        return region.place(whole).set_x(region.left, LEFT)

    def _row(self, row: int, name: str, value: Callable[[], float]) -> Quantity:
        height = self.region.bottom + BASES[row] * self.region.height
        start = np.array([self.region.left, height, 0])
        room = maths(formula("{s} = {x}", s=name, x=significant(value())), SIZE.equation).width
        size = SIZE.equation * min(1.0, self.region.width / (room + SPARE))
        return Quantity(name, lambda: significant(value()), start, size, PALETTE.loss)
