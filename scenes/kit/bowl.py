"""Bowl: the loss as a surface over the two parameters, with the path on it and its shadow on the map beneath."""

from collections.abc import Callable

import numpy as np
from manim import Dot, ValueTracker, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss
from gdmath.clipping import rings
from gdmath.landscape import Bounds, grid
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.live import At, parameters_of
from scenes.kit.surface import FACES, MESH, Surface, straight
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.trace import bind
from scenes.kit.viewpoint import Viewpoint

Array = NDArray[np.float64]

MARGIN = 1.2
HEAD, SHAFT = 0.28, 0.035
ROUNDEST = 0.8
HEADROOM = 2.0
HEIGHT = 0.58
SAMPLES = 401


class Bowl:
    """The loss over a rectangle of parameters about the minimum, standing in ``region``, which the map fills.

    The rectangle holds every one of ``seen`` (k, 2) parameters; where a steep loss would dwarf them, the surface
    is cut off level, at `ceiling`. Builders return mobjects that follow the viewpoint; heights are read back by
    `loss_at`, places on the floor by `parameters_at`. `spread` is how much of the surface has been unfolded about
    the slice through the minimum: 0 is the slice, 1 all of it.
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        convergence: Convergence,
        seen: ArrayLike,
        viewpoint: Viewpoint,
    ) -> None:
        seen = np.atleast_2d(np.asarray(seen, dtype=float))
        self.loss, self.viewpoint, self.minimum = loss, viewpoint, convergence.minimum
        highest = float(loss.value(seen).max())
        lowest = convergence.minimum_loss
        # Losses far above zero stand on a floor of their own: their bowl would be a flat lid on a tower.
        self.base = 0.0 if 0 <= lowest < highest / 2 else lowest - 0.1 * (highest - lowest)
        self.bounds = bounds_about(loss, self.minimum, seen)
        limit = highest + (HEADROOM - 1) * (highest - lowest)
        self.bounds, self.ceiling = cut(loss, self.bounds, limit)
        (a0, a1), (b0, b1) = self.bounds
        self.middle = np.array([a0 + a1, b0 + b1]) / 2
        self.half = np.array([a1 - a0, b1 - b0]) / 2
        self.centre = region.centre
        self.scale = min(region.width / (a1 - a0), region.height / (b1 - b0))
        self.height = HEIGHT * region.height
        self.rise = self.height / (self.ceiling - self.base)
        self.spread = ValueTracker(1.0)
        self._sheet: tuple[float, Array] = (np.nan, np.zeros(0))

    def space(self, parameters: Array, value: ArrayLike) -> Array:
        """Parameters (..., 2) at the height of the loss ``value`` → (..., 3), z up from the floor."""
        height = self.rise * (np.asarray(value, dtype=float) - self.base)
        height = np.broadcast_to(height, parameters.shape[:-1])
        return np.concatenate([(parameters - self.middle) * self.scale, height[..., None]], axis=-1)

    def picture(self, space: Array) -> Array:
        """Where points in space (..., 3) appear."""
        seen = self.viewpoint.project(space - np.array([0, 0, self.height / 2]))
        seen[..., 2] = 0
        return seen + self.centre

    def point(self, parameters: ArrayLike, value: ArrayLike | None = None) -> Array:
        """Where (..., 2) parameters appear, by default at the height of the loss there: (..., 3)."""
        parameters = np.asarray(parameters, dtype=float)
        return self.picture(
            self.space(parameters, self.loss.value(parameters) if value is None else value)
        )

    def floor(self, parameters: ArrayLike) -> Array:
        """Where (..., 2) parameters appear on the map: (..., 3)."""
        return self.point(parameters, self.base)

    def loss_at(self, points: Array, parameters: ArrayLike) -> Array:
        """The loss that picture points (..., 3) over known parameters (..., 2) show; the inverse of `point`."""
        lift = self.rise * np.cos(self.viewpoint.angles[1])
        return np.asarray((points - self.floor(parameters))[..., 1] / lift + self.base)

    def parameters_at(self, points: Array) -> Array:
        """The parameters (..., 2) that picture points (..., 3) on the floor show; the inverse of `floor`."""
        flat = np.asarray(points - self.floor(self.middle))[..., :2]
        return self.viewpoint.floor_under(flat) / self.scale + self.middle

    def nodes(self) -> Array:
        """The corners of the unfolded surface in space, (FACES + 1, FACES + 1, 3): rows at one second parameter."""
        spread = self.spread.get_value()
        if spread != self._sheet[0]:
            across, along = (np.linspace(*limits, FACES + 1) for limits in self.bounds)
            second = self.minimum[1] + spread * (along - self.minimum[1])
            fine = np.linspace(*self.bounds[0], SAMPLES)
            values = self.loss.value(np.stack(np.meshgrid(fine, second), axis=-1))
            inside = values <= np.maximum(self.ceiling, values.min(axis=1, keepdims=True))
            first, last = fine[inside.argmax(axis=1)], fine[::-1][inside[:, ::-1].argmax(axis=1)]
            share = (across - across[0]) / (across[-1] - across[0])
            rows = first[:, None] + share * (last - first)[:, None]
            parameters = np.stack([rows, np.broadcast_to(second[:, None], rows.shape)], axis=-1)
            self._sheet = spread, self.space(parameters, self.loss.value(parameters))
        return self._sheet[1]

    def surface(self) -> Surface:
        """The surface as far as it is unfolded."""
        surface = Surface(self.nodes, self.picture, self.viewpoint, self.height)

        def parameters() -> Array:
            return self.nodes()[MESH, :-1, :2] / self.scale + self.middle

        bind(
            surface,
            "loss surface",
            lambda: self.loss_at(surface.drawn_rows(), parameters()),
            lambda: self.loss.value(parameters()),
        )
        return surface

    def slice(self, index: int) -> VMobject:
        """The loss along parameter ``index`` with the other held where the minimum is."""
        corners = np.tile(self.minimum, (SAMPLES, 1))
        corners[:, index] = np.linspace(*self.bounds[index], SAMPLES)
        return self.curve(corners[self.loss.value(corners) <= self.ceiling], STROKE.path)

    def ring(self, level: float) -> VGroup:
        """The curve on which the loss is ``level``, at its own height and as far as the bowl reaches."""
        pieces = rings(self.loss, level, self.bounds)
        return VGroup(*(self.curve(piece, STROKE.contour) for piece in pieces))

    def curve(self, parameters: Array, width: float, color: str = PALETTE.loss) -> VMobject:
        """The curve on the surface over the corners ``parameters`` (k, 2)."""
        heights = self.loss.value(parameters)
        curve = self._seen(lambda: self.point(parameters, heights), fixed=True).set_stroke(
            color, width
        )
        bind(
            curve,
            "loss on the curve",
            lambda: self.loss_at(ends(curve), parameters),
            lambda: self.loss.value(parameters),
        )
        return curve

    def path(self, clock: DescentClock, floor: bool = False) -> VMobject:
        """The trajectory up to the clock's step, on the surface or as the map shows it."""
        recorded = clock.trajectory

        def corners() -> Array:
            done = slice(clock.step + 1)
            here = clock.parameters
            walked = np.vstack([recorded.parameters[done], here])
            losses = np.append(recorded.losses[done], self.loss.value(here))
            return self.floor(walked) if floor else self.point(walked, losses)

        path = self._seen(corners).set_stroke(PALETTE.parameters, STROKE.path)
        bind(
            path,
            "trajectory",
            (lambda: self.parameters_at(ends(path)[:-1]))
            if floor
            else (lambda: self.loss_at(ends(path)[:-1], recorded.parameters[: clock.step + 1])),
            (lambda: recorded.parameters[: clock.step + 1])
            if floor
            else (lambda: recorded.losses[: clock.step + 1]),
        )
        return path

    def dot(self, at: At, radius: float = 0.1) -> Dot:
        """The parameters ``at`` on the surface, as high as their loss."""
        where = parameters_of(at)
        dot = Dot(radius=radius, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        dot.add_updater(lambda d: d.move_to(self.point(where())), call_updater=True)
        bind(
            dot,
            "height of the dot",
            lambda: self.loss_at(dot.get_center(), where()),
            lambda: self.loss.value(where()),
        )
        return dot

    def shadow(self, at: At, radius: float = 0.07) -> Dot:
        """The parameters ``at`` on the map beneath."""
        where = parameters_of(at)
        shadow = Dot(radius=radius, color=PALETTE.parameters)
        shadow.add_updater(lambda d: d.move_to(self.floor(where())), call_updater=True)
        bind(shadow, "parameters", lambda: self.parameters_at(shadow.get_center()), where)
        return shadow

    def drop(self, at: At) -> VMobject:
        """The vertical from the map up to the surface over the parameters ``at``: as long as the loss."""
        where = parameters_of(at)
        drop = self._seen(lambda: np.vstack([self.floor(where()), self.point(where())]))
        bind(
            drop,
            "loss",
            lambda: self.loss_at(ends(drop)[-1], where()),
            lambda: self.loss.value(where()),
        )
        return drop.set_stroke(PALETTE.loss, STROKE.residual)

    def arrow(self, tail: At, displacement: At, color: str = PALETTE.gradient) -> VMobject:
        """A flat arrow lying on the map, from ``tail`` over ``displacement`` in units of the parameters."""
        start, shift = parameters_of(tail), parameters_of(displacement)

        def outline() -> Array:
            way = shift()
            length = float(np.hypot(*way))
            along = way / length if length else way
            aside = np.array([-along[1], along[0]])
            head = min(HEAD / self.scale, 0.6 * length)
            neck, tip = start() + (length - head) * along, start() + way
            wide, thin = 0.42 * head * aside, min(SHAFT / self.scale, 0.16 * length) * aside
            foot = start()
            return self.floor(
                [
                    tip,
                    neck + wide,
                    neck + thin,
                    foot + thin,
                    foot - thin,
                    neck - thin,
                    neck - wide,
                    tip,
                ]
            )

        arrow = self._seen(outline).set_fill(color, 1).set_stroke(color, 1)

        def drawn() -> Array:
            tip, *_, left, right, _, _, _ = ends(arrow)
            return self.parameters_at(tip) - self.parameters_at((left + right) / 2)

        bind(arrow, "displacement", drawn, shift)
        return arrow

    def slope(self, tail: At, displacement: At) -> VGroup:
        """The tangent to the surface over an arrow on the map, and the curtain that hangs from one to the other."""
        start, shift = parameters_of(tail), parameters_of(displacement)

        def heights() -> Array:
            here = float(self.loss.value(start()))
            return np.array([here, here + float(self.loss.gradient(start()) @ shift())])

        def over() -> Array:
            return np.array([start(), start() + shift()])

        tangent = self._seen(lambda: self.point(over(), heights()))
        curtain = self._seen(
            lambda: np.vstack(
                [self.floor(over()), self.point(over(), heights())[::-1], self.floor(start())[None]]
            )
        )
        bind(tangent, "tangent", lambda: self.loss_at(ends(tangent), over()), heights)
        return VGroup(
            curtain.set_fill(PALETTE.gradient, 0.16),
            tangent.set_stroke(PALETTE.gradient, STROKE.line),
        )

    def _seen(self, corners: Callable[[], Array], fixed: bool = False) -> VMobject:
        """A polyline through ``corners()`` in the picture; with ``fixed`` only the viewpoint moves it."""
        line = VMobject(stroke_width=0)

        def place(line: VMobject) -> None:
            if fixed and getattr(line, "seen_from", None) == self.viewpoint.angles:
                return
            line.seen_from = self.viewpoint.angles  # type: ignore[attr-defined]
            line.points = straight(corners())

        line.add_updater(lambda m: place(m), call_updater=True)
        return line


def ends(line: VMobject) -> Array:
    """The corners (k, 3) of a polyline."""
    return np.vstack([line.points[:1], line.points[3::4]])


def bounds_about(loss: NumericLoss, minimum: Array, seen: Array) -> Bounds:
    """A rectangle about the minimum that holds ``seen``, widened towards a square while that stays in the bowl.

    It is not widened to where the loss is higher than anywhere in ``seen``: a steep direction is narrow.
    """
    reach = MARGIN * np.abs(seen - minimum).max(axis=0)
    reach = np.where(reach > 0, reach, reach.max() or 1.0)
    narrow = int(np.argmin(reach))
    wider = np.linspace(reach[narrow], max(reach[narrow], ROUNDEST * reach.max()), SAMPLES)
    sides = minimum + np.stack([wider, -wider])[..., None] * np.eye(2)[narrow]
    fits = (loss.value(sides) <= loss.value(seen).max()).all(axis=0)
    reach[narrow] = wider[fits].max(initial=reach[narrow])
    return tuple((float(m - r), float(m + r)) for m, r in zip(minimum, reach, strict=True))  # type: ignore[return-value]


def cut(loss: NumericLoss, bounds: Bounds, limit: float) -> tuple[Bounds, float]:
    """The part of the rectangle that holds all losses up to ``limit``, and the highest loss then drawn."""
    first, second, values = grid(loss, bounds, (SAMPLES, SAMPLES))
    inside = np.isfinite(values) & (values <= limit)
    columns, rows = first[0, inside.any(axis=0)], second[inside.any(axis=1), 0]
    within = (float(columns[0]), float(columns[-1])), (float(rows[0]), float(rows[-1]))
    return within, float(values[inside].max())
