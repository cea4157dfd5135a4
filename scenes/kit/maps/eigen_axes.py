"""The bowl's two directions through its minimum are drawn on a round map, with coordinates."""

from collections.abc import Callable

import numpy as np
from manim import Animation, FadeIn, GrowFromPoint, Line, VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.kit.maps.heights import cased
from scenes.kit.maps.round_map import RoundMap
from scenes.kit.proof.trace import bind
from scenes.kit.text.typeset import maths, words
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE, STROKE
from scenes.kit.updaters import At, Parameters, live, parameters_of

GAP = 0.14
BAR = 9


class Diameter(VGroup):
    """A line across the window ``along`` a direction of the parameters, named outside one end."""

    def __init__(
        self, plane: RoundMap, along: At, name: VMobject, end: float = 1, color: str = PALETTE.ink
    ) -> None:
        self.plane, self.label, self.end = plane, name, end
        self.along = parameters_of(along)
        self.line = Line().set_stroke(color, STROKE.contour)
        super().__init__(self.line, name)
        live(self, lambda _: self._place(), self.along)
        bind(
            self.line,
            "direction on the map",
            lambda: unit(np.diff(plane.p2c(self.line.points[[0, -1]]), axis=0)[0]),
            lambda: unit(self.along()),
        )

    def _place(self) -> None:
        outward = np.append(unit(self.plane.view() @ self.along()), 0)
        middle, radius = self.plane.middle, self.plane.radius
        self.line.put_start_and_end_on(middle - radius * outward, middle + radius * outward)
        size = np.array([self.label.width, self.label.height, 0]) / 2
        clear = radius + GAP + float(np.abs(outward) @ size)
        self.label.move_to(middle + self.end * clear * outward)

    def grow(self) -> tuple[Animation, Animation]:
        """Let the line grow out of the minimum, and its name appear."""
        return GrowFromPoint(self.line, self.plane.middle), FadeIn(self.label)


def parameter_axes(plane: RoundMap, names: ArrayLike) -> VGroup:
    """The directions in which only the one coordinate drawn changes, named in Typst."""

    def drawn(index: int) -> Callable[[], Parameters]:
        return lambda: np.asarray(np.linalg.inv(plane.shown())[:, index], dtype=float)

    return VGroup(
        *(
            Diameter(
                plane,
                drawn(k),
                maths(str(name), SIZE.small, PALETTE.parameters),
                1,
                PALETTE.scaffold,
            )
            for k, name in enumerate(np.asarray(names))
        )
    )


def eigen_axes(plane: RoundMap) -> VGroup:
    """The flat and the stiff direction of the loss, in this order."""
    directions = plane.theory.eigenvectors.T
    axes = VGroup()
    for name, direction, color in zip(("flat", "stiff"), directions, BY_DIRECTION, strict=True):
        # The names of the parameters stand to the right and on top, so these go left and below.
        outward = plane.view() @ direction
        end = -1.0 if max(outward, key=abs) > 0 else 1.0
        axes.add(Diameter(plane, direction, words(name, SIZE.label, color), end, color))
    return axes


def coordinate_bars(plane: RoundMap, at: At) -> VGroup:
    """From the minimum along the flat and the stiff direction, as far as ``at`` lies along each."""
    where, theory = parameters_of(at), plane.theory

    def place(bars: VGroup) -> None:
        ends = theory.minimum + (theory.eigenvectors * theory.coordinates(where())).T
        for bar, end in zip(bars, plane.c2p(ends), strict=True):
            bar.points = np.linspace(plane.middle, end, 4)

    bars = VGroup(*(cased(Line().set_stroke(color, BAR)) for color in BY_DIRECTION))
    live(bars, place, where)
    bind(
        bars,
        "coordinates along the eigenvectors",
        lambda: theory.coordinates(plane.p2c([bar.points[-1] for bar in bars])).diagonal(),
        lambda: theory.coordinates(where()),
    )
    return bars.set_z_index(1)


def upright(plane: RoundMap) -> float:
    """The smallest turn, in radians, that lays the eigenvectors along the picture's edges."""
    right, up = plane.shown() @ plane.theory.eigenvectors[:, 0]
    return float(-((np.arctan2(up, right) + np.pi / 4) % (np.pi / 2) - np.pi / 4))


def unit(vector: Parameters) -> Parameters:
    """``vector`` divided by its length."""
    return np.asarray(vector / np.linalg.norm(vector), dtype=float)
