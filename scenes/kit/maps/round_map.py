"""A RoundMap is a map in a round window about the minimum; it can turn, close in and be stretched.

A round window is the same however its map is turned. The rings of a quadratic loss about the
minimum are concentric with it, so that every frame has them in closed form; those of any other are
found once, on rays from the minimum.
"""

from collections.abc import Callable

import numpy as np
from manim import Circle, Dot, Star, ValueTracker, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss
from gdmath.local_quadratic import Rays
from scenes.kit.clock import DescentClock, path_so_far
from scenes.kit.frame import Region
from scenes.kit.maps.bands import extremes
from scenes.kit.maps.heights import cased, height_color
from scenes.kit.maps.ring_shapes import (
    arcs_within,
    convex_patch,
    crossing,
    ellipse_arcs,
    patch_within,
)
from scenes.kit.plane import without_round_off
from scenes.kit.proof.trace import bind, corners, decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, follow, live, parameters_of

Matrix = NDArray[np.float64]

ROOM_FOR_NAMES = 0.42
RATIO = 4.0
OUTWARD, INWARD = 8, 14
"""Least numbers of rings beyond the level given, and within it: more than a window shows."""
DEEP, HIGHEST, MANY = 20, 40, 5
"""The same where a window closes in on what is almost a bowl; so MANY at most beyond the level."""
SHADES = 6
AT_RIM = 1e-6
SMALLEST = 0.15
"""Radius in picture units below which a ring is left out, for the star is there."""


class RoundMap(VGroup):
    """The parameters within ``reach`` of the minimum, one ring at ``level``.

    `turn` holds the angle by which the map is turned, `closeness` the logarithm of its reach.
    ``shown`` (2, 2), if given, is asked at every frame which linear map takes θ − θ* to the
    coordinates drawn: the map of the same loss over other parameters; ``highest`` is how far above
    its minimum that then gets. A loss that is not quadratic needs its ``rays``. About the window
    there is ``room`` for names.
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        theory: Convergence,
        reach: float,
        level: float,
        shown: Callable[[], Matrix] = lambda: np.eye(2),
        rays: Rays | None = None,
        highest: float = 0.0,
        room: float = ROOM_FOR_NAMES,
    ) -> None:
        super().__init__()
        self.loss, self.theory, self.shown = rays.loss if rays else loss, theory, shown
        self.middle = region.centre
        self.radius = min(region.width, region.height) / 2 - room
        self.turn, self.closeness = ValueTracker(0.0), ValueTracker(float(np.log(reach)))
        height, highest = level - theory.minimum_loss, rays.highest if rays else highest
        above = np.ceil(np.log(max(highest / height, 1.0)) / np.log(RATIO))
        inward, outward, apart = INWARD, max(OUTWARD, above), 1
        if rays is not None:
            inward, outward = DEEP, int(np.clip(above, 1, HIGHEST))
            apart = -(-outward // MANY)
        self.heights = height * RATIO ** np.r_[-inward:0, 0 : outward + apart : apart][::-1]
        self.outlines = {height: rays.ring(height) for height in self.heights} if rays else {}
        self.bands = self._followed(VGroup(*map(self._band, self.heights)), self._place_band)
        self.rings = self._followed(VGroup(*map(self._ring, self.heights)), self._place_ring)
        self.rim = Circle(self.radius).move_to(self.middle)
        self.rim.set_stroke(PALETTE.scaffold, STROKE.axis)
        self.add(self.bands, decoration(self.rim))

    def view(self) -> Matrix:
        """(2, 2): takes θ − θ*, a column, to the picture, right and up of the window's middle."""
        angle = self.turn.get_value()
        turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        scale = self.radius / np.exp(self.closeness.get_value())
        return np.asarray(scale * turned @ self.shown(), dtype=float)

    def c2p(self, parameters: ArrayLike) -> NDArray[np.float64]:
        """Where each row of ``parameters`` (k, 2) lies in the picture, shape (k, 3)."""
        offsets = (np.atleast_2d(parameters) - self.theory.minimum) @ self.view().T
        return np.asarray(self.middle + np.pad(offsets, ((0, 0), (0, 1))), dtype=float)

    def p2c(self, points: ArrayLike) -> NDArray[np.float64]:
        """The inverse of `c2p`: picture (k, 3) to parameters (k, 2), nought without round-off."""
        offsets = (np.atleast_2d(points) - self.middle)[:, :2]
        minimum, from_there = self.theory.minimum, np.linalg.solve(self.view(), offsets.T).T
        furthest = np.maximum(np.abs(minimum), np.abs(from_there).max(axis=0, initial=0.0))
        return without_round_off(minimum + from_there, furthest)

    def outside(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of the picture's ``points`` (k, 3) lie beyond the rim, (k,)."""
        return np.asarray(np.linalg.norm(points - self.middle, axis=1) > self.radius)

    def dot(self, at: At, radius: float = 0.09, color: str = PALETTE.parameters) -> Dot:
        """The parameters ``at`` as a dot, hidden beyond the rim."""
        where = parameters_of(at)
        dot = Dot(radius=radius, color=color, stroke_width=2, stroke_color=PALETTE.ink)

        def place(dot: Dot) -> None:
            point = self.c2p(where())
            dot.move_to(point[0]).set_opacity(0 if self.outside(point)[0] else 1)

        # Only when it has moved: until then an animation may fade it.
        follow(dot, lambda: (self.view().tobytes(), np.asarray(where()).tobytes()), place)
        bind(dot, "parameters", lambda: self.p2c(dot.get_center())[0], where)
        return cased(dot).set_z_index(3)

    def minimum(self) -> Star:
        """The parameters of least loss, as a star in the middle."""
        star = Star(n=5, outer_radius=0.13, color=PALETTE.ink, fill_opacity=1, stroke_width=0)
        star.shift(self.middle - star.get_center_of_mass())
        middle = star.get_center_of_mass
        bind(star, "minimum", lambda: self.p2c(middle())[0], lambda: self.theory.minimum)
        return cased(star).set_z_index(2)

    def path(self, clock: DescentClock) -> VMobject:
        """The trajectory up to the clock, from where it last came in through the rim."""
        walked = path_so_far(clock)

        def within() -> NDArray[np.float64]:
            (beyond,) = np.nonzero(self.outside(self.c2p(walked())))
            return walked()[beyond[-1] + 1 if beyond.size else 0 :]

        def place(path: VMobject) -> None:
            track = self.c2p(walked())
            (beyond,) = np.nonzero(self.outside(track))
            if beyond.size and beyond[-1] == len(track) - 1:
                path.clear_points()
                return
            if beyond.size:
                track = track[beyond[-1] :]
                track[0] = crossing(track[0], track[1], self.middle, self.radius)
            path.set_points(joined(track))

        path = cased(VMobject().set_stroke(PALETTE.parameters, STROKE.path))
        live(path, place, walked)
        bind(
            path,
            "trajectory",
            # The first corner is where it crosses the rim, if it does.
            lambda: self.p2c(corners(path)[-len(within()) or len(path.points) :]),
            within,
        )
        return path.set_z_index(1)

    def _followed(self, group: VGroup, place: Callable[[VMobject, float], None]) -> VGroup:
        """Place each member of ``group`` for its height, and again when the view has changed."""
        seen = np.full((2, 2), np.nan)

        def follow(group: VGroup) -> None:
            nonlocal seen
            if not np.array_equal(seen, view := self.view()):
                seen = view
                for member, height in zip(group, self.heights, strict=True):
                    place(member, height)

        return live(group, follow, self.view)

    def _ring(self, height: float) -> VMobject:
        ring = VMobject().set_stroke(PALETTE.loss, STROKE.contour)
        level = self.theory.minimum_loss + height

        def on_ring() -> NDArray[np.float64]:
            """Its corners; of a ring found on rays those at the rim are between two that are."""
            points = np.vstack([ring.points[0::4], ring.points[3::4]])
            if not self.outlines:
                return points
            far = np.linalg.norm(points - self.middle, axis=1)
            return np.asarray(points[far < self.radius - AT_RIM])

        def drawn() -> NDArray[np.float64]:
            points = on_ring()
            return self.loss.value(self.p2c(points)) if len(points) else np.empty(0)

        bind(ring, "loss on the ring", drawn, lambda: np.full(len(on_ring()), level))
        return ring

    def _band(self, height: float) -> VMobject:
        band, level = VMobject(), self.theory.minimum_loss + height

        def drawn() -> tuple[float, float]:
            """The loss at the band's edge; at the rim it may be any not above the band's."""
            losses = self.loss.value(self.p2c(band.points[::4]))
            far = np.linalg.norm(band.points[::4] - self.middle, axis=1)
            losses = np.where(far < self.radius - AT_RIM, losses, np.maximum(losses, level))
            return extremes(losses) if len(losses) else (level, level)

        bind(band, "loss at the edge of a band", drawn, lambda: (level, level))
        return band

    def _place_ring(self, ring: VMobject, height: float) -> None:
        arcs, reach = self._arcs(height)
        shown = map(joined, arcs) if reach > SMALLEST else ()
        ring.set_points(np.vstack([np.empty((0, 3)), *shown]))

    def _place_band(self, band: VMobject, height: float) -> None:
        """Fill the ring, as far as it lies within the rim."""
        arcs, reach = self._arcs(height)
        if self.outlines:
            outline = patch_within(self._outline(height), self.middle, self.radius)
        else:
            outline = convex_patch(arcs, reach, self.middle, self.radius)
        band.set_points(joined(outline) if len(outline) and reach > SMALLEST else np.empty((0, 3)))
        near, far = np.linalg.eigvalsh(self._form())
        at_rim = 0.5 * self.radius**2 * np.sqrt(near * far)
        shade = 1 + np.log(height / at_rim) / np.log(RATIO) / SHADES
        band.set_stroke(width=0).set_fill(height_color(float(shade)), 1)

    def _form(self) -> Matrix:
        """(2, 2): the Hessian in the picture, right and up."""
        back = np.linalg.inv(self.view())
        return np.asarray(back.T @ self.theory.hessian @ back, dtype=float)

    def _arcs(self, height: float) -> tuple[list[NDArray[np.float64]], float]:
        """Within the rim, the ring ``height`` above the minimum; and how far all of it reaches."""
        if not self.outlines:
            return ellipse_arcs(self._form(), height, self.middle, self.radius)
        outline = self._outline(height)
        reach = float(np.linalg.norm(outline - self.middle, axis=1).max())
        return arcs_within(outline, self.middle, self.radius), reach

    def _outline(self, height: float) -> NDArray[np.float64]:
        """In the picture, the ring ``height`` above the minimum of a loss that has `outlines`."""
        offsets = self.outlines[height] @ self.view().T
        return np.asarray(self.middle + np.pad(offsets, ((0, 0), (0, 1))), dtype=float)


def joined(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The control points (4(k − 1), 3) of the polyline through ``corners`` (k, 3)."""
    start, along = corners[:-1, np.newaxis], np.diff(corners, axis=0)[:, np.newaxis]
    return np.asarray((start + along * np.linspace(0, 1, 4)[:, np.newaxis]).reshape(-1, 3))
