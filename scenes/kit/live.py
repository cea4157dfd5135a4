"""Live pictures: a mobject placed once, or at every frame from where the parameters then are."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray

Parameters = NDArray[np.float64]
At = ArrayLike | Callable[[], Parameters]


def parameters_of(at: At) -> Callable[[], Parameters]:
    """``at`` as a function: a fixed pair of parameters stays what it is."""
    if callable(at):
        return at
    fixed = np.asarray(at, dtype=float)
    return lambda: fixed


M = TypeVar("M", bound=VMobject)


def live(mobject: M, place: Callable[[M], object], at: At) -> M:
    """Place ``mobject`` now, and again at every frame if ``at`` moves; returns it."""
    place(mobject)
    if callable(at):
        mobject.add_updater(lambda m: place(m))
    return mobject
