"""A guess has formulas: its prediction, its residual, and the numbers made of residuals."""

import sympy as sp
from manim import LEFT

from gdmath import Derivation, FloatArray, Lesson
from gdmath.lesson import PREDICTION, X, Y
from gdmath.notation.arrangement import arranged, display_order
from gdmath.trees import product, substitute
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, Colouring, Equation, by_meaning
from scenes.kit.theme import PALETTE, SIZE

INDEX, COUNT = sp.Symbol("i", integer=True), sp.Symbol("n", integer=True, positive=True)
RESIDUAL = sp.IndexedBase("r")[INDEX]
NAMES = sp.symbols("SSE MSE RMSE")
SMALLEST = 0.64
"""Least factor by which a formula of the size of a label may be shrunk and still be read."""


def predicted(lesson: Lesson) -> sp.Eq:
    """ŷ = a x + b."""
    return sp.Eq(PREDICTION, lesson.prediction, evaluate=False)


def guessed(lesson: Lesson, parameters: FloatArray) -> sp.Eq:
    """The same with numbers for the parameters, its terms in the same order: ŷ = −x + 1."""
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


def residual_formula(derivation: Derivation) -> sp.Eq:
    """r_i = a x_i + b − y_i."""
    return sp.Eq(RESIDUAL, derivation.residual, evaluate=False)


def relatives() -> tuple[sp.Eq, sp.Eq, sp.Eq]:
    """SSE, MSE and RMSE by the residuals."""
    total = sp.Sum(RESIDUAL**2, (INDEX, 1, COUNT))
    mean = total / COUNT
    root = sp.Pow(mean, sp.Rational(1, 2), evaluate=False)
    return tuple(
        sp.Eq(name, form, evaluate=False)
        for name, form in zip(NAMES, (total, mean, root), strict=True)
    )


def loss_formula(derivation: Derivation) -> sp.Eq:
    """L = 1/n Σ (a x_i + b − y_i)², or with ŷ_i for a prediction that stands in it repeatedly."""
    slope = derivation.steps(derivation.lesson.parameters[0])[0].before
    return sp.Eq(LOSS, slope.args[0], evaluate=False)


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


def colours(lesson: Lesson) -> Colouring:
    """Colours by meaning, with those of a prediction and of what is made of residuals."""
    usual = by_meaning(lesson.parameters)

    def paint(node: sp.Basic) -> str | None:
        if node == PREDICTION:
            return PALETTE.parameters
        return PALETTE.loss if node in (RESIDUAL, *NAMES) else usual(node)

    return paint


def height_law(parameters: tuple[sp.Symbol, ...], room: float) -> Equation:
    """Z = L(a, b), or z = L where the names of the parameters are too long for ``room``."""
    z, loss = sp.Symbol("z"), sp.Function("L")(*parameters)
    heights = {z: PALETTE.loss, loss: PALETTE.loss, LOSS: PALETTE.loss}
    paint = heights | dict.fromkeys(parameters, PALETTE.parameters)
    law = Equation(sp.Eq(z, loss), SIZE.equation, paint.get)
    return law if law.width <= room else Equation(sp.Eq(z, LOSS), SIZE.equation, paint.get)
