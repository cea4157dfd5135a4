"""An updater places a mobject once, or at every frame from where the parameters then are."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any, TypeVar

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


UNTIMED = Signature([Parameter("mobject", Parameter.POSITIONAL_ONLY)])


def live(mobject: M, place: Callable[[M], object], at: At) -> M:
    """Place ``mobject`` now, and again at every frame if ``at`` moves; returns it."""
    place(mobject)
    if callable(at):
        at_every_frame(mobject, place)
    return mobject


def follow(mobject: M, state: Callable[[], object], place: Callable[[M], object]) -> M:
    """Place ``mobject`` now, and at every frame with another ``state()`` than before; returns it.

    The state is all that its place depends on, in terms that ``==`` compares.
    """

    def update(mobject: M) -> None:
        now = state()
        # Kept by the mobject itself: a copy made for an animation then goes on from there.
        if getattr(mobject, "placed_for", None) != now:
            mobject.placed_for = now  # type: ignore[attr-defined]
            place(mobject)

    update(mobject)
    return at_every_frame(mobject, update)


def at_every_frame(mobject: M, update: Callable[[M], object]) -> M:
    """Have ``mobject`` updated; manim asks at every frame for the signature, so it is at hand."""

    def updater(mobject: Any) -> None:
        update(mobject)

    updater.__signature__ = UNTIMED  # type: ignore[attr-defined]
    return mobject.add_updater(updater)


def put(mobject: VMobject, place: NDArray[np.float64]) -> None:
    """Move a mobject without parts as ``move_to`` does, in a tenth of its time."""
    ends = mobject.points.reshape(-1, 4, 3)[:, ::3].reshape(-1, 3)
    mobject.points = mobject.points + (place - (ends.min(axis=0) + ends.max(axis=0)) / 2)
