"""Fog: what lies on the map is one dot for each line; and then all but a disc of it is hidden."""

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Dot, Line, ValueTracker, VGroup, VMobject
from numpy.typing import NDArray

from scenes.kit.maps import MapPanel
from scenes.kit.maps.heights import height_color
from scenes.kit.proof.trace import bind, bind_each, corners, decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import live

ACROSS, UP = 13, 9
"""Dots of a grid over the map."""
DENSE, DISC = 0.97, 0.62
"""Opacity of the fog, and the radius in units of what is left to see."""
ANGLES = 120
"""Directions in which fog reaches from the disc to the edge of the map."""
NEEDLE = 0.5
"""Length in units of what feels about for the way down."""


def dots_at(panel: MapPanel, places: NDArray[np.float64], radius: float) -> VGroup:
    """A dot on the map at each of ``places`` (k, 2)."""
    dots = VGroup(*(Dot(place, radius, color=PALETTE.parameters) for place in panel.c2p(places)))
    bind_each(dots, "parameters", lambda dot: panel.p2c(dot.get_center())[0], places.__getitem__)
    return dots


def grid(panel: MapPanel) -> NDArray[np.float64]:
    """Places all over the map, from the left to the right: (k, 2)."""
    shares = [(np.arange(n) + 0.5) / n for n in (ACROSS, UP)]
    first, second = (
        low + share * (high - low) for share, (low, high) in zip(shares, panel.bounds, strict=True)
    )
    return np.array([(a, b) for a in first for b in second])


def painted(panel: MapPanel, dots: VGroup, places: NDArray[np.float64]) -> VGroup:
    """The dots in the colours that the map will have there."""
    ranks = np.searchsorted(panel.levels, panel.loss.value(places))
    for dot, rank in zip(dots, ranks, strict=True):
        dot.set_fill(height_color(rank / len(panel.levels)), 1)
    return dots


def trace(panel: MapPanel, walked: Callable[[], NDArray[np.float64]], level: float) -> VMobject:
    """The way ``walked()`` (k, 2) so far, on which the loss is ``level``."""
    way = VMobject().set_stroke(PALETTE.ink, STROKE.path)
    live(way, lambda w: w.set_points_as_corners(panel.c2p(walked())), walked)
    bind(
        way,
        "loss on the way",
        lambda: panel.surrogate.value(panel.p2c(corners(way)[:-1])),
        lambda: np.full(len(walked()) - 1, level),
    )
    return way.set_z_index(1)


class Fog(VMobject):
    """Ground over all of the map but a disc about ``at()`` (2,), as wide as ``radius`` says."""

    def __init__(self, panel: MapPanel, at: Callable[[], NDArray[np.float64]]) -> None:
        super().__init__(stroke_width=0)
        low, high = panel.c2p(np.array(panel.bounds).T)[:, :2]
        self.radius = ValueTracker(float(np.linalg.norm(high - low)))
        rectangle = np.array([low, (low[0], high[1]), high, (high[0], low[1])])
        around = np.linspace(0, 2 * np.pi, ANGLES + 1)

        def place(fog: VMobject) -> None:
            middle = panel.point(*at())[:2]
            across, up = (rectangle - middle).T
            turns = np.arctan2(up, across)
            angles = np.sort(np.append(around, turns % (2 * np.pi)))
            ways = np.column_stack([np.cos(angles), np.sin(angles)])
            with np.errstate(divide="ignore"):
                edges = np.where(ways > 0, high - middle, low - middle) / ways
            reach = np.where(ways == 0, np.inf, edges).min(axis=1)
            outer = middle + reach[:, None] * ways
            inner = middle + np.minimum(reach, self.radius.get_value())[:, None] * ways
            flat = np.vstack([outer, inner[::-1], outer[:1]])
            fog.set_points_as_corners(np.column_stack([flat, np.zeros(len(flat))]))

        live(self, place, at)
        self.set_fill(PALETTE.background, DENSE).set_z_index(2)
        decoration(self)

    def closes(self) -> Any:
        """It comes from all sides until only the disc is left."""
        return self.radius.animate.set_value(DISC)


def needle(panel: MapPanel, at: NDArray[np.float64]) -> Line:
    """What is turned about ``at`` (2,) to feel the ground: it stands for no direction yet."""
    middle = panel.point(*at)
    line = Line(middle, middle + np.array([NEEDLE, 0, 0])).set_stroke(PALETTE.ink, STROKE.arrow)
    return decoration(line.set_z_index(2.5))
