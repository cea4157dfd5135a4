"""A PowersPanel draws the loss and the lengths of the steps on one axis of powers of ten."""

import numpy as np
from manim import DL, DR, DashedLine, Dot, Typst, VGroup, VMobject
from numpy.typing import NDArray

from scenes.ch07_every_step.story import Story
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.panels import LogPanel, beside
from scenes.kit.panels.pieces import between
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import significant

ROOM = 30.0
"""How many times lower than the shortest step it reaches, for the digits."""


class PowersPanel(LogPanel):
    """The `loss` as far as a clock is and its `rider`, and all the `lengths`, two of them told."""

    def __init__(self, region: Region, story: Story, clock: DescentClock) -> None:
        walked, excess = story.trajectory, story.excess
        # The length of the step that led there; at the start, of the one ahead.
        steps = np.concatenate([walked.step_lengths[:1], walked.step_lengths])
        super().__init__(
            region,
            [excess, steps, [steps.min() / ROOM]],
            walked.steps,
            '"step"',
            story.left_to_lose,
        )
        self.falls = self.rows(excess)
        self.loss, self.rider = self.curve(clock, self.falls), self.head(clock, self.falls)
        rows = self.rows(steps)
        self.lengths = VMobject().set_points_as_corners(self.c2p(rows))
        self.lengths.set_stroke(PALETTE.gradient, STROKE.path)
        bind(
            self.lengths,
            "lengths of the steps",
            lambda: self.p2c(corners(self.lengths)),
            lambda: rows,
        )
        first, last = story.told_steps
        early = self._told(rows, first)
        self.lengths_told = VGroup(early, self._told(rows, last, early))

    def _told(self, rows: NDArray[np.float64], step: int, *others: Typst) -> Typst:
        """The length of a step in digits, beside its place on the curve."""
        label = words(significant(10 ** rows[step, 1]), SIZE.equation, PALETTE.gradient)
        place, side = Dot(self.point(*rows[step]), radius=0.01), DL if others else DR
        lines = [self.c2p(rows), self.c2p(self.falls)]
        return beside(label, place, side, self.inside(self.region), lines, others)

    def paces(self) -> VGroup:
        """How the loss would go on falling as it did at first, and as it does at last."""
        return VGroup(*(self._pace(step) for step in (0, len(self.falls) - 2)))

    def _pace(self, step: int) -> DashedLine:
        here, ahead = self.falls[step : step + 2]
        slope = float(ahead[1] - here[1])
        reach = np.array([self.x.low, self.x.high])
        line = np.column_stack([reach, here[1] + slope * (reach - here[0])])
        ends = between(line, self.y.low, self.y.high)[0]
        drawn = DashedLine(*self.c2p(ends[[0, -1]])).set_stroke(PALETTE.ink, STROKE.residual)

        def steepness() -> float:
            run, rise = np.diff(self.p2c([drawn.get_start(), drawn.get_end()]), axis=0)[0]
            return float(rise / run)

        bind(drawn, "powers of ten a step", steepness, lambda: slope)
        return drawn
