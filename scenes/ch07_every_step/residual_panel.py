"""A ResidualPanel looks at the residuals from close by: the points laid level, the line over x."""

from collections.abc import Callable

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    ReplacementTransform,
    VGroup,
    VMobject,
)
from numpy.typing import NDArray

from gdmath import NumericLoss
from scenes.kit.frame import Region
from scenes.kit.panels import DataPanel
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, bind_each, corners
from scenes.kit.text import words
from scenes.kit.text.axis_name import axis_name
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import Parameters, at_every_frame
from scenes.kit.wording import message

EDGE = 0.15
"""Units that a verdict keeps from the axis."""
ROOM = 2.0
"""How many times farther it reaches than the largest residual seen."""


class ResidualPanel(Plane):
    """The residual of each point of ``data`` over its x at the parameters ``at()``.

    There is room for those at the parameters ``seen``, (2,).
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        data: DataPanel,
        seen: Parameters,
        at: Callable[[], Parameters],
    ) -> None:
        lesson = loss.lesson
        # A copy made for an animation leaves a function as it is, but copies a method's object.
        self.at: Callable[[], Parameters] = lambda: at()
        self.loss, self.places = loss, data.places[np.argsort(data.places[:, 0])]
        reach = ROOM * float(np.abs(self.residuals(seen)).max())
        name = axis_name(lesson.x_label, lesson.x_unit)
        super().__init__(
            region,
            Scale(data.x.low, data.x.high, name),
            Scale(-reach, reach, "hat(y) - y", PALETTE.loss),
        )
        level = np.column_stack([self.places[:, 0], np.zeros(len(self.places))])
        self.dots = VGroup(*(Dot(place, 0.065) for place in self.c2p(level)))
        self.dots.set_fill(PALETTE.data, 1).set_z_index(2)
        bind_each(
            self.dots,
            "point laid level",
            lambda dot: self.p2c(dot.get_center())[0],
            level.__getitem__,
        )
        self.line = VMobject().set_stroke(PALETTE.parameters, STROKE.line)
        self.bars = VGroup(*(Line() for _ in self.places)).set_stroke(PALETTE.loss, STROKE.arrow)
        self._place_line(self.line)
        self._place_bars(self.bars)
        self._claim()
        self.seen, self.verdicts = self.residuals(seen), self._verdicts(seen)

    def residuals(self, parameters: Parameters) -> NDArray[np.float64]:
        """Prediction minus data, from left to right: (k,)."""
        x, y = self.places.T
        return np.asarray(self.loss.prediction(parameters, x) - y)

    def rows(self, parameters: Parameters) -> NDArray[np.float64]:
        """Where the line is from the points laid level, (k, 2)."""
        return np.column_stack([self.places[:, 0], self.residuals(parameters)])

    def grow_from(self, data: DataPanel, line: VMobject) -> list[Animation]:
        """Lay the points of ``data`` level, and let its ``line`` become the one seen from here."""
        return [
            FadeOut(data),
            FadeIn(self),
            ReplacementTransform(data.dots, self.dots),
            ReplacementTransform(line.clear_updaters(), self.line),
        ]

    def follow(self) -> None:
        """From now on show the residuals as they come to be."""
        at_every_frame(self.line, lambda line: self._place_line(line))
        at_every_frame(self.bars, lambda bars: self._place_bars(bars))

    def _place_line(self, line: VMobject) -> None:
        line.set_points_as_corners(self.c2p(self.rows(self.at())))

    def _place_bars(self, bars: VGroup) -> None:
        for bar, dot, end in zip(bars, self.dots, self.c2p(self.rows(self.at())), strict=True):
            bar.points = np.linspace(dot.get_center(), end, 4)

    def _claim(self) -> None:
        def drawn() -> NDArray[np.float64]:
            return self.p2c(corners(self.line))

        bind(self.line, "residuals", drawn, lambda: self.rows(self.at()))
        bind_each(
            self.bars,
            "residual",
            lambda bar: self.p2c(bar.points[-1])[0],
            lambda index: self.rows(self.at())[index],
        )

    def _verdicts(self, parameters: Parameters) -> VGroup:
        """Above what is too high and below what is too low, that it is so."""
        rows, inner = self.rows(parameters), self.inside(self.region)
        high, low = rows[np.argmax(rows[:, 1])], rows[np.argmin(rows[:, 1])]
        named = VGroup()
        for text, row, side in ((message("too high"), high, UP), (message("too low"), low, DOWN)):
            label = words(text.english(), SIZE.equation, PALETTE.loss)
            label.next_to(self.point(*row), side, buff=0.15)
            label.shift(max(0.0, inner.left + EDGE - label.get_left()[0]) * RIGHT)
            named.add(label.shift(max(0.0, label.get_right()[0] - inner.right) * LEFT))
        return named
