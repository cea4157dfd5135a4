"""Find the x at which a line keeps its prediction while its parameters move in a direction."""

import numpy as np
import numpy.typing as npt
import sympy as sp

from gdmath.lesson import Lesson, X


def pivot(lesson: Lesson, direction: npt.ArrayLike) -> float | None:
    """The x about which the line turns as the parameters move along `direction`, (2,).

    None if nothing turns there: along a pure shift, or where the prediction is no line in both x
    and the parameters, so that no one x stays put.
    """
    change = sum(
        part * lesson.prediction.diff(parameter)
        for part, parameter in zip(np.asarray(direction).tolist(), lesson.parameters, strict=True)
    )
    change = sp.expand(change)
    slope, offset = change.coeff(X, 1), change.coeff(X, 0)
    if change != sp.expand(slope * X + offset) or change.has(*lesson.parameters) or slope == 0:
        return None
    return float(-offset / slope)
