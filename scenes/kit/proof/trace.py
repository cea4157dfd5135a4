"""Each picture carries the gdmath quantity that it claims to show, and how to read it back.

A builder binds what it draws with `bind`, and marks as `decoration` what stands for nothing; all
that is neither, nor text, is reported as unclaimed. A render writes down every claim beside what
gdmath computes (scenes.kit.proof.recorder), and the tests hold the two together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeVar

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import ArrayLike, NDArray

M = TypeVar("M", bound=Mobject)

SHORTEST, OF_REACH = 1e-6, 1e-8
"""Least length of an arrow whose direction is told, in axis units and relative to the reach."""


@dataclass(frozen=True)
class Binding:
    """A claim: ``mobject`` shows ``quantity``.

    ``drawn`` reads the value back from the picture (through its axes, or as the digits displayed),
    ``computed`` asks gdmath; both in the units of the quantity, and of one shape. What is read back
    has only the digits that are left beside the largest value in the picture, its ``reach``.
    """

    mobject: Mobject
    quantity: str
    drawn: Callable[[], ArrayLike | str]
    computed: Callable[[], ArrayLike | str]
    reach: float = 0.0

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A mobject copied for an animation carries the claim along; it stays the original's claim.
        return self


def bind(
    mobject: Mobject,
    quantity: str,
    drawn: Callable[[], ArrayLike | str],
    computed: Callable[[], ArrayLike | str],
    reach: float = 0.0,
) -> None:
    """Attach the claim that ``mobject`` shows ``quantity``; a second claim joins the first."""
    mobject.bindings = [  # type: ignore[attr-defined]  # manim's classes cannot be given the field
        *getattr(mobject, "bindings", ()),
        Binding(mobject, quantity, drawn, computed, reach),
    ]


def bind_each(
    parts: Iterable[Mobject],
    quantity: str,
    drawn: Callable[[Any], ArrayLike],
    computed: Callable[[int], ArrayLike],
) -> None:
    """Attach a claim to each of ``parts``: ``drawn`` is given the part, ``computed`` its index.

    Parts that are claimed one by one may come and go one by one.
    """
    for index, part in enumerate(parts):
        bind(part, quantity, partial(drawn, part), partial(computed, index))


def bind_direction(
    mobject: Mobject,
    quantity: str,
    ends: Callable[[], NDArray[np.float64]],
    direction: Callable[[], NDArray[np.float64]],
    sign: int,
    reach: float = 0.0,
) -> None:
    """Attach the claim that from one of the ``ends`` (2, d) to the other is ``direction``.

    With ``sign`` -1 it is the opposite. Directions are compared as unit vectors; an arrow too short
    to have one claims none.
    """

    def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        shortest = max(SHORTEST, OF_REACH * reach)
        too_short = np.linalg.norm(np.diff(ends(), axis=0)) < shortest
        return np.zeros_like(vector) if too_short else vector / np.linalg.norm(vector)

    bind(
        mobject,
        quantity,
        lambda: unit(np.diff(ends(), axis=0)[0]),
        lambda: unit(sign * direction()),
    )


def decoration(mobject: M) -> M:
    """Declare that ``mobject`` and its parts stand for nothing: an axis, a frame; returns it."""
    mobject.decoration = True  # type: ignore[attr-defined]
    return mobject


def is_decoration(mobject: Mobject) -> bool:
    """Whether ``mobject`` was declared to stand for nothing."""
    return bool(getattr(mobject, "decoration", False))


def corners(polyline: VMobject) -> NDArray[np.float64]:
    """The corners that ``set_points_as_corners`` was given, (k, 3).

    Between two of them it keeps a cubic of four points.
    """
    return np.vstack([polyline.points[::4], polyline.points[-1:]])
