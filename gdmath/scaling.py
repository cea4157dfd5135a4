"""Scale the data of a lesson, which tells the same line in another x and makes another bowl."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence
from gdmath.lesson import Lesson, LessonError, X
from gdmath.requirements import slope_index


@dataclass(frozen=True, eq=False)
class Scaling:
    """A lesson about a line told in z = (x − offset)/scale, and the conversion back.

    The line a x + b is a′z + b′ with a′ = a·scale and b′ = b + a·offset: the same picture, the same
    residuals, the same loss, but another gradient (LeCun, Bottou, Orr and Müller, "Efficient
    BackProp", 1998, section 4.3).
    """

    lesson: Lesson
    """In z: its `x` holds the z of the points, and its start is the line that it was in x."""
    offset: float
    """In units of x."""
    scale: float
    """How many units of x make one of z."""

    def to_original(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): what the line with `parameters` in z is called in x."""
        return self._renamed(parameters, 1 / self.scale, -self.offset / self.scale)

    def from_original(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): what the line with `parameters` in x is called in z."""
        return self._renamed(parameters, self.scale, self.offset)

    @property
    def jacobian(self) -> FloatArray:
        """(2, 2): J, which takes a step of the parameters in x, a column, to the step in z."""
        return self.from_original(np.eye(2)).T

    def curvatures(self, theory: Convergence) -> FloatArray:
        """(2,), ascending: the eigenvalues of the Hessian in z, where `theory` is that in x.

        The loss of a line is the same in both, so H′ = J⁻ᵀHJ⁻¹.
        """
        back = np.linalg.inv(self.jacobian)
        eigenvalues: FloatArray = np.linalg.eigvalsh(back.T @ theory.hessian @ back)
        return eigenvalues

    def _renamed(self, parameters: npt.ArrayLike, stretch: float, shift: float) -> FloatArray:
        theta = np.array(parameters, dtype=np.float64)
        slope = _slope_index(self.lesson)
        theta[..., 1 - slope] += shift * theta[..., slope]
        theta[..., slope] *= stretch
        return theta


def centred(lesson: Lesson) -> Scaling:
    """Return the lesson in z = x − mean x, where slope and intercept no longer work together."""
    return _scaled(lesson, float(lesson.x.mean()), 1.0)


def standardised(lesson: Lesson) -> Scaling:
    """Return the lesson in z = (x − mean x)/std x, where the bowl of the MSE is round: H = 2I."""
    return _scaled(lesson, float(lesson.x.mean()), float(lesson.x.std()))


def in_units(lesson: Lesson, factor: float) -> Scaling:
    """Return the lesson in z = factor·x: with 100, x in percent. The factor is not 0."""
    return _scaled(lesson, 0.0, 1 / factor)


def _scaled(lesson: Lesson, offset: float, scale: float) -> Scaling:
    """Return the lesson in z = (x − offset)/scale; raises LessonError if it is about no line."""
    slope = _slope_index(lesson)
    steepness, height = lesson.parameters[slope], lesson.parameters[1 - slope]
    # A weight or a ridge has to be told in z as well, so that no line's loss changes.
    pointwise = lesson.pointwise.subs(
        {
            X: offset + scale * X,
            steepness: steepness / scale,
            height: height - steepness * offset / scale,
        },
        simultaneous=True,
    )
    told = replace(lesson, x=(lesson.x - offset) / scale, pointwise=pointwise)
    scaling = Scaling(told, offset, scale)
    return replace(scaling, lesson=replace(told, start=scaling.from_original(lesson.start)))


def _slope_index(lesson: Lesson) -> int:
    """Return which parameter, 0 or 1, multiplies x."""
    index = slope_index(lesson)
    if index is None:
        first, second = lesson.parameters
        raise LessonError(
            f"the prediction is {lesson.prediction}; only a line, {first}*x + {second}, can be "
            "told in another x"
        )
    return index
