"""Two knobs hold the two parameters, which are turned by hand and not by a descent."""

from typing import Any

import numpy as np
from manim import ValueTracker
from numpy.typing import ArrayLike, NDArray


class Knobs:
    """Trackers of the two parameters, ``first`` and ``second``."""

    def __init__(self, start: ArrayLike) -> None:
        self.first, self.second = (ValueTracker(float(value)) for value in np.asarray(start))

    def here(self) -> NDArray[np.float64]:
        """The present parameters, shape (2,)."""
        return np.array([self.first.get_value(), self.second.get_value()])

    def turned_to(self, parameters: NDArray[np.float64]) -> list[Any]:
        """Both knobs turn at once, to ``parameters`` (2,)."""
        pairs = zip((self.first, self.second), parameters.tolist(), strict=True)
        return [knob.animate.set_value(value) for knob, value in pairs]
