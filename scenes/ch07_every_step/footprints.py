"""Footprints: marks on a map, one after every so many steps, which crowd where steps are short."""

import numpy as np
from manim import Dot, VGroup
from numpy.typing import NDArray

from scenes.kit.clock import DescentClock
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE
from scenes.kit.updaters import follow

RADIUS, OUTLINE = 0.04, 1.5


class Footprints(VGroup):
    """Where the descent stood after every ``stride`` steps, as far as the clock and the map go."""

    def __init__(self, map_: MapPanel, clock: DescentClock, stride: int) -> None:
        recorded = clock.trajectory.parameters
        steps = np.arange(stride, len(recorded), stride)
        low, high = np.array(map_.bounds).T
        steps = steps[np.all((low <= recorded[steps]) & (recorded[steps] <= high), axis=1)]
        places = map_.c2p(recorded[steps])
        super().__init__(*(Dot(place, RADIUS, color=PALETTE.parameters) for place in places))
        self.set_stroke(PALETTE.ink, OUTLINE)

        def passed() -> int:
            return int(np.searchsorted(steps, clock.step, side="right"))

        def show(marks: VGroup) -> None:
            for k, mark in enumerate(marks):
                mark.set_opacity(float(k < passed()))

        def seen() -> NDArray[np.float64]:
            marks = [mark.get_center() for mark in self if mark.get_fill_opacity() > 0]
            return map_.p2c(np.reshape(marks, (-1, 3)))

        follow(self, passed, show)
        bind(self, "places after equally many steps", seen, lambda: recorded[steps[: passed()]])
        self.set_z_index(2)
