"""BowlSpace maps parameters and loss to places in the picture, and back."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from manim import UP, Animation, ValueTracker
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import label

from gdmath import Convergence, NumericLoss
from gdmath.landscape import Bounds, grid
from gdmath.surrogate import surrogate
from scenes.ch08_the_bowl.depth.edge_axis import EdgeAxis
from scenes.ch08_the_bowl.depth.surface import FACES
from scenes.ch08_the_bowl.depth.viewpoint import State, Viewpoint, at
from scenes.kit.frame import Region
from scenes.kit.plane import without_round_off

Array = NDArray[np.float64]

MARGIN, HEADROOM = 1.2, 2.0
ROUNDEST = 0.8
HEIGHT = 0.58
SAMPLES = 401
HALVINGS = 12
"""Times that the step between two samples is halved at a steep rim, against saw teeth."""
SETTLED = 4
"""Rounds after which the size of the bowl and the room left for its numbers agree."""
AIR = 0.15
"""Units left free around the bowl: views between two that fill the region may reach beyond."""
STATIONS = 6
SLENDER, ASKEW = 2.5, np.radians(35)
NEARBY = np.radians(sorted(range(-20, 21, 2), key=abs))


class BowlSpace:
    """The loss over a rectangle of parameters about the minimum, filling ``region``.

    The rectangle holds all of ``seen`` (k, 2). Where a steep loss would dwarf them the surface is
    cut off level, at `ceiling`; it stands on the floor at `base`, which is 0 unless all losses are
    far above it. `spread` tells how much of the surface is unfolded about its slice through the
    minimum: 0 is the slice alone, 1 the whole.
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
        highest, lowest = float(loss.value(seen).max()), convergence.minimum_loss
        self.region, self.viewpoint = region, viewpoint
        self.loss, self.surrogate = loss, surrogate(loss)
        self.inner = Region(
            region.left + AIR, region.bottom + AIR, region.right - AIR, region.top - AIR
        )
        self.minimum = convergence.minimum
        self.base = 0.0 if 0 <= lowest < highest / 2 else lowest - 0.1 * (highest - lowest)
        about = bounds_about(self.surrogate, self.minimum, seen)
        limit, held = lowest + HEADROOM * (highest - lowest), np.vstack([seen, self.minimum])
        self.bounds, self.ceiling = cut(self.surrogate, about, limit, held)
        (a0, a1), (b0, b1) = self.bounds
        self.corners = np.array([(a, b) for a in (a0, a1) for b in (b0, b1)])
        self.middle = self.corners.mean(axis=0)
        self.half = self.corners[-1] - self.middle
        self.scale = min(region.width / (a1 - a0), region.height / (b1 - b0))
        self.height = HEIGHT * region.height
        self.rise = self.height / (self.ceiling - self.base)
        self.spread = ValueTracker(1.0)
        self.scales: list[EdgeAxis] = []
        self._sheet: tuple[float, Array] = (np.nan, np.zeros(0))

    def space(self, parameters: Array, value: ArrayLike) -> Array:
        """Parameters (..., 2) at the height of ``value`` (...) → (..., 3), z up from the floor."""
        height = self.rise * (np.asarray(value, dtype=float) - self.base)
        height = np.broadcast_to(height, parameters.shape[:-1])
        return np.concatenate([(parameters - self.middle) * self.scale, height[..., None]], axis=-1)

    def picture(self, space: Array, viewpoint: Viewpoint | None = None) -> Array:
        """Where points in space (..., 3) appear; the bowl turns about its middle."""
        seen = np.zeros(space.shape)
        viewpoint = viewpoint or self.viewpoint
        seen[..., :2] = viewpoint.project(space - np.array([0, 0, self.height / 2]))
        return seen + self.region.centre

    def point(self, parameters: ArrayLike, value: ArrayLike | None = None) -> Array:
        """Where (..., 2) parameters appear, (..., 3): at the height ``value`` or their loss."""
        parameters = np.asarray(parameters, dtype=float)
        value = self.loss.value(parameters) if value is None else value
        return self.picture(self.space(parameters, value))

    def floor(self, parameters: ArrayLike) -> Array:
        """Where (..., 2) parameters appear on the map: (..., 3)."""
        return self.point(parameters, self.base)

    def loss_at(self, points: Array, parameters: ArrayLike) -> Array:
        """The loss that points (..., 3) above known parameters (..., 2) show: `point` inverted."""
        above = (points - self.floor(parameters))[..., 1]
        return np.asarray(above / (self.rise * self.viewpoint.lift()) + self.base)

    def parameters_under(self, points: Array, value: ArrayLike) -> Array:
        """The parameters (..., 2) under points (..., 3) at known losses (...)."""
        above = (np.asarray(value, dtype=float) - self.base) * self.rise * self.viewpoint.lift()
        return self.parameters_at(points - np.multiply.outer(above, UP))

    def parameters_at(self, points: Array) -> Array:
        """The parameters (..., 2) that points (..., 3) on the floor show: `floor` inverted."""
        flat = np.asarray(points - self.floor(self.middle))[..., :2]
        places = self.viewpoint.floor_under(flat) / self.scale + self.middle
        return without_round_off(places, np.abs(self.corners).max(axis=0))

    def view(self, azimuth: float, elevation: float, around: Iterable[EdgeAxis] = ()) -> State:
        """A state of the viewpoint: looking from there, with bowl and scales filling the region.

        There is room for the scales that then show, and for those ``around``.
        """
        there = Viewpoint(azimuth, elevation)
        floor, lid = (self.space(self.corners, value) for value in (self.base, self.ceiling))
        # The scale of the loss stands on the leftmost edge and reaches all the way up.
        post = lid[[there.project(lid)[:, 0].argmin()]]
        outline = np.vstack([floor, self.rim, post]) - [0, 0, self.height / 2]
        outline = there.project(outline)
        size, middle = np.ptp(outline, axis=0), (outline.min(axis=0) + outline.max(axis=0)) / 2
        room, shown = self.inner, [*around]
        for _ in range(SETTLED):
            zoom = float(min(room.width / size[0], room.height / size[1]))
            right, up = (room.centre - self.region.centre)[:2] - zoom * middle
            there.look((azimuth, elevation, zoom, right, up))
            # What once had room keeps it: numbers that come and go by it would never settle.
            shown += [scale for scale in self.scales if scale not in shown and scale.shows(there)]
            if not shown:
                break
            texts = np.vstack([scale.boxes(there) for scale in shown])
            solid = room.centre[:2] + zoom / 2 * np.multiply.outer([-1, 1], size)
            low, high = texts[:, :2].min(axis=0), texts[:, 2:].max(axis=0)
            left, bottom = np.maximum(solid[0] - low, 0)
            right, top = np.maximum(high - solid[1], 0)
            room = Region(
                self.inner.left + left,
                self.inner.bottom + bottom,
                self.inner.right - right,
                self.inner.top - top,
            )
        return there.state

    def seen_from(self, azimuth: float, elevation: float) -> Animation:
        """Turn the viewpoint there; at each of the STATIONS the bowl fills the region."""
        course = np.linspace(self.viewpoint.state[:2], (azimuth, elevation), STATIONS + 1).tolist()
        views = [self.view(*station) for station in course]
        shown = [[scale for scale in self.scales if scale.shows(at(view))] for view in views]
        # A scale gives way to another somewhere between two of these views: both leave it room.
        for k in range(1, STATIONS):
            turn, tilt = course[k]
            views[k] = self.view(turn, tilt, {*shown[k - 1], *shown[k + 1]})
        return self.viewpoint.turn(*views[1:])

    def clear_azimuth(self, azimuth: float, elevation: float, drift: float = 0.0) -> float:
        """The azimuth next to this one from which the bowl and its scales are well seen.

        That is not along a slender bowl, and, of those NEARBY, one from where most of the scales
        show, and after a ``drift`` from there as well.
        """
        across, along = self.half
        if max(across / along, along / across) > SLENDER:
            middle = 0 if across > along else float(np.copysign(np.pi / 2, azimuth))
            azimuth = float(np.clip(azimuth, middle - ASKEW, middle + ASKEW))

        def shown(turn: float) -> float:
            views = [at(self.view(turn + more, elevation)) for more in (0.0, drift)]
            return min(sum(scale.shows(view) for scale in self.scales) for view in views)

        return float(max(azimuth + NEARBY, key=shown))

    def nodes(self) -> Array:
        """The corners of the unfolded surface in space, (FACES + 1, FACES + 1, 3)."""
        spread = float(self.spread.get_value())
        if spread != self._sheet[0]:
            self._sheet = spread, self.unfolded(spread)
        return self._sheet[1]

    def unfolded(self, spread: float) -> Array:
        """The same corners when ``spread`` of the surface is unfolded."""
        second = np.linspace(*self.bounds[1], FACES + 1)
        second = self.minimum[1] + spread * (second - self.minimum[1])
        fine = np.linspace(*self.bounds[0], SAMPLES)
        values = self.surrogate.value(np.stack(np.meshgrid(fine, second), axis=-1))
        # Where the loss has no value the surface ends, as it does where that is too high.
        values[np.isnan(values)] = np.inf
        limit = np.maximum(self.ceiling, values.min(axis=1))
        inside = values <= limit[:, None]
        first, last = inside.argmax(axis=1), SAMPLES - 1 - inside[:, ::-1].argmax(axis=1)
        before, after = np.maximum(first - 1, 0), np.minimum(last + 1, SAMPLES - 1)
        left = self._rim_between(fine[first], fine[before], second, limit)
        right = self._rim_between(fine[last], fine[after], second, limit)
        rows = np.linspace(left, right, FACES + 1, axis=1)
        parameters = np.stack(np.broadcast_arrays(rows, second[:, None]), axis=-1)
        return self.space(parameters, self.surrogate.value(parameters))

    def _rim_between(self, inner: Array, outer: Array, second: Array, limit: Array) -> Array:
        """Between these first parameters, (k,) each, the last with a loss within ``limit``."""
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            within = self.surrogate.value(np.column_stack([middle, second])) <= limit
            inner, outer = np.where(within, middle, inner), np.where(within, outer, middle)
        return inner

    @cached_property
    def rim(self) -> Array:
        """The edge of the whole surface in space, (k, 3)."""
        sheet = self.unfolded(1.0)
        return np.vstack([sheet[0], sheet[-1], sheet[:, 0], sheet[:, -1]])


def bounds_about(loss: NumericLoss, minimum: Array, seen: Array) -> Bounds:
    """A rectangle about the minimum that holds ``seen`` (k, 2), nearly square if it can be.

    The narrow side is not widened to where the loss is higher than anywhere in ``seen``: a
    direction in which the loss is steep stays narrow.
    """
    reach = MARGIN * np.abs(seen - minimum).max(axis=0)
    reach = np.where(reach > 0, reach, reach.max() or 1.0)
    narrow = int(np.argmin(reach))
    wider = np.linspace(reach[narrow], max(reach[narrow], ROUNDEST * reach.max()), SAMPLES)
    sides = minimum + np.stack([wider, -wider])[..., None] * np.eye(2)[narrow]
    fits = (loss.value(sides) <= loss.value(seen).max()).all(axis=0)
    reach[narrow] = wider[fits].max(initial=reach[narrow])
    (a, b), (across, along) = minimum.tolist(), reach.tolist()
    return (a - across, a + across), (b - along, b + along)


def cut(loss: NumericLoss, bounds: Bounds, limit: float, held: Array) -> tuple[Bounds, float]:
    """The part of the rectangle about ``held`` (k, 2) with losses up to ``limit``, and the highest.

    Where the loss falls again beyond a ridge, it is cut at the ridge.
    """
    first, second, values = grid(loss, bounds, (SAMPLES, SAMPLES))
    inside = np.isfinite(values) & (values <= limit)
    low, high = np.transpose(bounds)
    columns, rows = np.rint((held - low) / (high - low) * (SAMPLES - 1)).astype(int).T
    basins, _ = label(inside)
    about = inside & np.isin(basins, basins[rows, columns])
    inside = about if about.any() else inside
    a, b = first[0, inside.any(axis=0)], second[inside.any(axis=1), 0]
    within = (float(a[0]), float(a[-1])), (float(b[0]), float(b[-1]))
    return within, float(values[inside].max())
