"""Marks that stay on a map: one after every so many steps, and where a parameter is at its best."""

import numpy as np
from manim import UR, Dot, Line, MathTypst, VGroup
from numpy.typing import NDArray

from scenes.kit.clock import DescentClock
from scenes.kit.layout.waiver import allow
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind
from scenes.kit.text import formula, maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import follow
from scenes.kit.wording import Number

RADIUS, OUTLINE = 0.05, 1.5


class Footprints(VGroup):
    """Where the descent stood after every ``stride`` steps, as far as the clock and the map go."""

    def __init__(self, map_: MapPanel, clock: DescentClock, stride: int) -> None:
        steps = np.arange(stride, clock.trajectory.steps + 1, stride)
        recorded = clock.trajectory.parameters[steps]
        super().__init__(*(Dot(radius=RADIUS, color=PALETTE.parameters) for _ in steps))
        self.set_stroke(PALETTE.ink, OUTLINE)

        def passed() -> NDArray[np.bool_]:
            low, high = np.array(map_.bounds).T
            inside = np.all((low <= recorded) & (recorded <= high), axis=1)
            return np.asarray((steps <= clock.step) & inside)

        def show(marks: VGroup) -> None:
            for mark, place, seen in zip(marks, map_.c2p(recorded), passed(), strict=True):
                mark.move_to(place).set_opacity(float(seen))

        def seen() -> NDArray[np.float64]:
            marks = [mark.get_center() for mark in self if mark.get_fill_opacity() > 0]
            return map_.p2c(np.reshape(marks, (-1, 3)))

        follow(self, lambda: (map_.x, map_.y, *passed()), show)
        bind(self, "places after equally many steps", seen, lambda: recorded[passed()])
        self.set_z_index(2)


def goal(map_: MapPanel, name: str, index: int, value: Number) -> tuple[Line, MathTypst]:
    """The line on a map along which parameter ``index`` has its best ``value``, and its name."""
    line = Line().set_stroke(PALETTE.ink, STROKE.contour)
    best = float(map_.convergence.minimum[index])

    def ends() -> NDArray[np.float64]:
        places = np.array(map_.bounds).T
        places[:, index] = best
        return places

    def place(line: Line) -> None:
        line.put_start_and_end_on(*map_.c2p(ends()))

    follow(line, lambda: (map_.x, map_.y), place)
    bind(line, "best value of a parameter", lambda: map_.p2c(line.points[[0, -1]]), ends)
    label = maths(formula("{name} = {value}", name=name, value=value), SIZE.equation)
    label.set_stroke(PALETTE.background, STROKE.arrow, background=True)
    label.next_to(line.get_start(), UR, buff=0.12)
    allow("overlap", label, map_.rings, reason="a ring may pass beneath it, it has a dark rim")
    return line, label
