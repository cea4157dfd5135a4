"""Solve least squares without descent, by the normal equations."""

from dataclasses import dataclass

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import Lesson, LessonError, X
from gdmath.numeric import compile_curve
from gdmath.requirements import linear_terms, square_factor


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
    """(2,): θ."""


def normal_equations(lesson: Lesson) -> NormalEquations:
    """Return the normal equations of a prediction linear in its parameters and a squared loss.

    Raises LessonError for any other lesson, and where the data leave the parameters undetermined.
    """
    features = _features(lesson)
    constant = lesson.prediction.subs(dict.fromkeys(lesson.parameters, 0))
    design = np.stack([_values(each, lesson.x) for each in features], axis=-1)
    targets = lesson.y - _values(constant, lesson.x)
    if np.linalg.matrix_rank(design) < 2:
        raise LessonError(
            f"the points do not determine the parameters of {lesson.prediction}; "
            "its two terms must differ on them"
        )
    matrix, right_side = design.T @ design, design.T @ targets
    return NormalEquations(
        design=read_only(design),
        matrix=read_only(matrix),
        right_side=read_only(right_side),
        solution=read_only(np.linalg.solve(matrix, right_side)),
    )


def _features(lesson: Lesson) -> tuple[sp.Expr, sp.Expr]:
    """Return what the two parameters multiply; refuse a lesson that has no normal equations."""
    if square_factor(lesson) is None:
        raise LessonError(
            f"the pointwise loss is {lesson.pointwise}; normal equations need (prediction - y)**2"
        )
    features = linear_terms(lesson)
    if features is None:
        first, second = lesson.parameters
        raise LessonError(
            f"the prediction is {lesson.prediction}; normal equations need one that is linear in "
            f"{first} and {second}"
        )
    return features


def _values(feature: sp.Expr, x: FloatArray) -> FloatArray:
    """Return the feature at each x (n,); where it is 0·log 0 or 0/0, its limit."""
    values = compile_curve(feature)(x)
    for k in np.flatnonzero(~np.isfinite(values)):
        values[k] = float(sp.limit(feature, X, sp.Rational(repr(float(x[k])))))
    return values
