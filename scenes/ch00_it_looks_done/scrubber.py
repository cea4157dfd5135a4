"""Scrubber: the bar under a film that says how much of it has played, in frames and in updates."""

import numpy as np
from manim import DOWN, RIGHT, UP, Line, ValueTracker, VGroup, VMobject

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text import Readout, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import fill, whole

THICKNESS = 7
HEIGHT, GAP = 0.82, 0.1
"""Units of height that a bar with its marks and their words takes, and free above it."""
FOOT = 0.2
"""Units from the lower edge of its region up to the bar and the feet of the letters."""
BESIDE = 0.3
"""Units between the bar and what is counted on either side of it."""
DIGIT = 0.22
"""Units that a digit of a count takes."""


class Scrubber(VGroup):
    """A bar from step 0 to ``span`` steps, filled up to the clock; ``span`` can grow meanwhile.

    On its left `frames` counts the pictures of the clip, ``updates`` each; on its right stand all
    the updates made.
    """

    def __init__(
        self, region: Region, clock: DescentClock, span: ValueTracker, updates: int
    ) -> None:
        self.clock, self.span = clock, span
        foot, most = region.bottom + FOOT, whole(clock.trajectory.steps)
        unit, each = words("updates", SIZE.label), fill("frames of {n}", n=whole(updates))
        seat(unit, np.array([region.right - unit.width, foot, 0]))
        digits = unit.get_left() - (DIGIT * len(most) + 0.1) * RIGHT
        self.count = VGroup(
            Readout(
                lambda: whole(clock.step),
                np.array([digits[0], foot, 0]),
                SIZE.equation,
                quantity="updates",
            ),
            unit,
        )
        frames = Readout(
            lambda: whole(clock.step // updates),
            np.array([region.left, foot, 0]),
            SIZE.equation,
            quantity="frames",
        )
        room = DIGIT * len(whole(span.get_value() // updates)) + 0.15
        text = seat(words(each, SIZE.equation), np.array([region.left + room, foot, 0]))
        self.frames = VGroup(frames, text)
        self.start = np.array([text.get_right()[0] + BESIDE, foot + 0.12, 0])
        self.length = digits[0] - BESIDE - self.start[0]
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
        super().__init__(decoration(self.track), self.fill, self.count)

    def at(self, step: float) -> np.ndarray:
        """Where ``step`` lies on the bar, shape (3,)."""
        return np.asarray(self.start + self.length * step / self.span.get_value() * RIGHT)

    def mark(self, step: int, text: str) -> VGroup:
        """A tick at ``step`` with a word over it, which moves as the span grows."""
        tick = Line(0.16 * UP, 0.16 * DOWN).set_stroke(PALETTE.ink, 2)
        label = words(text, SIZE.small, PALETTE.muted).next_to(tick, UP, buff=0.08)
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
