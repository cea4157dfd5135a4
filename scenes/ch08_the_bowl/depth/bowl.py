"""A Bowl draws the surface of the loss, what lies on it, and the shadow on the map beneath."""

from collections.abc import Callable

import numpy as np
from manim import Dot, VGroup, VMobject
from numpy.typing import ArrayLike
from scipy.ndimage import label

from gdmath.clipping import rings
from scenes.ch08_the_bowl.depth.bowl_space import SAMPLES, Array, BowlSpace
from scenes.ch08_the_bowl.depth.outlines import straight
from scenes.ch08_the_bowl.depth.surface import MESH, Surface
from scenes.kit.clock import DescentClock
from scenes.kit.proof.trace import bind, bind_direction, corners
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, follow, parameters_of, put

HEAD, SHAFT = 0.3, 0.04


class Bowl(BowlSpace):
    """Builders of all that is drawn of the bowl; what they return follows the viewpoint.

    Heights are read back by `loss_at`, places on the map by `parameters_at`.
    """

    def surface(self) -> Surface:
        """The surface, as far as it is unfolded."""
        surface = Surface(self.nodes, self.picture, self.viewpoint, self.height)

        def parameters() -> Array:
            return np.asarray(self.nodes()[MESH, :-1, :2] / self.scale + self.middle)

        bind(
            surface,
            "loss surface",
            lambda: self.loss_at(surface.drawn_rows(), parameters()),
            lambda: self.surrogate.value(parameters()),
        )
        return surface

    def slice_along(self, index: int) -> VMobject:
        """The loss along parameter ``index``, the other held where the minimum is."""
        return self._curve(self.places_along(index)).set_stroke(PALETTE.loss, STROKE.path)

    def places_along(self, index: int) -> Array:
        """The places (k, 2) of that slice about the minimum, as far as it is below the ceiling."""
        places = np.tile(self.minimum, (SAMPLES, 1))
        places[:, index] = np.linspace(*self.bounds[index], SAMPLES)
        basins, _ = label(self.surrogate.value(places) <= self.ceiling)
        nearest = np.abs(places[:, index] - self.minimum[index]).argmin()
        return np.asarray(places[basins == basins[nearest]])

    def rings(self, levels: ArrayLike) -> VGroup:
        """For each of ``levels`` the curves on which the loss is that, lying at that height.

        They make one claim together: a picture has digits for the height of all, and from above too
        few for that of the lowest ring alone.
        """
        pieces = [rings(self.surrogate, level, self.bounds) for level in np.atleast_1d(levels)]
        group = VGroup(*(VGroup(*map(self._risen, ring)) for ring in pieces))
        curves = [curve for ring in group for curve in ring]
        places = np.vstack([piece for ring in pieces for piece in ring])
        heights = self.surrogate.value(places)
        self._claim(
            group,
            "loss on the rings",
            lambda: np.vstack([corners(curve) for curve in curves]),
            lambda: places,
            lambda: heights,
        )
        return group.set_stroke(PALETTE.loss, STROKE.contour)

    def rings_on_map(self, levels: ArrayLike) -> VGroup:
        """The same curves, as the map on the floor shows them."""
        pieces = [rings(self.surrogate, level, self.bounds) for level in np.atleast_1d(levels)]
        group = VGroup(*(VGroup(*map(self._shadow, ring)) for ring in pieces))
        return group.set_stroke(PALETTE.loss, STROKE.contour, 0.3)

    def path(self, clock: DescentClock) -> VMobject:
        """The trajectory up to the clock's step, on the surface."""
        recorded = clock.trajectory

        def walked() -> Array:
            return np.vstack([recorded.parameters[: clock.step + 1], clock.parameters])

        def losses() -> Array:
            return np.append(recorded.losses[: clock.step + 1], self.loss.value(clock.parameters))

        path = self._seen(lambda: self.point(walked(), losses()), lambda: clock.time)
        path.set_stroke(PALETTE.parameters, STROKE.path)
        self._claim(path, "trajectory", lambda: corners(path), walked, losses)
        return path

    def path_on_map(self, clock: DescentClock) -> VMobject:
        """The trajectory up to the clock's step, on the floor."""
        recorded = clock.trajectory.parameters

        def walked() -> Array:
            return self.floor(np.vstack([recorded[: clock.step + 1], clock.parameters]))

        path = self._seen(walked, lambda: clock.time).set_stroke(PALETTE.parameters, STROKE.path)
        bind(
            path,
            "trajectory on the map",
            lambda: self.parameters_at(corners(path)),
            lambda: np.vstack([recorded[: clock.step + 1], clock.parameters]),
        )
        return path

    def dot(self, at: At, radius: float = 0.1) -> Dot:
        """The parameters ``at``, as high as their loss."""
        where = parameters_of(at)
        dot = Dot(radius=radius, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink)
        follow(dot, self._state(where), lambda d: put(d, self.point(where())))
        self._claim(dot, "loss", dot.get_center, where, lambda: self.loss.value(where()))
        return dot

    def dot_on_map(self, at: At, radius: float = 0.07) -> Dot:
        """The parameters ``at`` on the floor, beneath their dot."""
        where = parameters_of(at)
        dot = Dot(radius=radius, color=PALETTE.parameters)
        follow(dot, self._state(where), lambda d: put(d, self.floor(where())))
        bind(dot, "parameters", lambda: self.parameters_at(dot.get_center()), where)
        return dot

    def drop(self, at: At) -> VMobject:
        """The vertical from the floor up to the surface over the parameters ``at``."""
        where = parameters_of(at)
        drop = self._seen(lambda: np.vstack([self.floor(where()), self.point(where())]), where)
        tip, loss = lambda: corners(drop)[-1], lambda: self.loss.value(where())
        self._claim(drop, "loss", tip, where, loss)
        bind(drop, "parameters", lambda: self.parameters_at(corners(drop)[0]), where)
        return drop.set_stroke(PALETTE.loss, STROKE.residual)

    def arrow(self, tail: At, displacement: At, against: At | None = None) -> VMobject:
        """A flat arrow lying on the floor, from ``tail`` over ``displacement``.

        One that claims to go ``against`` a gradient is held to it.
        """
        start, shift = parameters_of(tail), parameters_of(displacement)

        def outline() -> Array:
            foot, move = start(), shift()
            length = float(np.hypot(*move))
            along = move / length if length else move
            aside = np.array([-along[1], along[0]])
            head = min(HEAD / self.scale, 0.6 * length)
            neck, tip = foot + (length - head) * along, foot + move
            wide = 0.4 * head * aside
            thin = min(SHAFT / self.scale, 0.15 * length) * aside
            left, right = [foot + thin, neck + thin, neck + wide], [neck - wide, neck - thin]
            return self.floor(np.array([*left, tip, *right, foot - thin, foot + thin]))

        arrow = self._seen(outline, start, shift).set_fill(PALETTE.gradient, 1)

        def drawn() -> Array:
            left, _, _, tip, _, _, right, _ = self.parameters_at(corners(arrow))
            return np.array([(left + right) / 2, tip])

        bind(arrow, "tail and head", drawn, lambda: np.array([start(), start() + shift()]))
        if against is not None:
            reach = float(np.abs(self.corners).max())
            bind_direction(arrow, "against the gradient", drawn, parameters_of(against), -1, reach)
        return arrow

    def tangent(
        self, tail: At, displacement: At, raised: Callable[[], float] = lambda: 1.0
    ) -> VGroup:
        """The tangent to the surface over such an arrow, and the curtain that hangs between them.

        At ``raised`` 0 it still lies on the floor, at 1 it touches the surface.
        """
        start, shift = parameters_of(tail), parameters_of(displacement)

        def places() -> Array:
            return np.array([start(), start() + shift()])

        def heights() -> Array:
            here = float(self.loss.value(start()))
            there = here + float(self.loss.gradient(start()) @ shift())
            return self.base + raised() * (np.array([here, there]) - self.base)

        def outline() -> Array:
            above, below = self.point(places(), heights()), self.floor(places())
            return np.vstack([below, above[::-1], below[:1]])

        tangent = self._seen(lambda: self.point(places(), heights()), start, shift, raised)
        self._claim(tangent, "tangent", lambda: corners(tangent), places, heights)
        curtain = self._seen(outline, start, shift, raised).set_fill(PALETTE.gradient, 0.18)
        self._claim(curtain, "tangent", lambda: corners(curtain)[[3, 2]], places, heights)
        return VGroup(curtain, tangent.set_stroke(PALETTE.gradient, STROKE.line))

    def _curve(self, places: Array) -> VMobject:
        """The curve on the surface over ``places`` (k, 2)."""
        curve, heights = self._risen(places), self.surrogate.value(places)
        self._claim(
            curve, "loss on the curve", lambda: corners(curve), lambda: places, lambda: heights
        )
        return curve

    def _risen(self, places: Array) -> VMobject:
        """The same, to be claimed with others."""
        standing = self.space(places, self.surrogate.value(places))
        return self._seen(lambda: self.picture(standing))

    def _shadow(self, places: Array) -> VMobject:
        """The curve on the floor through ``places`` (k, 2)."""
        lying = self.space(places, self.base)
        shadow = self._seen(lambda: self.picture(lying))
        bind(
            shadow, "curve on the map", lambda: self.parameters_at(corners(shadow)), lambda: places
        )
        return shadow

    def _claim(
        self,
        mobject: VMobject,
        quantity: str,
        points: Callable[[], Array],
        places: Callable[[], Array],
        heights: Callable[[], Array],
    ) -> None:
        """Claim that ``points()`` are over ``places()``, as high as ``heights()``."""
        reach = max(abs(self.base), abs(self.ceiling))
        bind(mobject, quantity, lambda: self.loss_at(points(), places()), heights, reach)
        bind(
            mobject,
            f"parameters under the {quantity}",
            lambda: self.parameters_under(points(), heights()),
            places,
        )

    def _seen(self, outline: Callable[[], Array], *moved_by: Callable[[], ArrayLike]) -> VMobject:
        """A polyline through ``outline()``, moved by the viewpoint and by all that is named."""
        line = VMobject(stroke_width=0)

        def place(line: VMobject) -> None:
            line.points = straight(outline())

        return follow(line, self._state(*moved_by), place)

    def _state(self, *moved_by: Callable[[], ArrayLike]) -> Callable[[], object]:
        """What `follow` compares: the viewpoint, and the values of ``moved_by``."""
        return lambda: (
            self.viewpoint.state,
            *(np.asarray(value()).tobytes() for value in moved_by),
        )
