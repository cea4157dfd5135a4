"""RelativesPanel: the loss while its mean, its sum, and the root of its mean are descended."""

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject

from scenes.ch10_how_big_a_step.story import LONGER, Story
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.panels import LogPanel, beside
from scenes.kit.text import LOSS, words
from scenes.kit.theme import PALETTE, SIZE

MEAN, SUM, ROOT = range(3)
"""Place of each curve among them."""
CURVES = (
    ("mean", DOWN + LEFT, PALETTE.parameters),
    ("sum", RIGHT, PALETTE.gradient),
    ("root of the mean", UP + LEFT, PALETTE.ink),
)
"""The name of each curve, the side of its head on which it stands, and the colour."""
ABOVE = 0.1
"""Least height of a name above the axis, in units of the picture."""


class RelativesPanel(LogPanel):
    """Descents at one rate, each on a `clocks` entry of its own, all told as the mean."""

    def __init__(self, region: Region, story: Story) -> None:
        super().__init__(region, story.losses, LONGER, '"step"', LOSS.name)
        inner = self.inside(region)
        # Above the axis; to the right a name may stand beyond the last step.
        self.room = Region(inner.left, inner.bottom + ABOVE, region.right, region.top)
        self.clocks = [DescentClock(run) for run in story.relatives]
        self.tracks = [self.rows(losses) for losses in story.losses]
        self.named: list[VMobject] = []

    def track(self, k: int) -> VGroup:
        """One curve up to its clock, and its head."""
        (_, _, color), clock, rows = CURVES[k], self.clocks[k], self.tracks[k]
        return VGroup(self.curve(clock, rows, color), self.head(clock, rows, color))

    def label_of(self, k: int, head: VMobject) -> VMobject:
        """The name of a curve beside its ``head``, clear of all curves and names."""
        name, side, color = CURVES[k]
        label = words(name, SIZE.small, color)
        lines = [self.c2p(rows) for rows in self.tracks]
        self.named.append(beside(label, head, np.asarray(side), self.room, lines, self.named[:]))
        return label
