"""A WatchPanel draws one number of several descents against the step, and turns into another."""

from collections.abc import Sequence

import numpy as np
from manim import (
    UP,
    Animation,
    DashedLine,
    Dot,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)
from numpy.typing import NDArray

from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.maps.live_arrow import between
from scenes.kit.maps.map_panel import growing_path
from scenes.kit.panels.log_panel import AIR, bottom, logarithm
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.run import Run
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import fill, whole

STROKE_UNIT = 0.01
"""Units of the picture in one of manim's units of stroke."""
GONE, BACK = 0.35, 0.65
"""Shares of a turn in which the old numbers go, and from which on the new ones come."""
Series = NDArray[np.float64]


class WatchPanel(Plane):
    """``series``, one (steps + 1,) for each of ``runs``, as they are or in ``powers`` of ten."""

    def __init__(
        self,
        region: Region,
        runs: Sequence[Run],
        series: Sequence[Series],
        name: str,
        color: str = PALETTE.loss,
        powers: bool = False,
    ) -> None:
        self.runs = runs
        self.heights = [logarithm(values) if powers else values for values in series]
        shown = np.concatenate(self.heights)
        top = float(shown.max() + AIR * np.ptp(shown))
        low = bottom(shown) if powers else min(0.0, float(shown.min()))
        last = len(self.heights[0]) - 1
        height = Scale(low, top, name, color, logarithmic=powers)
        super().__init__(region, Scale(0, last, '"step"'), height)
        decoration(self.marks)
        rows = [np.column_stack([np.arange(last + 1), heights]) for heights in self.heights]
        pairs = list(zip(runs, rows, strict=True))
        self.curves = VGroup(*(self._curve(run, row) for run, row in pairs))
        self.heads = VGroup(*(self._head(run, row) for run, row in pairs))
        allow("contrast", *self.drawn, reason="curves that cannot be told apart are the point")

    @property
    def line_width(self) -> float:
        """How much of what the panel's height measures is as high as a line is wide."""
        return float(STROKE_UNIT * STROKE.path / self.unit()[1])

    def _curve(self, run: Run, rows: Series) -> VMobject:
        return growing_path(self, run.clock, rows).set_stroke(run.color, run.width)

    def _head(self, run: Run, rows: Series) -> Dot:
        def value() -> Series:
            return between(rows, run.clock.time)

        dot = Dot(radius=0.09, color=run.color).set_z_index(3)
        dot.add_updater(lambda d: d.move_to(self.point(*value())), call_updater=True)
        bind(dot, "series", lambda: self.p2c(dot.get_center())[0], value)
        return dot

    def turn_into(self, other: "WatchPanel") -> list[Animation]:
        """Exchange region, scales and curves for those of ``other``.

        Afterwards its curves are those on screen, at rest until `go_on`.
        """
        leaves, comes = (squish_rate_func(smooth, *times) for times in ((0, GONE), (BACK, 1)))
        grown = zip(self.drawn, other.drawn, strict=True)
        return [
            FadeOut(self.numbers, self.marks, self.names, rate_func=leaves),
            FadeIn(other.numbers, other.marks, other.names, rate_func=comes),
            ReplacementTransform(self.lines, other.lines),
            *(grow_out_of(old, new) for old, new in grown),
        ]

    @property
    def drawn(self) -> list[VMobject]:
        """Curves and heads."""
        return [*self.curves, *self.heads]

    def paint(self, color: str) -> None:
        """Draw all of them alike, so that they look like one."""
        self.curves.set_stroke(color, STROKE.path)
        self.heads.set_fill(color)

    def go_on(self) -> None:
        """Let curves and heads follow their clocks again."""
        for drawn in self.drawn:
            drawn.resume_updating()

    def mark(self, step: int) -> VGroup:
        """An upright dashed line at ``step``, which stands at its head."""
        line = DashedLine(self.point(step, self.y.low), self.point(step, self.y.high))
        line.set_stroke(PALETTE.muted, STROKE.contour)
        bind(line, "step", lambda: self.p2c(line.get_center())[0, :1], lambda: np.array([step]))
        label = words(fill("step {step}", step=whole(step)), SIZE.label)
        return VGroup(line, label.next_to(line, UP, buff=0.08))


def grow_out_of(old: VMobject, new: VMobject) -> Animation:
    """Let ``new`` take its place from where ``old`` is, which is taken away before."""
    place = new.copy().clear_updaters()
    # Else the copies that manim interpolates between would follow the clock meanwhile.
    new.suspend_updating().match_style(old).set_points(old.points)
    return Transform(new, place)
