"""DataPanel: the points, the line, its residuals and the squares that stand on them."""

import numpy as np
from manim import Dot, Line, Polygon, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import NumericLoss
from gdmath.lesson import X
from scenes.kit.frame import Region
from scenes.kit.live import At, live, parameters_of
from scenes.kit.numbers import padded
from scenes.kit.plane import Plane, Scale
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.trace import bind

CURVE_SAMPLES = 100


class DataPanel(Plane):
    """The lesson's data, with room for the line at every one of the ``seen`` (k, 2) parameters."""

    def __init__(self, region: Region, loss: NumericLoss, seen: ArrayLike) -> None:
        lesson = loss.lesson
        low, high = padded(lesson.x, 0.06)
        straight = lesson.prediction.diff(X, 2) == 0
        samples = np.linspace(low, high, 2 if straight else CURVE_SAMPLES)
        lines = loss.prediction(np.asarray(seen, dtype=float), samples)
        bottom, top = padded(np.concatenate([lesson.y, lines.ravel()]), 0.05)
        super().__init__(region, Scale(low, high, "x"), Scale(bottom, top, "y"))
        self.loss, self.samples = loss, samples
        self.dots = VGroup(
            *(Dot(point, radius=0.065) for point in self.c2p(np.column_stack([lesson.x, lesson.y])))
        ).set_fill(PALETTE.data, 1)
        self.dots.set_z_index(2)
        bind(
            self.dots,
            "data",
            lambda: self.p2c([dot.get_center() for dot in self.dots]),
            lambda: np.column_stack([lesson.x, lesson.y]),
        )

    def line(self, at: At, color: str = PALETTE.parameters) -> VMobject:
        """The prediction ŷ over the panel's width, at the parameters ``at``."""
        where = parameters_of(at)

        def place(line: VMobject) -> None:
            curve = np.column_stack([self.samples, self.loss.prediction(where(), self.samples)])
            line.set_points_as_corners(self.c2p(curve))

        line = live(VMobject().set_stroke(color, STROKE.line), place, at)
        bind(
            line,
            "prediction",
            lambda: self.p2c(line.points[[0, -1]])[:, 1],
            lambda: self.loss.prediction(where(), self.samples[[0, -1]]),
        )
        return line

    def residuals(self, at: At) -> VGroup:
        """A bar from each point straight up or down to the prediction."""
        where = parameters_of(at)

        def place(bars: VGroup) -> None:
            for bar, (low, high) in zip(bars, self._ends(where()), strict=True):
                bar.points = np.linspace(low, high, 4)

        bars = VGroup(*(Line() for _ in self.loss.lesson.x))
        bars.set_stroke(PALETTE.loss, STROKE.residual)
        live(bars, place, at)
        bind(
            bars,
            "residuals",
            lambda: np.array([np.diff(self.p2c(b.points[[0, -1]])[:, 1])[0] for b in bars]),
            lambda: self.loss.residuals(where()),
        )
        return bars

    def squares(self, at: At) -> VGroup:
        """A square on each residual, turned to the middle; its area is the residual squared."""
        where = parameters_of(at)
        middle = self.point(float(np.mean(self.samples[[0, -1]])), self.y.low)[0]

        def place(squares: VGroup) -> None:
            for square, (low, high) in zip(squares, self._ends(where()), strict=True):
                side = abs(high[1] - low[1]) * np.array([1 if low[0] < middle else -1, 0, 0])
                square.set_points_as_corners([low, high, high + side, low + side, low])

        squares = VGroup(*(Polygon(*np.zeros((3, 3))) for _ in self.loss.lesson.x))
        squares.set_fill(PALETTE.loss, 0.07).set_stroke(PALETTE.loss, 1.5, 0.8)
        live(squares, place, at)
        bind(
            squares,
            "squared residuals",
            lambda: np.array([s.width * s.height for s in squares]) / self.unit()[1] ** 2,
            lambda: self.loss.residuals(where()) ** 2,
        )
        return squares

    def _ends(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Point and prediction of each residual in the picture, shape (n, 2, 3)."""
        lesson = self.loss.lesson
        below = self.c2p(np.column_stack([lesson.x, lesson.y]))
        above = self.c2p(np.column_stack([lesson.x, lesson.y + self.loss.residuals(parameters)]))
        return np.stack([below, above], axis=1)
