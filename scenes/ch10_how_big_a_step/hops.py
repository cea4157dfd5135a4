"""Hops: a descent on a round map, hop by hop, the older ones fading."""

from collections.abc import Callable

import numpy as np
from manim import CapStyleType, Circle, Dot, Line, VGroup
from numpy.typing import NDArray

from gdmath import FloatArray
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import RoundMap
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import live

TRAIL = 10
"""Number of hops that are seen at once."""
FAINTEST = 0.15
"""Opacity of the oldest of them."""


class Hops(VGroup):
    """The last hops of those between the places ``walked`` (k, 2), as far as the window reaches.

    `dot` stands at the last. Unless ``fading`` all are as bright.
    """

    def __init__(
        self, plane: RoundMap, walked: Callable[[], FloatArray], fading: bool = True
    ) -> None:
        self.plane, self.walked = plane, walked
        ages = np.linspace(1, FAINTEST, TRAIL) if fading else np.full(TRAIL, 0.8)
        lines = (Line(cap_style=CapStyleType.ROUND) for _ in ages)
        super().__init__(
            *(
                line.set_stroke(PALETTE.parameters, STROKE.path, age)
                for line, age in zip(lines, ages, strict=True)
            )
        )
        live(self, lambda _: self._place(), walked)
        bind(self, "hops", self._drawn, lambda: self._newer()[self._seen()])
        allow("contrast", self, reason="the older hops fade")
        self.set_z_index(1)

    @property
    def dot(self) -> Dot:
        """Where the descent has got to."""
        return self.plane.dot(lambda: self.walked()[-1])

    def _newer(self) -> FloatArray:
        """The places that hops come to, the last one first."""
        return self.walked()[:0:-1][:TRAIL]

    def _seen(self) -> NDArray[np.bool_]:
        return ~self.plane.outside(self.plane.c2p(self._newer()))

    def _drawn(self) -> FloatArray:
        ends = [line.points[-1] for line, seen in zip(self, self._seen(), strict=False) if seen]
        return self.plane.p2c(np.reshape(ends, (-1, 3)))

    def _place(self) -> None:
        places = self.plane.c2p(self.walked()[-TRAIL - 1 :])[::-1]
        for age, line in enumerate(self):
            hop = places[age : age + 2][::-1]
            hop = within(hop, self.plane.middle, self.plane.radius) if len(hop) > 1 else hop[:0]
            line.points = np.linspace(hop[0], hop[1], 4) if len(hop) else np.empty((0, 3))


def first_window(plane: RoundMap, reach: float) -> Circle:
    """The circle of all that is within ``reach`` of the minimum, which shrinks in a wider map."""

    def place(circle: Circle) -> None:
        circle.width = 2 * reach * plane.radius / np.exp(plane.closeness.get_value())

    circle = Circle(1.0).move_to(plane.middle).set_stroke(PALETTE.ink, STROKE.contour)
    live(circle, place, lambda: plane.view())
    bind(
        circle,
        "reach of the first map",
        lambda: np.linalg.norm(plane.p2c(circle.points[:1]) - plane.theory.minimum),
        lambda: reach,
    )
    return circle


def setting_out(t: float) -> float:
    """Slow at first, so that the first hops are seen one by one."""
    return float(t**1.6)


def within(ends: FloatArray, middle: FloatArray, radius: float) -> FloatArray:
    """The part of the line between two ``ends`` (2, 3) that is in a circle; (0, 3) if none is."""
    start, along = ends[0] - middle, ends[1] - ends[0]
    square, half = along @ along, start @ along
    root = half**2 - square * (start @ start - radius**2)
    if square == 0 or root <= 0:
        return ends if np.linalg.norm(start) <= radius else ends[:0]
    first, last = np.clip((-half + np.array([-1, 1]) * np.sqrt(root)) / square, 0, 1)
    return ends[0] + np.outer([first, last], along) if first < last else ends[:0]
