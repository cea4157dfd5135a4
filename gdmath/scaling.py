"""Scaling of the data: another x for the same line, which makes another bowl to descend."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import sympy as sp

from gdmath.arrays import FloatArray
from gdmath.lesson import Lesson, LessonError, X


@dataclass(frozen=True, eq=False)
class Scaling:
    """A lesson about a line told in z = (x − offset)/scale, and the way back.

    The line a x + b is the line a′z + b′ with a′ = a·scale and b′ = b + a·offset: the same picture,
    the same residuals, the same loss, but another gradient and another bowl.
    """

    lesson: Lesson
    """In z: its `x` holds the z of the points, its start is the same line as before."""
    offset: float
    """In the units of x."""
    scale: float
    """Units of x in a unit of z."""

    def to_original(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): the parameters in x of the line with `parameters` in z."""
        slope, intercept = self._split(parameters)
        return self._join(slope / self.scale, intercept - slope * self.offset / self.scale)

    def from_original(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): the parameters in z of the line with `parameters` in x."""
        slope, intercept = self._split(parameters)
        return self._join(slope * self.scale, intercept + slope * self.offset)

    def _split(self, parameters: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        theta, slope = np.asarray(parameters, dtype=np.float64), slope_index(self.lesson)
        return theta[..., slope], theta[..., 1 - slope]

    def _join(self, slope: FloatArray, intercept: FloatArray) -> FloatArray:
        pair = (slope, intercept) if slope_index(self.lesson) == 0 else (intercept, slope)
        return np.stack(pair, axis=-1)


def centred(lesson: Lesson) -> Scaling:
    """Return the lesson in z = x − mean x: the bowl's axes are those of the map."""
    return scaled(lesson, offset=float(lesson.x.mean()), scale=1.0)


def standardised(lesson: Lesson) -> Scaling:
    """Return the lesson in z = (x − mean x)/std x: for the MSE the bowl is round."""
    return scaled(lesson, offset=float(lesson.x.mean()), scale=float(lesson.x.std()))


def in_units(lesson: Lesson, factor: float) -> Scaling:
    """Return the lesson in z = factor·x, such as 100 for x in percent."""
    return scaled(lesson, offset=0.0, scale=1 / factor)


def scaled(lesson: Lesson, offset: float, scale: float) -> Scaling:
    """Return the lesson in z = (x − offset)/scale, `scale` ≠ 0.

    A pointwise loss that holds x or the parameters (a weight, a ridge) is rewritten, so that the
    loss of a line stays what it was. Raises LessonError unless the prediction is a line.
    """
    slope, intercept = (lesson.parameters[index] for index in _slope_first(lesson))
    pointwise = lesson.pointwise.subs(
        {
            X: offset + scale * X,
            slope: slope / scale,
            intercept: intercept - slope * offset / scale,
        },
        simultaneous=True,
    )
    told = replace(lesson, x=(lesson.x - offset) / scale, pointwise=pointwise)
    unstarted = Scaling(told, offset, scale)
    return replace(unstarted, lesson=replace(told, start=unstarted.from_original(lesson.start)))


def slope_index(lesson: Lesson) -> int:
    """0 or 1: which parameter multiplies x. Raises LessonError unless the prediction is a line."""
    first, second = lesson.parameters
    for index, line in enumerate((first * X + second, second * X + first)):
        if sp.expand(lesson.prediction - line) == 0:
            return index
    raise LessonError(
        f"the prediction is {lesson.prediction}; only that of a line, "
        f"{first}*x + {second}, can be told in another x"
    )


def _slope_first(lesson: Lesson) -> tuple[int, int]:
    index = slope_index(lesson)
    return index, 1 - index
