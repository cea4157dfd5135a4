"""Knobs: two parameters turned by hand, one after the other or round a ring of the map."""

from typing import Any

import numpy as np
from manim import ValueTracker

from gdmath import Convergence, FloatArray


class Knobs:
    """Trackers of the two parameters, ``first`` and ``second``, and a ``trip`` they may go on.

    The trip goes once round a closed level curve ``ring`` (k, 2): its tracker holds how much of it
    is done, 0 to 1. It begins and ends in the flat direction from the minimum. Its pace is even
    where each axis of the bowl is measured in its own unit: round an ellipse, that is by the angle.
    """

    def __init__(self, start: FloatArray, theory: Convergence, ring: FloatArray) -> None:
        self.first, self.second = (ValueTracker(float(value)) for value in start)
        self.trip, self.on_trip = ValueTracker(0.0), False
        places = ring[:-1]
        offsets = theory.coordinates(places) * np.sqrt(theory.eigenvalues)
        tip = int(np.argmin(np.abs(offsets[:, 1]) + (offsets[:, 0] > 0) * np.ptp(offsets)))
        order = np.arange(tip, tip + len(places) + 1) % len(places)
        self.ring = places[order]
        lengths = np.linalg.norm(np.diff(offsets[order], axis=0), axis=1)
        self.shares = np.append(0.0, np.cumsum(lengths) / lengths.sum())

    def here(self) -> FloatArray:
        """The present parameters, shape (2,)."""
        if self.on_trip:
            share = float(np.clip(self.trip.get_value(), 0, 1))
            return np.array([np.interp(share, self.shares, column) for column in self.ring.T])
        return np.array([self.first.get_value(), self.second.get_value()])

    def turned_to(self, parameters: FloatArray) -> list[Any]:
        """Both knobs turn at once, to ``parameters`` (2,)."""
        pairs = zip((self.first, self.second), parameters, strict=True)
        return [knob.animate.set_value(value) for knob, value in pairs]

    def leave_the_trip(self) -> None:
        """Let the knobs take over where the trip has got to."""
        for knob, value in zip((self.first, self.second), self.here(), strict=True):
            knob.set_value(value)
        self.on_trip = False
