"""What a drawn thing stands for: each picture carries the gdmath quantity it claims to show.

A builder binds what it draws with `bind`; a test or a render then asks `bindings` of everything on
screen and compares what is read back from the mobject with what gdmath computes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Binding:
    """A claim: ``mobject`` shows ``quantity``.

    ``drawn`` reads the value back from the picture (through its axes, or as the digits displayed),
    ``computed`` asks gdmath; both in the units of the quantity, and of one shape.
    """

    mobject: Mobject
    quantity: str
    drawn: Callable[[], ArrayLike | str]
    computed: Callable[[], ArrayLike | str]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A mobject copied for an animation carries the claim along; it stays the original's claim.
        return self


def bind(
    mobject: Mobject,
    quantity: str,
    drawn: Callable[[], ArrayLike | str],
    computed: Callable[[], ArrayLike | str],
) -> None:
    """Attach the claim that ``mobject`` shows ``quantity``; a second claim joins the first."""
    mobject.bindings = [  # type: ignore[attr-defined]  # manim's classes cannot be given the field
        *getattr(mobject, "bindings", ()),
        Binding(mobject, quantity, drawn, computed),
    ]


def bindings(mobjects: Iterable[Mobject]) -> Iterator[Binding]:
    """Every claim made by ``mobjects`` and by their parts, in drawing order."""
    for mobject in mobjects:
        for member in mobject.get_family():
            for binding in getattr(member, "bindings", ()):
                if binding.mobject is member:
                    yield binding


def corners(polyline: VMobject) -> NDArray[np.float64]:
    """The corners that ``set_points_as_corners`` was given, (k, 3).

    Between two of them it keeps a cubic of four points.
    """
    return np.vstack([polyline.points[::4], polyline.points[-1:]])
