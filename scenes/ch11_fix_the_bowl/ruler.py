"""Another ruler under the same points: z = (x − offset)/scale, and the bowl that it makes."""

import numpy as np
from manim import DOWN, RIGHT, AnimationGroup, ApplyMethod, Line, ValueTracker, VGroup

from gdmath import FloatArray, Lesson
from gdmath.scaling import Scaling
from scenes.kit.clock import evenly
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.text import maths
from scenes.kit.text.tick_row import tick_row
from scenes.kit.theme import PALETTE, SIZE, STROKE

ABOUT = 6
"""Number of ticks on a ruler, about."""
DEPTH = 0.95
"""How far below the axis of the points another ruler lies, in units."""


class LiveScaling:
    """A scaling that can change while it is looked at; `present` is the one that holds now."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.offset, self.logarithm = ValueTracker(0.0), ValueTracker(0.0)
        self._present = Scaling(lesson, 0.0, 1.0)

    @property
    def present(self) -> Scaling:
        """The scaling at this moment; its lesson keeps the x it had."""
        offset, scale = self.offset.get_value(), float(np.exp(self.logarithm.get_value()))
        if (offset, scale) != (self._present.offset, self._present.scale):
            self._present = Scaling(self.lesson, offset, scale)
        return self._present

    def step(self) -> FloatArray:
        """(2, 2): takes a step of the parameters in x to that in z."""
        return self.present.jacobian

    def become(self, scaling: Scaling, run_time: float) -> AnimationGroup:
        """Slide the offset to that of ``scaling`` and stretch the scale, in its logarithm."""
        moves = {self.offset: scaling.offset, self.logarithm: float(np.log(scaling.scale))}
        return AnimationGroup(
            *(
                ApplyMethod(tracker.set_value, value, run_time=run_time, rate_func=evenly)
                for tracker, value in moves.items()
            )
        )


class RuledPanel(DataPanel):
    """The data with room for another ruler below the axis."""

    MARGIN_BOTTOM = 1.8

    def feet(self) -> VGroup:
        """The x of each point, as a dot on the axis."""
        return self.dots_at(
            np.column_stack([self.places[:, 0], np.full(len(self.places), self.y.low)])
        )


class Ruler(VGroup):
    """Ticks below the axis of a panel at round values of z, `numbers` at them, and its `title`."""

    def __init__(self, panel: DataPanel, scaling: Scaling, name: str) -> None:
        offset, scale = scaling.offset, scaling.scale
        ends = np.array([panel.x.low, panel.x.high])
        low, high = ((ends - offset) / scale).tolist()
        row = tick_row(low, high, ABOUT)
        feet = panel.c2p([(offset + scale * z, panel.y.low) for z in row.values]) + DEPTH * DOWN
        marks = VGroup(Line(foot, foot + panel.TICK * DOWN) for foot in feet)
        self.numbers = VGroup(maths(label, SIZE.small, PALETTE.muted) for label in row.labels)
        for number, mark in zip(self.numbers, marks, strict=True):
            number.next_to(mark, DOWN, buff=0.1)
        for shown in (marks, self.numbers):
            bind_each(
                shown,
                "z at the tick",
                lambda one: (panel.p2c(one.get_center())[0, 0] - offset) / scale / row.step,
                row.said,
            )
        left, right = (panel.point(end, panel.y.low) + DEPTH * DOWN for end in ends)
        line = Line(left, right)
        self.title = maths(row.named(name), SIZE.label)
        self.title.next_to(line, DOWN, buff=0.45).align_to(line, RIGHT)
        super().__init__(decoration(line), marks, self.numbers, self.title)
        VGroup(line, marks).set_stroke(PALETTE.scaffold, STROKE.axis)
