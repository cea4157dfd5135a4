"""A LogPanel draws several descents against powers of ten, each by its own clock."""

import math
from collections.abc import Sequence

import numpy as np
from manim import DOWN, UP, DashedLine, Dot, Typst, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps.map_panel import growing_path
from scenes.kit.panels.curve_panel import head
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind
from scenes.kit.text.tick_row import one_two_five
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE, STROKE

DEEPEST = 1e-12
"""Least value drawn: differences of two losses of about one are no truer than that."""

CLEARANCE = 0.15
ALONG = np.array([0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8])
"""Shares of a curve's length at which its label may stand, the best first."""
AIR, FAR = 0.04, 0.15
"""Shares of the height drawn: the room left about it, and the most that a round end may add."""


class LogPanel(Plane):
    """Room for ``series``, each (k,), against ``0`` to ``last`` of what ``axis`` names in Typst."""

    def __init__(
        self, region: Region, series: Sequence[ArrayLike], last: float, axis: str, name: str
    ) -> None:
        powers = np.concatenate([logarithm(values) for values in series])
        low, high = bottom(powers), float(powers.max() + AIR * np.ptp(powers))
        height = Scale(low, high, name, PALETTE.loss, logarithmic=True)
        super().__init__(region, Scale(0, last, axis), height)
        self._rows_of: dict[VMobject, NDArray[np.float64]] = {}

    def rows(self, series: ArrayLike, begin: float = 0, stride: float = 1) -> NDArray[np.float64]:
        """``series`` (k,) as places on the panel (k, 2), ``stride`` apart from ``begin`` on."""
        powers = logarithm(series)
        return np.column_stack([begin + stride * np.arange(len(powers)), powers])

    def curve(
        self,
        clock: DescentClock,
        rows: NDArray[np.float64],
        color: str = PALETTE.loss,
        width: float = STROKE.path,
    ) -> VMobject:
        """``rows``, one for each recorded step, up to the clock's."""
        shown = growing_path(self, clock, rows, quantity="logarithm of the series")
        curve = shown.set_stroke(color, width)
        self._rows_of[curve] = rows
        return curve

    def label(self, text: str, curve: VMobject) -> Typst:
        """``text`` at the edge that ``curve`` leaves, about the middle of all that it comes to."""
        rows = self._rows_of[curve]
        label = words(text, SIZE.small, PALETTE.muted)
        places = [
            label.copy().next_to(self.point(begin, end), inwards, buff=gap)
            for begin in rows[0, 0] + ALONG * (rows[-1, 0] - rows[0, 0])
            for end, inwards, gap in ((self.y.high, DOWN, 0.0), (self.y.low, UP, CLEARANCE))
        ]
        points = self.c2p(rows)
        room = [clearance(place, points) for place in places]
        clear = (place for place, free in zip(places, room, strict=True) if free > CLEARANCE)
        return next(clear, places[int(np.argmax(room))])

    def jump(self, before: VMobject, after: VMobject) -> DashedLine:
        """A dashed line from where one curve comes to its end to where another begins."""
        ends = np.stack([self._rows_of[before][-1], self._rows_of[after][0]])
        line = DashedLine(*self.c2p(ends)).set_stroke(PALETTE.muted, STROKE.contour)
        bind(
            line,
            "from the end of a curve to the beginning of another",
            lambda: self.p2c([line.get_start(), line.get_end()]),
            lambda: ends,
        )
        return line

    def head(
        self, clock: DescentClock, rows: NDArray[np.float64], color: str = PALETTE.loss
    ) -> Dot:
        """The present one of ``rows``, riding on the curve."""
        return head(self, clock, rows, color, "logarithm of the series")


def clearance(label: VMobject, points: NDArray[np.float64]) -> float:
    """How far ``label`` stands above or beneath those of ``points`` (k, 3) that come near it."""
    across, up, _ = np.abs(points - label.get_center()).T
    near = across < label.width / 2 + CLEARANCE
    return float((up[near] - label.height / 2).min(initial=np.inf))


def bottom(powers: NDArray[np.float64]) -> float:
    """Where a panel that shows ``powers`` ends below: at 1, 2 or 5, if that is not far below."""
    least, span = float(powers.min()), float(np.ptp(powers)) or 1.0
    end = float(one_two_five(math.floor(least), least)[-1])
    return end if least - end < FAR * span else least - AIR * span


def logarithm(series: ArrayLike) -> NDArray[np.float64]:
    """The powers of ten of ``series``, none deeper than `DEEPEST`."""
    powers: NDArray[np.float64] = np.log10(np.maximum(np.asarray(series, dtype=float), DEEPEST))
    return powers
