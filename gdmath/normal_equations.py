"""Least squares without descent: where the gradient vanishes, solved for at once."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y


@dataclass(frozen=True, eq=False)
class NormalEquations:
    """XᵀXθ = Xᵀy, which is ∇L = 2Xᵀ(Xθ − y)/n = 0 without its factor (Legendre 1805; Gauss 1809).

    Forming XᵀX squares the condition number of X, so for more than a few parameters a library
    solves Xθ = y by QR instead (Trefethen and Bau, Numerical Linear Algebra, lecture 11).
    """

    design: FloatArray
    """(n, 2): X, whose rows are (x_i, 1) for a line."""
    matrix: FloatArray
    """(2, 2): XᵀX."""
    right_side: FloatArray
    """(2,): Xᵀy, where y is without the part of the prediction that has no parameter."""
    solution: FloatArray
    """(2,): θ, in floating point."""
    exact_solution: tuple[sp.Rational, sp.Rational] | None
    """θ as fractions, from the decimals as they stand in the data; None where the design is not
    rational in x."""


def normal_equations(lesson: Lesson) -> NormalEquations:
    """Return the normal equations of a prediction linear in its parameters and a squared loss.

    Raises LessonError for any other lesson, and where the data leave the parameters undetermined.
    """
    _check_squared(lesson)
    features, constant = _linear(lesson)
    rows = [[_at(feature, x) for feature in features] for x in _decimals(lesson.x)]
    sides = [
        y - _at(constant, x) for x, y in zip(_decimals(lesson.x), _decimals(lesson.y), strict=True)
    ]
    design = read_only([[float(entry) for entry in row] for row in rows])
    targets = np.array([float(side) for side in sides])
    if np.linalg.matrix_rank(design) < 2:
        raise LessonError(
            f"the points do not determine the parameters of {lesson.prediction}; "
            "its two terms must differ on them"
        )
    matrix, right_side = design.T @ design, design.T @ targets
    return NormalEquations(
        design=design,
        matrix=read_only(matrix),
        right_side=read_only(right_side),
        solution=read_only(np.linalg.solve(matrix, right_side)),
        exact_solution=_solved(rows, sides),
    )


def _check_squared(lesson: Lesson) -> None:
    factor = sp.cancel(lesson.pointwise / (PREDICTION - Y) ** 2)
    if not (factor.is_number and factor.is_positive):
        raise LessonError(
            f"the pointwise loss is {lesson.pointwise}; normal equations need (prediction - y)**2"
        )


def _linear(lesson: Lesson) -> tuple[tuple[sp.Expr, sp.Expr], sp.Expr]:
    """Return the factors of the two parameters, and the term that has neither."""
    first, second = lesson.parameters
    slopes = sp.diff(lesson.prediction, first), sp.diff(lesson.prediction, second)
    if any(sp.simplify(slope).has(first, second) for slope in slopes):
        raise LessonError(
            f"the prediction is {lesson.prediction}; normal equations need one that is linear in "
            f"{first} and {second}"
        )
    at_zero = {first: 0, second: 0}
    return (slopes[0].subs(at_zero), slopes[1].subs(at_zero)), lesson.prediction.subs(at_zero)


def _at(feature: sp.Expr, x: sp.Rational) -> sp.Expr:
    """Return the feature at x; where it is 0·log 0 or 0/0, its limit."""
    value = feature.subs(X, x)
    return value if value.is_finite else sp.limit(feature, X, x)


def _decimals(values: FloatArray) -> list[sp.Rational]:
    """Return the shortest decimals that are read as these numbers: those of the data file."""
    return [sp.Rational(repr(float(value))) for value in values]


def _solved(
    rows: list[list[sp.Expr]], sides: list[sp.Expr]
) -> tuple[sp.Rational, sp.Rational] | None:
    if not all(entry.is_Rational for entry in (*chain.from_iterable(rows), *sides)):
        return None
    design = sp.Matrix(rows)
    first, second = (design.T * design).LUsolve(design.T * sp.Matrix(sides))
    return first, second
