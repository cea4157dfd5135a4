"""The formulas of a model, its prediction and its loss, with the colours of their parts."""

import sympy as sp

from gdmath import Derivation, Lesson
from gdmath.lesson import PREDICTION
from scenes.kit.text.equations import LOSS, Colouring, by_meaning
from scenes.kit.theme import PALETTE

INDEX, COUNT = sp.Symbol("i", integer=True), sp.Symbol("n", integer=True, positive=True)
RESIDUAL = sp.IndexedBase("r")[INDEX]
NAMES = sp.symbols("SSE MSE RMSE")
SMALLEST = 0.64
"""Least factor by which a formula of the size of a label may be shrunk and still be read."""


def predicted(lesson: Lesson) -> sp.Eq:
    """ŷ = a x + b."""
    return sp.Eq(PREDICTION, lesson.prediction, evaluate=False)


def loss_formula(derivation: Derivation) -> sp.Eq:
    """L = 1/n Σ (a x_i + b − y_i)², or with ŷ_i for a prediction that stands in it repeatedly."""
    slope = derivation.steps(derivation.lesson.parameters[0])[0].before
    return sp.Eq(LOSS, slope.args[0], evaluate=False)


def colours(lesson: Lesson) -> Colouring:
    """Colours by meaning, with those of a prediction and of what is made of residuals."""
    usual = by_meaning(lesson.parameters)

    def paint(node: sp.Basic) -> str | None:
        if node == PREDICTION:
            return PALETTE.parameters
        return PALETTE.loss if node in (RESIDUAL, *NAMES) else usual(node)

    return paint
