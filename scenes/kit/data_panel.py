"""DataPanel: the points, the line, its residuals and the squares that stand on them."""

import numpy as np
from manim import DashedLine, Dot, Line, Polygon, VGroup, VMobject
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
WORST_CONDITION = 1e6


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

    def reading(self, index: int, at: At) -> VGroup:
        """What the line says at one point's x: a stem from the axis up to a dot on the line."""
        where, x = parameters_of(at), float(self.loss.lesson.x[index])

        def height() -> float:
            return float(self.loss.prediction(where(), x))

        def place(reading: VGroup) -> None:
            floor, top = self.c2p([(x, self.y.low), (x, height())])
            reading[0].points = np.linspace(floor, top, 4)
            reading[1].move_to(top)

        stem = Line().set_stroke(PALETTE.muted, STROKE.axis)
        dot = Dot(radius=0.09, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        reading = live(VGroup(stem, dot), place, at)
        bind(
            reading,
            "prediction at a point",
            lambda: self.p2c(dot.get_center())[0],
            lambda: np.array([x, height()]),
        )
        return reading.set_z_index(1)

    def perpendicular(self, index: int, parameters: ArrayLike) -> VGroup:
        """The shortest way from a point to the line as the picture has it, with its right angle."""
        point = self.dots[index].get_center()
        curve = np.column_stack([self.samples, self.loss.prediction(parameters, self.samples)])
        corners = self.c2p(curve)
        along = np.diff(corners, axis=0)
        shares = np.sum((point - corners[:-1]) * along, axis=1) / np.sum(along**2, axis=1)
        feet = corners[:-1] + np.clip(shares, 0, 1)[:, np.newaxis] * along
        nearest = int(np.argmin(np.linalg.norm(feet - point, axis=1)))
        foot, line = feet[nearest], along[nearest] / np.linalg.norm(along[nearest])
        up = (point - foot) / np.linalg.norm(point - foot)
        way = DashedLine(point, foot, dash_length=0.09).set_stroke(PALETTE.ink, STROKE.residual)
        square = [foot + 0.2 * side for side in (line, line + up, up)]
        angle = VMobject().set_points_as_corners(square).set_stroke(PALETTE.ink, STROKE.contour)
        bind(
            way,
            "foot of the perpendicular",
            lambda: self.p2c(way.get_end())[0][1],
            lambda: self.loss.prediction(parameters, self.p2c(way.get_end())[0][0]),
        )
        return VGroup(way, angle)

    def falling(self) -> NDArray[np.float64] | None:
        """Parameters of the line from the upper left to the lower right, if the model has one.

        It solves prediction(x) = y at the panel's two ends, for a model linear in its parameters.
        """
        ends = self.samples[[0, -1]]
        base, *units = self.loss.prediction([(0, 0), (1, 0), (0, 1)], ends)
        matrix = np.column_stack([unit - base for unit in units])
        if not self.loss.is_quadratic or np.linalg.cond(matrix) > WORST_CONDITION:
            return None
        heights = self.y.high - self.y.span * np.array([0.15, 0.88])
        return np.asarray(np.linalg.solve(matrix, heights - base), dtype=float)

    def _ends(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Point and prediction of each residual in the picture, shape (n, 2, 3)."""
        lesson = self.loss.lesson
        below = self.c2p(np.column_stack([lesson.x, lesson.y]))
        above = self.c2p(np.column_stack([lesson.x, lesson.y + self.loss.residuals(parameters)]))
        return np.stack([below, above], axis=1)
