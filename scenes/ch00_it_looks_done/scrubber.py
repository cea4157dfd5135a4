"""Scrubber: the bar under a film that says how much of it has played, in updates of the descent."""

import numpy as np
from manim import DOWN, RIGHT, UP, Line, Square, Triangle, ValueTracker, VGroup, VMobject

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import whole

THICKNESS = 7
FOOT = 0.18
"""Units from the lower edge of its region up to the bar; over it there is room for a mark."""
HEIGHT, GAP = 0.68, 0.15
"""Units of height that a bar with its marks and their words takes, and free above it."""


class Scrubber(VGroup):
    """A bar from step 0 to ``span`` steps, filled up to the clock; ``span`` can grow meanwhile."""

    def __init__(self, region: Region, clock: DescentClock, span: ValueTracker) -> None:
        self.clock, self.span = clock, span
        height = region.bottom + FOOT
        self.corner = np.array([region.left + 0.15, height, 0])
        self.symbol: VMobject = self.playing()
        unit = words("update", SIZE.small, PALETTE.muted)
        room = 0.18 * len(whole(clock.trajectory.steps))
        unit.move_to(self.corner).set_x(region.right - room - 0.12, RIGHT)
        digits = np.array([region.right - room, unit[0].get_bottom()[1], 0])
        self.count = Readout(lambda: whole(clock.step), digits, SIZE.small, PALETTE.ink, "updates")
        self.start = np.array([region.left + 0.45, height, 0])
        self.length = unit.get_left()[0] - 0.3 - self.start[0]
        self.track = Line(self.start, self.start + self.length * RIGHT)
        self.track.set_stroke(PALETTE.faint, THICKNESS)
        self.fill = VMobject().set_stroke(PALETTE.parameters, THICKNESS)
        self._fill()
        self.fill.add_updater(lambda _: self._fill())
        bind(
            self.fill,
            "updates played",
            lambda: np.array([self.fill.width / self.length * span.get_value()]),
            lambda: np.array([clock.time]),
        )
        super().__init__(decoration(self.track), self.fill, self.symbol, self.count, unit)

    def playing(self) -> VMobject:
        """The sign in front of a bar that moves."""
        return self._sign(Triangle().rotate(-np.pi / 2))

    def stopped(self) -> VMobject:
        """The sign in front of a bar that has come to its end."""
        return self._sign(Square())

    def _sign(self, shape: VMobject) -> VMobject:
        shape.set_fill(PALETTE.muted, 1).set_stroke(width=0)
        return decoration(shape.scale_to_fit_height(0.2).move_to(self.corner))

    def at(self, step: float) -> np.ndarray:
        """Where ``step`` lies on the bar, shape (3,)."""
        return np.asarray(self.start + self.length * step / self.span.get_value() * RIGHT)

    def mark(self, step: int, text: str) -> VGroup:
        """A tick at ``step`` with a word over it, which moves as the span grows."""
        tick = Line(0.16 * UP, 0.16 * DOWN).set_stroke(PALETTE.ink, 2)
        label = words(text, SIZE.tick, PALETTE.muted).next_to(tick, UP, buff=0.08)
        mark = VGroup(tick, label)
        mark.add_updater(lambda m: m.shift(self.at(step) - tick.get_center()), call_updater=True)
        bind(
            tick,
            "a step on the bar",
            lambda: (tick.get_center() - self.start)[:1] / self.length * self.span.get_value(),
            lambda: np.array([float(step)]),
        )
        return mark

    def _fill(self) -> None:
        self.fill.set_points_as_corners([self.start, self.at(self.clock.time)])
