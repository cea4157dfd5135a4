"""The bowl: the loss as a surface over the parameters, seen from a viewpoint that can move.

The projection is parallel, so that the view from straight above is the map itself, lengths and all: the flat map
and the surface are one picture, and tilting it shows the height that was there all along.
"""

from collections.abc import Callable

import numpy as np
from manim import Dot, Line, ManimColor, Polygon, ValueTracker, VGroup, VMobject, interpolate_color
from numpy.typing import ArrayLike, NDArray

from gdmath import NumericLoss, to_typst
from gdmath.landscape import contours
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.live import At, parameters_of
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.trace import bind
from scenes.kit.typeset import maths

FACES = 22
CURVE_SAMPLES = 80
TOP, FRONT = np.pi / 2, 0.0


class Viewpoint:
    """Where the bowl is looked at from: `azimuth` turns it about the vertical, `elevation` π/2 is from above."""

    def __init__(self, azimuth: float = 0.0, elevation: float = TOP) -> None:
        self.azimuth, self.elevation = ValueTracker(azimuth), ValueTracker(elevation)

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Parallel projection of (..., 3) to (..., 3): right, up in the picture, and nearness to the viewer."""
        turn, tilt = self.azimuth.get_value(), self.elevation.get_value()
        x, y, z = np.moveaxis(points, -1, 0)
        right = x * np.cos(turn) - y * np.sin(turn)
        away = x * np.sin(turn) + y * np.cos(turn)
        up = away * np.sin(tilt) + z * np.cos(tilt)
        return np.stack([right, up, z * np.sin(tilt) - away * np.cos(tilt)], axis=-1)


class Bowl:
    """The loss over a rectangle of parameters ((a0, a1), (b0, b1)), standing in a region of the picture.

    ``scale`` is picture units for one unit of a parameter; ``rise`` picture units for one unit of loss. Builders
    return mobjects that follow the viewpoint; everything is read back by `loss_at`.
    """

    def __init__(
        self,
        loss: NumericLoss,
        bounds: tuple[tuple[float, float], tuple[float, float]],
        centre: NDArray[np.float64],
        scale: float,
        rise: float,
        viewpoint: Viewpoint,
    ) -> None:
        self.loss, self.bounds, self.centre = loss, bounds, centre
        self.scale, self.rise, self.viewpoint = scale, rise, viewpoint
        self.middle = np.mean(bounds, axis=1)

    @classmethod
    def in_region(
        cls,
        region: Region,
        loss: NumericLoss,
        bounds: tuple[tuple[float, float], tuple[float, float]],
        viewpoint: Viewpoint,
        tallest: float = 0.5,
    ) -> "Bowl":
        """A bowl whose map fits the region seen from above, and whose highest corner rises ``tallest`` of its height."""
        (a0, a1), (b0, b1) = bounds
        scale = min(region.width / (a1 - a0), region.height / (b1 - b0))
        corners = np.array([(a, b) for a in (a0, a1) for b in (b0, b1)])
        rise = tallest * region.height / float(loss.value(corners).max())
        return cls(loss, bounds, region.centre, scale, rise, viewpoint)

    def point(self, parameters: ArrayLike, value: ArrayLike | None = None) -> NDArray[np.float64]:
        """Where (a, b) at height ``value``, by default the loss there, appears: (..., 2) → (..., 3)."""
        parameters = np.asarray(parameters, dtype=float)
        height = self.loss.value(parameters) if value is None else np.asarray(value, dtype=float)
        height = np.broadcast_to(height, parameters.shape[:-1])
        space = np.concatenate(
            [(parameters - self.middle) * self.scale, self.rise * height[..., None]], axis=-1
        )
        seen = self.viewpoint.project(space)
        return np.concatenate([seen[..., :2], 0 * seen[..., 2:]], axis=-1) + self.centre

    def loss_at(self, points: NDArray[np.float64], parameters: ArrayLike) -> NDArray[np.float64]:
        """The height that a picture point (..., 3) over known parameters (..., 2) shows; the inverse of `point`."""
        floor = self.point(parameters, 0.0)
        lift = self.rise * np.cos(self.viewpoint.elevation.get_value())
        return np.asarray((points - floor)[..., 1] / lift, dtype=float)

    def surface(self) -> VGroup:
        """The surface as translucent faces, the far ones drawn first, brighter where the loss is higher."""
        a, b = (np.linspace(low, high, FACES + 1) for low, high in self.bounds)
        nodes = np.stack(np.meshgrid(a, b, indexing="ij"), axis=-1)
        heights = self.loss.value(nodes)
        middles = (heights[1:, 1:] + heights[:-1, :-1]) / 2
        shade = np.sqrt(middles / heights.max())
        low, high = ManimColor("#16294A"), ManimColor(PALETTE.loss)
        faces = [
            Polygon(*np.zeros((4, 3)))
            .set_fill(interpolate_color(low, high, float(s)), 0.62)
            .set_stroke(interpolate_color(low, high, min(1.0, float(s) + 0.25)), 1, 0.55)
            for s in shade.ravel()
        ]

        def place(group: VGroup) -> None:
            seen = self.point(nodes)
            ring = np.stack(
                [seen[:-1, :-1], seen[1:, :-1], seen[1:, 1:], seen[:-1, 1:], seen[:-1, :-1]], axis=2
            ).reshape(-1, 5, 3)
            starts, ends = ring[:, :-1, None], ring[:, 1:, None]
            along = np.linspace(0, 1, 4)[None, None, :, None]
            for face, points in zip(faces, (starts + along * (ends - starts)).reshape(-1, 16, 3), strict=True):
                face.points = points
            turn = self.viewpoint.azimuth.get_value()
            away = nodes @ np.array([np.sin(turn), np.cos(turn)])
            depth = (away[1:, 1:] + away[:-1, :-1]).ravel()
            group.submobjects = [faces[k] for k in np.argsort(-depth, kind="stable")]

        surface = VGroup(*faces)
        place(surface)
        surface.add_updater(lambda s: place(s))
        middle = FACES // 2
        bind(
            surface,
            "loss surface",
            lambda: self.loss_at(faces[middle].points[0], nodes[0, middle]),
            lambda: heights[0, middle],
        )
        return surface

    def curve(self, parameters: ArrayLike, color: str, width: float, floor: bool = False) -> VMobject:
        """The curve on the surface over the corners ``parameters`` (k, 2), or their shadow on the floor."""
        corners = np.asarray(parameters, dtype=float)
        heights = np.zeros(len(corners)) if floor else self.loss.value(corners)
        return self._following(lambda: (corners, heights), color, width)

    def slice(self, index: int, through: ArrayLike) -> VMobject:
        """The loss along parameter ``index`` with the other one held as in ``through`` (2,)."""
        corners = np.tile(np.asarray(through, dtype=float), (CURVE_SAMPLES, 1))
        corners[:, index] = np.linspace(*self.bounds[index], CURVE_SAMPLES)
        return self.curve(corners, PALETTE.loss, STROKE.path)

    def ring(self, level: float) -> VGroup:
        """The level curve of the loss at its own height."""
        curves = contours(self.loss, [level], self.bounds)[0]
        low, high = np.array(self.bounds).T
        inside = [c for c in curves if np.all((c >= low) & (c <= high))]
        return VGroup(*(self.curve(c, PALETTE.loss, STROKE.contour) for c in inside))

    def path(self, clock: DescentClock) -> VMobject:
        """The trajectory on the surface, up to the clock's step."""
        recorded = clock.trajectory

        def corners() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            walked = np.vstack([recorded.parameters[: clock.step + 1], clock.parameters])
            return walked, self.loss.value(walked)

        path = self._following(corners, PALETTE.parameters, STROKE.path)
        bind(
            path,
            "trajectory on the surface",
            lambda: self.loss_at(path.get_anchors()[::2], recorded.parameters[: clock.step + 1]),
            lambda: recorded.losses[: clock.step + 1],
        )
        return path

    def dot(self, at: At, floor: bool = False) -> Dot:
        """The parameters ``at`` on the surface at the height of their loss, or on the floor beneath."""
        where = parameters_of(at)
        dot = Dot(radius=0.09, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        dot.add_updater(
            lambda d: d.move_to(self.point(where(), 0.0 if floor else None)), call_updater=True
        )
        bind(
            dot,
            "height of the dot",
            lambda: self.loss_at(dot.get_center(), where()),
            lambda: 0.0 if floor else self.loss.value(where()),
        )
        return dot

    def drop(self, at: At) -> Line:
        """The vertical from the floor up to the surface over the parameters ``at``: as long as the loss."""
        where = parameters_of(at)

        def ends() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            return np.array([where(), where()]), np.array([0.0, float(self.loss.value(where()))])

        return self._following(ends, PALETTE.loss, STROKE.residual)

    def frame(self) -> VGroup:
        """The rectangle of parameters on the floor, with the names of both parameters and of the loss."""
        (a0, a1), (b0, b1) = self.bounds
        floor = np.array([(a0, b0), (a1, b0), (a1, b1), (a0, b1), (a0, b0)])
        outline = self._following(lambda: (floor, np.zeros(5)), PALETTE.scaffold, STROKE.axis)
        names = [to_typst(symbol) for symbol in self.loss.lesson.parameters]
        beside = np.array([((a0 + a1) / 2, b0), (a0, (b0 + b1) / 2)])
        outward = np.array([(0.0, -0.06 * (b1 - b0)), (-0.06 * (a1 - a0), 0.0)])
        labels = VGroup()
        for name, place in zip(names, beside + outward, strict=True):
            label = maths(name, SIZE.label, PALETTE.parameters)
            label.add_updater(
                lambda m, place=place: m.move_to(self.point(place, 0.0)), call_updater=True
            )
            labels.add(label)
        return VGroup(outline, labels)

    def _following(
        self,
        corners: Callable[[], tuple[NDArray[np.float64], NDArray[np.float64]]],
        color: str,
        width: float,
    ) -> VMobject:
        """A polyline through (parameters, heights) that is placed anew whenever the viewpoint moves."""
        line = VMobject().set_stroke(color, width)
        line.add_updater(
            lambda m: m.set_points_as_corners(self.point(*corners())), call_updater=True
        )
        return line
