"""Make common mistakes on purpose, each a function to be run beside the right one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.descent import recorded
from gdmath.lesson import Lesson
from gdmath.numeric import NumericLoss
from gdmath.rules import RatedRule, State
from gdmath.scaling import Scaling
from gdmath.trajectory import Trajectory


@dataclass(frozen=True)
class Ascent(RatedRule):
    """θ ← θ + η∇L: the sign forgotten, so every step goes up. Right is `PlainDescent`."""

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return +η∇L."""
        return self.learning_rate * gradient, state


def descend_sequentially(
    loss: NumericLoss, rate: float, start: npt.ArrayLike, steps: int
) -> Trajectory:
    """Update the second parameter by a gradient taken where the first has already moved.

    Two assignments in a row do this if the second computes its prediction anew. It is a method of
    its own (coordinate descent; Wright, Mathematical Programming 151, 2015), stable up to another
    rate, but its step is not −η∇L. Right is `descend`, where both parameters move at once.
    """

    def move(parameters: FloatArray) -> FloatArray:
        first, second = parameters
        first = first - rate * loss.gradient([first, second])[0]
        second = second - rate * loss.gradient([first, second])[1]
        return np.array([first, second])

    return _walked(loss, move, start, steps)


def descend_root(loss: NumericLoss, rate: float, start: npt.ArrayLike, steps: int) -> Trajectory:
    """Descend √L, the RMSE, whose gradient ∇L/(2√L) does not fade towards a perfect fit.

    √L is a cone there, not a bowl: the steps stay long and end in going to and fro. Right is
    `descend`, and like there it is L and ∇L that are recorded. Where L is 0 the cone has its tip,
    no gradient, and nan follows.
    """

    def move(parameters: FloatArray) -> FloatArray:
        slope: FloatArray = loss.gradient(parameters) / (2 * np.sqrt(loss.value(parameters)))
        return parameters - rate * slope

    return _walked(loss, move, start, steps)


def summed(lesson: Lesson) -> Lesson:
    """Return the lesson with the sum over the points for its loss (SSE), its rate left as it was.

    Gradient and curvature are n times as large, so the largest stable rate is n times smaller.
    """
    return replace(lesson, pointwise=lesson.x.size * lesson.pointwise)


def read_unmapped(
    scaling: Scaling,  # noqa: ARG001 - forgetting it is the mistake
    parameters: npt.ArrayLike,
) -> FloatArray:
    """(..., 2) → (..., 2): parameters found in z, read as if they were those in x.

    Right is `scaling.to_original(parameters)`.
    """
    return np.array(parameters, dtype=np.float64)


def _walked(
    loss: NumericLoss,
    move: Callable[[FloatArray], FloatArray],
    start: npt.ArrayLike,
    steps: int,
) -> Trajectory:
    first = np.array(start, dtype=np.float64)
    with np.errstate(all="ignore"):
        places = [*accumulate(range(steps), lambda place, _: move(place), initial=first)]
    return recorded(loss, places)
