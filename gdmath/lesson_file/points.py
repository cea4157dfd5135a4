"""Make up the points of a lesson by a formula and a seed."""

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import LARGEST, LessonError, X
from gdmath.lesson_file.expressions import parse_expression
from gdmath.lesson_file.schema import Recipe
from gdmath.numeric import compile_curve


def made_up_points(
    recipe: Recipe, prediction: sp.Expr, parameters: tuple[sp.Symbol, sp.Symbol]
) -> tuple[FloatArray, FloatArray]:
    """Return x and y, each (n,), as anybody can make them again with NumPy.

        generator = numpy.random.default_rng(seed)
        x = numpy.linspace(low, high, n)        or generator.uniform(low, high, n), if random
        y = formula(x) + noise * generator.standard_normal(n)

    Then both are rounded by numpy.round, if the recipe says to how many decimals.

    Raises LessonError for a recipe without just one of `formula` and `values`, an empty range, or
    a formula that is undefined somewhere in it.
    """
    generator = np.random.default_rng(recipe.seed)
    low, high = recipe.x
    if not -LARGEST <= low < high <= LARGEST:
        raise LessonError(
            f"x goes from {low:g} to {high:g}; the first must be the smaller, "
            f"and both lie within ±{LARGEST:g}"
        )
    if recipe.spacing == "even":
        x = np.linspace(low, high, recipe.n)
    else:
        x = generator.uniform(low, high, recipe.n)
    formula = _formula(recipe, prediction, parameters)
    y = compile_curve(formula)(x)
    undefined = np.flatnonzero(~np.isfinite(y))
    if undefined.size:
        where = f"{x[undefined[0]]:g}"
        raise LessonError(f"{formula} is not a finite number at x = {where}; choose another range")
    # What is too large becomes inf, which no lesson takes.
    with np.errstate(all="ignore"):
        y = y + recipe.noise * generator.standard_normal(recipe.n)
        if recipe.decimals is not None:
            x, y = np.round(x, recipe.decimals), np.round(y, recipe.decimals)
    return read_only(x), read_only(y)


def _formula(
    recipe: Recipe, prediction: sp.Expr, parameters: tuple[sp.Symbol, sp.Symbol]
) -> sp.Expr:
    if (recipe.formula is None) == (recipe.values is None):
        raise LessonError(
            "a recipe has either a formula such as 3*x + 4, or the values of the two parameters"
        )
    if recipe.formula is not None:
        return parse_expression(recipe.formula, {"x": X})
    return prediction.subs(dict(zip(parameters, recipe.values or (), strict=True)))
