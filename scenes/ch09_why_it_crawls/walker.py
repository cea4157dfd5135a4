"""Walker: a descent from a start of its own, on the map and as a line, in one colour."""

import numpy as np
from manim import Animation, FadeIn, GrowFromCenter, VGroup

from gdmath import Trajectory
from scenes.ch09_why_it_crawls.facts import Facts
from scenes.kit.clock import DescentClock
from scenes.kit.maps import RoundMap, coordinate_bars
from scenes.kit.panels import DataPanel
from scenes.kit.theme import BY_DIRECTION, PALETTE
from scenes.kit.updaters import Parameters


class Walker(VGroup):
    """The path and the dot of ``descent`` on a map, its line among the points, and its clock."""

    def __init__(self, descent: Trajectory, map_: RoundMap, data: DataPanel, color: str) -> None:
        self.clock = DescentClock(descent)
        self.line = data.line(lambda: self.here(), color)
        self.dot = map_.dot(lambda: self.here(), color=color)
        path = map_.path(self.clock).set_stroke(color)
        super().__init__(self.line, path, self.dot)

    def here(self) -> Parameters:
        """Where the descent is."""
        return np.asarray(self.clock.parameters, dtype=float)

    def come(self) -> tuple[Animation, Animation]:
        """It appears at its start."""
        return GrowFromCenter(self.dot), FadeIn(self.line)


class Pair(VGroup):
    """The walkers along the flat and the stiff direction, and `bars` for what is left to both."""

    def __init__(self, flat: Walker, stiff: Walker, map_: RoundMap) -> None:
        super().__init__(flat, stiff)
        self.walkers = flat, stiff
        self.dots = [flat.dot, stiff.dot]
        best = map_.theory.minimum
        self.bars = coordinate_bars(map_, lambda: flat.here() + stiff.here() - best)

    def start_again(self) -> None:
        """Put both back to their starts, at once."""
        for walker in self.walkers:
            walker.clock.set_value(0)

    def go_on(self, step: int) -> list[Animation]:
        """Both go on to a step, or back to one."""
        return [walker.clock.animate.set_value(step).build() for walker in self.walkers]


def walkers(facts: Facts, map_: RoundMap, data: DataPanel) -> tuple[Walker, Pair]:
    """The lesson's own walker, and the two along the bowl's directions."""
    first = Walker(facts.trajectory, map_, data, PALETTE.parameters)
    colored = zip(facts.walkers, BY_DIRECTION, strict=True)
    flat, stiff = (Walker(descent, map_, data, color) for descent, color in colored)
    return first, Pair(flat, stiff, map_)
