"""Knobs: two parameters turned by hand, one after the other or round a ring of the map."""

import numpy as np
from manim import ValueTracker
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence


class Knobs:
    """A pair of trackers for the two parameters; `here` is what panels follow."""

    def __init__(self, start: ArrayLike) -> None:
        self.first, self.second = (ValueTracker(float(value)) for value in np.asarray(start))

    def here(self) -> NDArray[np.float64]:
        """The present parameters, shape (2,)."""
        return np.array([self.first.get_value(), self.second.get_value()])


class RoundTrip(ValueTracker):
    """The way once round a closed level curve: this tracker holds how much of it is done, 0 to 1.

    It begins and ends in the flat direction from the minimum. Its pace is even where each axis of
    the bowl is measured in its own unit: round an ellipse, that is by the angle.
    """

    def __init__(self, theory: Convergence, ring: ArrayLike) -> None:
        super().__init__(0.0)
        places = np.asarray(ring, dtype=float)[:-1]
        offsets = theory.coordinates(places) * np.sqrt(theory.eigenvalues)
        tip = int(np.argmin(np.abs(offsets[:, 1]) + (offsets[:, 0] > 0) * np.ptp(offsets)))
        order = np.arange(tip, tip + len(places) + 1) % len(places)
        self.ring = places[order]
        lengths = np.linalg.norm(np.diff(offsets[order], axis=0), axis=1)
        self.shares = np.append(0.0, np.cumsum(lengths) / lengths.sum())

    def here(self) -> NDArray[np.float64]:
        """The parameters on the ring where the trip has got to, shape (2,)."""
        share = float(np.clip(self.get_value(), 0, 1))
        return np.array([np.interp(share, self.shares, column) for column in self.ring.T])
