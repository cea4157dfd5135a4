"""Pulls: the gradient of each single point as a bar, which can be levelled out to their mean."""

import numpy as np
from manim import Line, Polygon, ValueTracker, VGroup

from gdmath import NumericLoss, to_typst
from gdmath.requirements import is_mean_square
from scenes.ch05_the_chain_rule_worked.gradient import slope_after
from scenes.kit.frame import STAGE, Region
from scenes.kit.layout.waiver import allow
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import live

HEADROOM = 1.08
BESIDE = 0.06
"""Share of a bar's width that is left free on either side."""
APART = 0.5
"""Units between the numbers and the bars, and between the bars of both parameters."""
NARROWEST = 3.5
"""Units of width below which bars are not told apart."""


class Pulls(Plane):
    """What each point adds to the slope along parameter ``index`` at the start, n times over.

    `grown` says how much of it is drawn, `levelled` how evenly it is shared out, 0 to 1. The mean
    is the slope.
    """

    def __init__(self, region: Region, loss: NumericLoss, index: int) -> None:
        lesson = loss.lesson
        points = range(lesson.x.size)
        pulls = np.array([loss.on([k]).gradient(lesson.start)[index] for k in points])
        low, high = HEADROOM * pulls.min(initial=0.0), HEADROOM * pulls.max(initial=0.0)
        name = to_typst(lesson.parameters[index])
        height = Scale(float(low), float(high), f'"pull on" {name}', PALETTE.gradient)
        super().__init__(region, Scale(0, len(pulls), '"point"'), height)
        self.pulls = pulls
        self.grown, self.levelled = ValueTracker(0), ValueTracker(0)
        self.zero = decoration(Line(self.point(0, 0), self.point(len(pulls), 0)))
        self.zero.set_stroke(PALETTE.muted, STROKE.axis)
        self.bars = self._bars()

    def _bars(self) -> VGroup:
        """One bar for each point, from zero."""
        pulls, grown, levelled = self.pulls, self.grown, self.levelled

        def heights() -> np.ndarray:
            shared = pulls + levelled.get_value() * (pulls.mean() - pulls)
            return np.asarray(grown.get_value() * shared)

        def place(bars: VGroup) -> None:
            left = np.arange(len(bars)) + BESIDE
            right, zero = left + 1 - 2 * BESIDE, np.zeros(len(bars))
            x = np.stack([left, left, right, right, left], axis=1)
            y = np.stack([zero, heights(), heights(), zero, zero], axis=1)
            corners = self.c2p(np.column_stack([x.ravel(), y.ravel()])).reshape(-1, 5, 3)
            for bar, polygon in zip(bars, corners, strict=True):
                bar.set_points_as_corners(polygon)

        bars = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in pulls))
        bars.set_fill(PALETTE.gradient, 0.5).set_stroke(PALETTE.gradient, 1)
        live(bars, place, heights)
        allow("contrast", bars, reason="a thin one is known by its neighbours")
        bind_each(
            bars,
            "gradient of one point",
            lambda bar: [self.p2c(bar.points)[4, 1]],
            lambda index: [heights()[index]],
        )
        return bars


def pulls_beside(lines: VGroup, loss: NumericLoss) -> list[Pulls]:
    """The pulls on both parameters, to the right of the ``lines`` of the gradient and its numbers.

    There are none unless the loss is the mean square of a straight line, or without room for them.
    """
    lesson, slopes = loss.lesson, loss.gradient(loss.lesson.start)
    pairs = zip(lines, slopes, strict=True)
    ends = [slope_after(line, slope).get_right()[0] - line.get_left()[0] for line, slope in pairs]
    left = STAGE.left + max(ends) + APART
    if not is_mean_square(lesson) or not lesson.is_straight or STAGE.right - left < NARROWEST:
        return []
    rows = Region(left, STAGE.bottom, STAGE.right, STAGE.top - APART).rows(1, 1, gap=APART)
    return [Pulls(row, loss, index) for index, row in enumerate(rows)]
