"""Knobs: two parameters turned by hand, one after the other or round a ring of the map."""

import numpy as np
from manim import ValueTracker
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence
from gdmath.landscape import semi_axes


class Knobs:
    """A pair of trackers for the two parameters; `here` is what panels follow."""

    def __init__(self, start: ArrayLike) -> None:
        self.first, self.second = (ValueTracker(float(value)) for value in np.asarray(start))

    def here(self) -> NDArray[np.float64]:
        """The present parameters, shape (2,)."""
        return np.array([self.first.get_value(), self.second.get_value()])


class RoundTrip(ValueTracker):
    """The way round a level curve of a quadratic loss, at the angle that this tracker holds."""

    def __init__(self, theory: Convergence, level: float, angle: float = 0.0) -> None:
        super().__init__(angle)
        self.centre = theory.minimum
        self.axes = theory.eigenvectors * semi_axes(theory, level)

    def here(self) -> NDArray[np.float64]:
        """The parameters on the ring at the present angle, shape (2,)."""
        return self.at(self.get_value())

    def at(self, angle: float) -> NDArray[np.float64]:
        """The parameters on the ring at ``angle`` from its flat axis, shape (2,)."""
        turned: NDArray[np.float64] = self.axes @ np.array([np.cos(angle), np.sin(angle)])
        return self.centre + turned
