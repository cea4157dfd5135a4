"""Relatives: SSE, MSE and RMSE in a column with their numbers, and below them the loss."""

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy as sp
from manim import LEFT, RIGHT, Animation, AnimationGroup, FadeIn, SurroundingRectangle

from gdmath import Derivation, correspond
from gdmath.lesson import PREDICTION, X, Y
from gdmath.notation.arrangement import arranged
from gdmath.trees import product, substitute
from scenes.kit.frame import Region
from scenes.kit.proof.trace import decoration
from scenes.kit.text import LOSS, Equation, Readout, Rewrite, colours, loss_formula, words
from scenes.kit.text.formulas import COUNT, INDEX, NAMES, RESIDUAL, SMALLEST
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import suited

BUFF = 0.16
"""Units between the loss and its frame, and between a formula and its number."""
ASIDE = 0.7
"""Opacity of the relatives that are not the loss, once it is named."""


class Relatives:
    """Three rows that appear one by one, each a formula and the number that it comes to."""

    def __init__(self, region: Region, derivation: Derivation) -> None:
        self.derivation, self.rows = derivation, region.rows(1, 1, 1, 1)
        self.formulas: list[Equation] = []
        self.numbers: list[Readout] = []

    def next(self, value: Callable[[], float], most: float | None = None) -> Animation:
        """Let the next one appear; its number follows ``value()``, now the largest or ``most``."""
        index, largest = len(self.formulas), value() if most is None else most
        row, write = self.rows[index], suited([largest])
        # Less may take more room: 9580000 than 1.538e7.
        room = max(words(write(largest / part), SIZE.label).width for part in (1, 10, 100))
        left = Region(row.left, row.bottom, row.right - room - BUFF, row.top)
        formula = Equation(relatives()[index], SIZE.label, colours(self.derivation.lesson))
        left.place(formula).set_x(left.left, LEFT)
        anchor = np.array([row.right - room, formula.part((0,)).get_bottom()[1], 0])
        name = str(NAMES[index])
        number = Readout(lambda: write(value()), anchor, SIZE.label, PALETTE.loss, name)
        self.formulas.append(formula)
        self.numbers.append(number)
        return AnimationGroup(FadeIn(formula, shift=0.15 * RIGHT), FadeIn(number))

    def loss(self, left: float | None = None) -> Equation:
        """The formula of the loss in the last row, which may begin farther to the ``left``."""
        row = self.rows[-1]
        start = row.left if left is None else left + BUFF
        return loss_within(
            Region(start, row.bottom + BUFF, row.right - BUFF, row.top), self.derivation
        )

    def into(self, loss: Equation) -> Animation:
        """The mean becomes the loss."""
        mean = self.formulas[1]
        return Rewrite(mean, loss, correspond(mean.expression, loss.expression), keep=True)

    def step_back(self, but: int | None = None) -> list[Any]:
        """Let the formulas and their numbers fade, all ``but`` one row."""
        rows = [*enumerate(self.formulas), *enumerate(self.numbers)]
        return [part.animate.set_opacity(ASIDE) for k, part in rows if k != but]


def frame(loss: Equation) -> SurroundingRectangle:
    """A frame round the loss."""
    frame = SurroundingRectangle(loss, color=PALETTE.loss, buff=BUFF, corner_radius=0.1)
    return decoration(frame.set_stroke(width=STROKE.contour))


def relatives() -> list[sp.Eq]:
    """Return SSE, MSE and RMSE by the residuals."""
    total = sp.Sum(RESIDUAL**2, (INDEX, 1, COUNT))
    mean = total / COUNT
    root = sp.Pow(mean, sp.Rational(1, 2), evaluate=False)
    pairs = zip(NAMES, (total, mean, root), strict=True)
    return [sp.Eq(name, form, evaluate=False) for name, form in pairs]


def loss_within(region: Region, derivation: Derivation) -> Equation:
    """The formula of the loss at the left of a region, told by ŷ_i if it were too small to read."""
    lesson = derivation.lesson
    whole = Equation(loss_formula(derivation), SIZE.label, colours(lesson))
    if min(region.width / whole.width, region.height / whole.height) < SMALLEST:
        x, y = (sp.IndexedBase(symbol)[INDEX] for symbol in (X, Y))
        named = sp.Function(PREDICTION.name, real=True)(*lesson.parameters, x)
        summand = substitute(arranged(lesson.pointwise), {X: x, Y: y, PREDICTION: named})
        mean = product(sp.Pow(COUNT, -1, evaluate=False), sp.Sum(summand, (INDEX, 1, COUNT)))
        whole = Equation(sp.Eq(LOSS, mean, evaluate=False), SIZE.label, colours(lesson))
    return region.place(whole).set_x(region.left, LEFT)
