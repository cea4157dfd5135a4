"""Closer: the slope read off a line as rise over run, and the end of a line under a glass."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    Line,
    Succession,
    TransformFromCopy,
    VGroup,
)

from gdmath import FloatArray, compile_loss
from gdmath.arrays import IntArray
from scenes.kit.frame import STAGE, Region
from scenes.kit.maps.zoom import outline
from scenes.kit.panels import DataPanel, beside, dashed_line
from scenes.kit.proof.trace import bind_each, decoration
from scenes.kit.text import maths
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording import Number, as_given
from scenes.kit.wording.numbers import tick_step


class SlopeTriangle(VGroup):
    """How far the line of ``parameters`` (2,) runs, and how far it rises meanwhile."""

    def __init__(self, panel: DataPanel, parameters: FloatArray, rise: Number) -> None:
        run = tick_step(panel.x.span, 2)
        first = np.ceil(2 * panel.x.low / run) * run / 2
        if first + run > panel.x.high:
            first = panel.x.low + (panel.x.span - run) / 2
        here, there = np.array([first, first + run])
        low, high = panel.loss.prediction(parameters, np.array([here, there]))
        places = np.array([(here, low), (there, low), (there, high)])
        corners = panel.c2p(places)
        legs = VGroup(Line(*corners[:2]), Line(*corners[1:]))
        legs.set_stroke(PALETTE.ink, STROKE.residual)
        bind_each(
            legs,
            "run and rise of the line",
            lambda leg: panel.p2c(leg.points[[0, -1]]),
            lambda index: places[index : index + 2],
        )
        line = panel.c2p(
            np.column_stack([panel.samples, panel.loss.prediction(parameters, panel.samples)])
        )
        across, up = maths(as_given(run)), maths(rise, color=PALETTE.parameters)
        beside(across, legs[0], DOWN if high > low else -DOWN, panel.region, [line], panel.dots)
        beside(up, legs[1], RIGHT, STAGE, [line], panel.dots)
        super().__init__(legs[0], across, legs[1], up)


class Glass(VGroup):
    """The end of the ``panel`` with these ``points`` (k,), larger in a ``region``.

    There it shows two lines: the one ``at`` the parameters, and that of the ``best`` (2,).
    """

    def __init__(
        self,
        region: Region,
        panel: DataPanel,
        points: IntArray,
        at: Callable[[], FloatArray],
        best: FloatArray,
    ) -> None:
        lesson = panel.loss.lesson
        few = compile_loss(replace(lesson, x=lesson.x[points], y=lesson.y[points]))
        self.close = DataPanel(region, few, np.array([at(), best]))
        self.line, self.ghost = self.close.line(at), dashed_line(self.close, best, PALETTE.muted)
        self.frame, self.grown = (decoration(outline(self.close, on)) for on in (panel, self.close))
        shown = self.frame, self.grown, self.close, self.close.dots, self.line, self.ghost
        super().__init__(*shown)

    def comes(self) -> Animation:
        """A frame is drawn about the end of the line, and grows until the gap is seen."""
        grows = FadeIn(self.close, self.close.dots), TransformFromCopy(self.frame, self.grown)
        return Succession(
            Create(self.frame, run_time=0.5),
            AnimationGroup(*grows, run_time=1.2),
            AnimationGroup(Create(self.ghost), Create(self.line), run_time=1.0),
        )
