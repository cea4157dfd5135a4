"""A Bowl is a map of the loss that can be tilted, and builds what stands on it as high as the loss.

All of it is one polyline or another over places of the map, and follows the viewpoint.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import numpy as np
from manim import UP, Dot, Star, ValueTracker, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss
from gdmath.clipping import rings
from gdmath.surrogate import surrogate
from scenes.ch08_the_bowl.depth.basin import Basin
from scenes.ch08_the_bowl.depth.viewpoint import Viewpoint, inset
from scenes.kit.clock import DescentClock, path_so_far
from scenes.kit.frame import Region
from scenes.kit.maps import MapPanel
from scenes.kit.maps.heights import cased
from scenes.kit.maps.map_panel import RINGS
from scenes.kit.plane import without_round_off
from scenes.kit.proof.trace import bind, corners
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, at_every_frame, follow, parameters_of, put

Array = NDArray[np.float64]
Live = Callable[[], Array]
Risen = float | Array | Callable[[], float | Array]
"""How far from the floor to the surface, at each place."""
V = TypeVar("V", bound=VMobject)

HEIGHT = 0.52
"""How high the rim stands, as a share of the height of the map."""
MARGIN = 0.03
RATIO = 4.0
"""Each ring of the map is that many times as high as the next one below."""
ASKEW = np.radians(46)
FAR = 0.35
"""How far back a place has to be, as a share of how far out, to be at the far side."""
GLOW = 4 * STROKE.contour, 0.18
"""Width and opacity of the light about a ring."""
BARELY = 1e-3
"""How far a unit of height has to reach up in the picture, for heights to be seen at all."""


class Bowl(MapPanel):
    """The map about a `basin` that holds ``seen`` (k, 2), looked at from `viewpoint`.

    What the map builds lies on the floor. `risen` is how far its rings have risen from there to
    the surface, one after the other.
    """

    def __init__(
        self, region: Region, loss: NumericLoss, convergence: Convergence, seen: Array
    ) -> None:
        self.basin = Basin(surrogate(loss), convergence, seen)
        self.base, self.light = convergence.minimum_loss, ValueTracker(1.0)
        room = self.inside(region)
        self.rise = HEIGHT * room.height / (self.basin.level - self.base)
        self.viewpoint = Viewpoint(room, inset(region))
        held = np.vstack([seen[:1], self.basin.rim])
        super().__init__(region, loss, convergence, held, margin=MARGIN)
        rim, ground = self.basin.rim, self.p2c(self.bands[:2][-1].points)
        low, high = self.space(rim, self.base), self.space(rim, self.heights(rim))
        self.viewpoint.hold(np.vstack([self.space(ground, self.base), low, high]))
        at_every_frame(self._lay(self.bands), self._shine)

    def space(self, places: ArrayLike, losses: ArrayLike) -> Array:
        """Parameters (..., 2) at the height of ``losses`` (...) → points in space (..., 3)."""
        rows = np.asarray(places, dtype=float)
        middle, unit = self._scale
        height = self.rise * (np.asarray(losses, dtype=float) - self.base)
        height = np.broadcast_to(height, rows.shape[:-1])
        return np.concatenate([(rows - middle) * unit, height[..., np.newaxis]], axis=-1)

    def over(self, places: ArrayLike, losses: ArrayLike) -> Array:
        """Where parameters (..., 2) at the height of ``losses`` (...) are in the picture."""
        return self.viewpoint.see(self.space(places, losses))

    def heights(self, places: ArrayLike, risen: ArrayLike = 1.0) -> Array:
        """The heights over ``places`` (..., 2), ``risen`` (...) from the floor to the surface."""
        values = self.surrogate.value(np.asarray(places, dtype=float))
        return np.asarray(self.base + np.asarray(risen) * (values - self.base))

    def point(self, x: float, y: float) -> Array:
        """Where (x, y) lies on the floor, shape (3,)."""
        return self.viewpoint.lay(super().point(x, y))

    def c2p(self, coordinates: ArrayLike) -> Array:
        """Where each row of ``coordinates`` (k, 2) lies on the floor: (k, 3)."""
        return self.over(coordinates, self.base)

    def p2c(self, points: ArrayLike) -> Array:
        """The inverse of `c2p`."""
        middle, unit = self._scale
        flat = self.viewpoint.flat(np.atleast_2d(np.asarray(points, dtype=float)))
        places = (flat - self.viewpoint.room.centre)[:, :2] / unit + middle
        return without_round_off(places, np.abs(self.bounds).max(axis=1))

    def unit(self) -> Array:
        """Picture units for one unit of each parameter as seen from above, shape (2,)."""
        return self._scale[1]

    @cached_property
    def _scale(self) -> tuple[Array, Array]:
        """The parameters in the middle of the map, and `unit`: manim takes long to tell places."""
        low, high = np.transpose(self.bounds)
        here, there = super().c2p([low, high])
        return (low + high) / 2, (there - here)[:2] / (high - low)

    def share(self, losses: ArrayLike) -> Array:
        """How high ``losses`` (...) are on the scale of colours, on which bands are even steps."""
        top = float(self.levels[-1]) - self.base
        above = np.maximum(np.asarray(losses, dtype=float) - self.base, 1e-9 * top)
        return np.asarray(1 + (np.log(above / top) / np.log(RATIO) - 0.5) / RINGS)

    def line(self, places: At, losses: At, quantity: str) -> VMobject:
        """A polyline over ``places`` (k, 2) as high as ``losses`` (k,)."""
        where, height, line = parameters_of(places), parameters_of(losses), VMobject()
        follow(
            line,
            self._state(where, height),
            lambda line: line.set_points_as_corners(self.over(where(), height())),
        )
        self._claim(line, quantity, lambda: corners(line), where, height)
        return line

    def curve(self, places: At, quantity: str, risen: Risen = 1.0) -> VMobject:
        """The same, ``risen`` (k,) from the floor to the surface over ``places``."""
        where, share = parameters_of(places), shared(risen)
        if callable(places):
            return self.line(places, lambda: self.heights(where(), share()), quantity)
        above = self.heights(where()) - self.base
        return self.line(places, lambda: self.base + share() * above, quantity)

    def ring(self, level: float) -> "Ring":
        """The curve on which the loss is ``level``; as it rises it comes to lie on the surface."""
        pieces = rings(self.surrogate, level, self.bounds)
        return Ring(self, [part for piece in pieces for part in self.basin.within(piece)])

    def minimum(self) -> Star:
        """The parameters of least loss as a star that lies on the floor."""
        return self._lay(super().minimum())

    def path(self, clock: DescentClock, risen: Risen = 0.0) -> VMobject:
        """The trajectory up to the clock's step."""
        path = self.curve(path_so_far(clock), "trajectory", risen)
        return cased(path.set_stroke(PALETTE.parameters, STROKE.path))

    def dot(self, at: At, radius: float = 0.07, risen: Risen = 0.0) -> Dot:
        """The parameters ``at`` as a dot."""
        where, share = parameters_of(at), shared(risen)
        dot = Dot(radius=radius, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)

        def height() -> Array:
            return self.heights(where(), share())

        follow(dot, self._state(where, height), lambda d: put(d, self.over(where(), height())))
        self._claim(dot, "loss", dot.get_center, where, height)
        return cased(dot).set_z_index(3)

    def facing(self, place: Array) -> float:
        """The azimuth from which the basin lies nearly across, and ``place`` at its far side."""
        right, up = self.basin.longest * self.unit()
        lying = -np.arctan2(up, right)
        right, up = (place - self.basin.minimum) * self.unit()
        turns = np.add.outer([lying, lying + np.pi], [-ASKEW, ASKEW]).ravel()
        away = right * np.sin(turns) + up * np.cos(turns)
        aside = np.where(
            away > FAR * np.hypot(right, up), np.abs(right * np.cos(turns) - up * np.sin(turns)), -1
        )
        best = turns[np.lexsort([np.cos(turns), aside.round(6)])[-1]]
        return float((best + np.pi) % (2 * np.pi) - np.pi)

    def drop(self, at: At, risen: Risen = 1.0) -> VMobject:
        """The vertical from the floor up to ``at`` as far as that has risen."""
        where, share = parameters_of(at), shared(risen)
        drop = self.curve(
            lambda: np.stack([where(), where()]), "loss", lambda: np.array([0.0, share()])
        )
        return drop.set_stroke(PALETTE.loss, STROKE.residual)

    def loss_over(self, points: Array, places: Array) -> Array:
        """The loss (...) that ``points`` (..., 3) over known ``places`` (..., 2) show."""
        above = points - self.c2p(np.atleast_2d(places)).reshape(points.shape)
        return np.asarray(above[..., 1] / (self.rise * self.viewpoint.lift) + self.base)

    def _lay(self, flat: V) -> V:
        """Have what is drawn flat lie on the floor."""
        parts = [(part, part.points.copy()) for part in flat.family_members_with_points()]

        def lie(_: V) -> None:
            for part, points in parts:
                part.points = self.viewpoint.lay(points)

        return follow(flat, lambda: self.viewpoint.state, lie)

    def _shine(self, bands: VGroup) -> None:
        """Let the bands be as bright as the `light` has it; raised, there is no floor beyond."""
        around = float(np.clip(2 * self.viewpoint.flatness - 1, 0, 1))
        for rank, band in enumerate(bands):
            opacity = self.light.get_value() * (1.0 if rank else around)
            if band.get_fill_opacity() != opacity:
                band.set_fill(opacity=opacity)

    def _claim(
        self, mobject: VMobject, quantity: str, points: Live, places: Live, losses: Live
    ) -> None:
        """Claim that ``points()`` are over ``places()``, as high as ``losses()``."""

        def height() -> Array:
            seen = self.viewpoint.lift > BARELY
            return self.loss_over(points(), places()) if seen else losses()

        def under() -> Array:
            above = self.rise * self.viewpoint.lift * (losses() - self.base)
            return self.p2c(points() - np.multiply.outer(above, UP)).reshape(places().shape)

        bind(mobject, quantity, height, losses, abs(self.basin.level))
        bind(mobject, f"parameters under the {quantity}", under, places)

    def _state(self, *moved_by: Live) -> Callable[[], object]:
        """What `follow` compares: the viewpoint, and the values of ``moved_by``."""
        return lambda: (self.viewpoint.state, *(np.asarray(m()).tobytes() for m in moved_by))


def shared(risen: Risen) -> Live:
    """``risen`` as a function."""
    return (lambda: np.asarray(risen())) if callable(risen) else parameters_of(risen)


class Ring(VGroup):
    """The pieces (k, 2) of a level curve, `risen` from the map to the surface of a ``bowl``."""

    def __init__(self, bowl: Bowl, pieces: list[Array]) -> None:
        self.risen = ValueTracker(0.0)
        curves = (bowl.curve(piece, "loss on the ring", self.risen.get_value) for piece in pieces)
        super().__init__(*curves)
        self.set_stroke(PALETTE.loss, STROKE.contour)
        self.set_stroke(PALETTE.loss, *GLOW, background=True)
