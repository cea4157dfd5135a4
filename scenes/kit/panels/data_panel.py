"""A DataPanel draws the points, the line, its residuals and the squares that stand on them."""

import numpy as np
from manim import RIGHT, Dot, Line, Polygon, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import NumericLoss
from scenes.kit.frame import Region
from scenes.kit.panels import pieces
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, bind_each
from scenes.kit.text.axis_name import axis_name
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, live, parameters_of
from scenes.kit.wording.numbers import padded, suited

CURVE_SAMPLES = 100
TELLING = 5 / 6
TIP = 0.28
"""Length in units of a residual up to which its tip is half of it."""


class DataPanel(Plane):
    """The lesson's data, with room for the line at every one of the ``seen`` (k, 2) parameters."""

    def __init__(self, region: Region, loss: NumericLoss, seen: ArrayLike) -> None:
        lesson = loss.lesson
        low, high = padded(lesson.x, 0.06)
        straight = lesson.is_straight
        samples = np.linspace(low, high, 2 if straight else CURVE_SAMPLES)
        lines = loss.prediction(np.asarray(seen, dtype=float), samples)
        if not np.isfinite(lines).all():
            # Beyond the data a formula may have no value, and close to there one out of all bounds.
            lines = loss.prediction(np.asarray(seen, dtype=float), np.unique(lesson.x))
        bottom, top = padded(np.concatenate([lesson.y, lines.ravel()]), 0.05)
        super().__init__(
            region,
            Scale(low, high, axis_name(lesson.x_label, lesson.x_unit)),
            Scale(bottom, top, axis_name(lesson.y_label, lesson.y_unit)),
        )
        self.loss, self.samples = loss, samples
        self.places = np.column_stack([lesson.x, lesson.y])[lesson.shown]
        self.write_x, self.write_y = suited(lesson.x), suited([bottom, top])
        self.dots = self.dots_at(self.places)

    @property
    def telling(self) -> int:
        """Which point to look at first: well to the right, with room for what is drawn around."""
        x = self.places[:, 0]
        return int(np.argmin(np.abs(x - x.min() - TELLING * np.ptp(x))))

    def dots_at(self, places: NDArray[np.float64]) -> VGroup:
        """A dot at each of ``places``, (k, 2)."""
        dots = VGroup(*(Dot(place, radius=0.065) for place in self.c2p(places)))
        bind_each(
            dots, "data", lambda dot: self.p2c(dot.get_center())[0], lambda index: places[index]
        )
        return dots.set_fill(PALETTE.data, 1).set_z_index(2)

    def interpolated(self, parameters: ArrayLike, x: ArrayLike) -> NDArray[np.float64]:
        """The height at ``x`` of the line drawn, which is straight from sample to sample."""
        heights = self.loss.prediction(parameters, self.samples)
        drawn = np.isfinite(heights)
        samples, heights = self.samples[drawn], heights[drawn]
        return np.asarray(np.interp(np.asarray(x, dtype=float), samples, heights))

    def line(self, at: At, color: str = PALETTE.parameters) -> VMobject:
        """The prediction ŷ over the panel's width and height, at the parameters ``at``."""
        where = parameters_of(at)

        def held() -> list[NDArray[np.float64]]:
            rows = np.column_stack([self.samples, self.loss.prediction(where(), self.samples)])
            return pieces.between(rows, self.y.low, self.y.high)

        def place(line: VMobject) -> None:
            pieces.draw(line, [self.c2p(piece) for piece in held()])

        def drawn() -> NDArray[np.float64]:
            return self.p2c(pieces.drawn_ends(line))

        line = live(VMobject().set_stroke(color, STROKE.line), place, at)
        bind(line, "prediction", drawn, lambda: pieces.ends(held()))
        return line

    def residuals(self, at: At) -> VGroup:
        """An arrow from each point straight up or down to the prediction: its way is the sign."""
        where = parameters_of(at)

        def place(bars: VGroup) -> None:
            for bar, (point, end) in zip(bars, self._ends(where()), strict=True):
                back = np.clip(point - end, -TIP, TIP) / 2
                wing = 0.6 * back[1] * RIGHT
                tip = [end, end + back - wing, end, end + back + wing, end]
                bar.set_points_as_corners([point, *tip])

        bars = VGroup(*(Line() for _ in self.places))
        bars.set_stroke(PALETTE.loss, STROKE.residual)
        live(bars, place, at)
        bind_each(
            bars,
            "residual",
            lambda bar: self.p2c(bar.points[[0, -1]]),
            lambda index: self._residual(index, where()),
        )
        return bars

    def squares(self, at: At) -> VGroup:
        """A square on each residual, its area the residual squared.

        It lies to the left of its residual if it fits there at first, else to the right.
        """
        where = parameters_of(at)
        edge = self.point(self.x.low, self.y.low)[0]
        ends = self._ends(where())
        fits = ends[:, 0, 0] - np.abs(np.diff(ends[:, :, 1])[:, 0]) >= edge
        sides = np.where(fits, -1.0, 1.0)

        def place(squares: VGroup) -> None:
            ends = self._ends(where())
            for square, (low, high), side in zip(squares, ends, sides, strict=True):
                across = side * abs(high[1] - low[1]) * RIGHT
                square.set_points_as_corners([low, high, high + across, low + across, low])

        squares = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in self.places))
        squares.set_fill(PALETTE.loss, 0.04).set_stroke(PALETTE.loss, 1.5, 0.5)
        live(squares, place, at)
        bind_each(
            squares,
            "squared residual",
            lambda square: square.width * square.height / self.unit()[1] ** 2,
            lambda index: self._residuals(where())[index] ** 2,
        )
        bind_each(
            squares,
            "side on the residual",
            lambda square: self.p2c(square.points[[0, 3]]),
            lambda index: self._residual(index, where()),
        )
        return squares.set_z_index(-1)

    def reading(self, index: int, at: At) -> VGroup:
        """What the line says at one point's x: a stem from the axis up to a dot on the line."""
        where, x = parameters_of(at), float(self.places[index, 0])

        def height() -> float:
            return float(self.loss.prediction(where(), x))

        def place(reading: VGroup) -> None:
            floor, top = self.c2p([(x, self.y.low), (x, height())])
            reading[0].points = np.linspace(floor, top, 4)
            reading[1].move_to(top)

        stem = Line().set_stroke(PALETTE.muted, STROKE.axis)
        dot = Dot(radius=0.09, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        reading = live(VGroup(stem, dot), place, at)
        bind_each(
            reading,
            "prediction at a point",
            lambda part: self.p2c(part.get_top() if part is stem else part.get_center())[0],
            lambda _: (x, height()),
        )
        stem.set_z_index(-1)
        dot.set_z_index(1)
        return reading

    def _residual(self, index: int, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """One point, and the prediction at its x, shape (2, 2)."""
        x, y = self.places[index]
        return np.array([(x, y), (x, y + self._residuals(parameters)[index])])

    def _residuals(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """The residuals of the points shown, shape (k,)."""
        residuals: NDArray[np.float64] = self.loss.prediction(parameters, self.places[:, 0])
        return residuals - self.places[:, 1]

    def _ends(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Point and prediction of each residual in the picture, shape (n, 2, 3)."""
        residuals = np.column_stack([np.zeros(len(self.places)), self._residuals(parameters)])
        return np.stack([self.c2p(self.places), self.c2p(self.places + residuals)], axis=1)
