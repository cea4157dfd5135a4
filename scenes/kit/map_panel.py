"""MapPanel: the loss as a map over the two parameters, with level curves, the path and arrows."""

from itertools import pairwise

import numpy as np
from contourpy import FillType, contour_generator
from manim import Arrow, DashedLine, Dot, ManimColor, Star, VGroup, VMobject, interpolate_color
from numpy.typing import ArrayLike

from gdmath import Convergence, NumericLoss, to_typst
from gdmath.clipping import rings
from gdmath.landscape import grid, levels
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.live import At, live, parameters_of
from scenes.kit.numbers import padded
from scenes.kit.plane import Plane, Scale
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.trace import bind, corners

RINGS = 7
CLOSE_RINGS = 8
GRID = (181, 181)
BRIGHTEST = 0.8
RING_OPACITY = 0.65
"""As faint as a ring may be and still stand out 3:1 from the brightest band."""
MOVE = 1


class MapPanel(Plane):
    """The plane of the parameters (a, b), one scale for both.

    It holds ``seen`` (k, 2) and the minimum, from ``close`` by ``seen`` alone. `rings` are the
    level curves, one of them through ``seen[0]``; `bands` fill the steps between them, darker where
    the loss is lower.
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        convergence: Convergence,
        seen: ArrayLike,
        margin: float = 0.18,
        close: bool = False,
        bare: bool = False,
    ) -> None:
        seen = np.atleast_2d(np.asarray(seen, dtype=float))
        held = seen if close else np.vstack([seen, convergence.minimum])
        names = [to_typst(symbol) for symbol in loss.lesson.parameters]
        x, y = (
            Scale(*padded(column, margin), name, PALETTE.parameters)
            for column, name in zip(held.T, names, strict=True)
        )
        super().__init__(region, x, y, equal=True, bare=bare)
        self.loss, self.convergence = loss, convergence
        self.bounds = ((self.x.low, self.x.high), (self.y.low, self.y.high))
        floor = convergence.minimum_loss
        first, last = (float(value) for value in loss.value(seen[[0, -1]]))
        # From close by the rings are as good as parallel, and two steps apart tell more than powers
        # do.
        even = first + (last - first) / 2 * np.arange(-CLOSE_RINGS, CLOSE_RINGS)
        self.levels = np.sort(even[even > floor]) if close else levels(first, floor, RINGS)
        self.rings = VGroup(*(ring for level in self.levels if len(ring := self.ring(level))))
        self.bands = self._bands(floor)

    def ring(self, level: float) -> VGroup:
        """The curve on which the loss is ``level``, as far as the panel shows it."""
        pieces = rings(self.loss, level, self.bounds)
        ring = VGroup(*(VMobject().set_points_as_corners(self.c2p(p)) for p in pieces))
        ring.set_stroke(PALETTE.loss, STROKE.contour, RING_OPACITY)
        bind(
            ring,
            "loss on the ring",
            lambda: self.loss.value(self.p2c(np.vstack([corners(p) for p in ring]))),
            lambda: np.full(sum(map(len, pieces)), level),
        )
        return ring

    def _bands(self, floor: float) -> VGroup:
        """The sublevel sets of the loss, nested, each darker than the one around it."""
        first, second, values = grid(self.loss, self.bounds, GRID)
        top = float(values.max())
        edges = [*(level for level in self.levels if level < top), top]
        generator = contour_generator(first, second, values, fill_type=FillType.OuterCode)
        background, glow = ManimColor(PALETTE.background), ManimColor(PALETTE.height)
        bands = VGroup()
        for rank, level in enumerate(reversed(edges)):
            band = VMobject(stroke_width=0)
            for polygon, codes in zip(*generator.filled(floor - 1, level), strict=True):
                for outline in np.split(polygon, np.flatnonzero(codes == MOVE)[1:]):
                    band.append_points(VMobject().set_points_as_corners(self.c2p(outline)).points)
            shade = BRIGHTEST * (1 - rank / len(edges)) ** 1.5
            bands.add(band.set_fill(interpolate_color(background, glow, shade), 1))
        return bands

    def dot(self, at: At, radius: float = 0.075) -> Dot:
        """The parameters ``at`` as a dot."""
        where = parameters_of(at)
        dot = live(
            Dot(radius=radius, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink),
            lambda d: d.move_to(self.point(*where())),
            at,
        )
        bind(dot, "parameters", lambda: self.p2c(dot.get_center())[0], where)
        return dot.set_z_index(3)

    def minimum(self) -> Star:
        """The parameters of least loss as a star."""
        target = self.convergence.minimum
        star = Star(n=5, outer_radius=0.12, color=PALETTE.ink, fill_opacity=1, stroke_width=0)
        star.shift(self.point(*target) - star.get_center_of_mass())
        bind(
            star,
            "minimum",
            lambda: self.p2c(star.get_center_of_mass())[0],
            lambda: target,
        )
        return star

    def path(self, clock: DescentClock) -> VMobject:
        """The trajectory up to the clock's step, from where it stays on the map.

        Every corner is a recorded position.
        """
        recorded = clock.trajectory.parameters
        low, high = np.array(self.bounds).T
        outside = np.flatnonzero(np.any((recorded < low) | (recorded > high), axis=1))
        return growing_path(self, clock, recorded, since=outside[-1] + 1 if outside.size else 0)

    def arrow(self, tail: At, displacement: At, color: str = PALETTE.gradient) -> Arrow:
        """An arrow from ``tail`` over ``displacement``, both in units of the parameters."""
        start, shift = parameters_of(tail), parameters_of(displacement)

        def place(arrow: Arrow) -> None:
            arrow.put_start_and_end_on(self.point(*start()), self.point(*(start() + shift())))

        arrow = Arrow(
            self.point(*start()),
            self.point(*(start() + shift())),
            buff=0,
            color=color,
            stroke_width=STROKE.arrow,
            max_tip_length_to_length_ratio=0.3,
            tip_length=0.2,
        )
        if callable(tail) or callable(displacement):
            arrow.add_updater(lambda a: place(a))
        bind(
            arrow,
            "displacement",
            lambda: np.diff(self.p2c([arrow.get_start(), arrow.get_end()]), axis=0)[0],
            shift,
        )
        return arrow.set_z_index(2)

    def legs(self, tail: ArrayLike, head: ArrayLike) -> VGroup:
        """The changes of the two parameters between two points as dashed lines, one by one."""
        (a0, b0), (a1, b1) = np.asarray(tail, dtype=float), np.asarray(head, dtype=float)
        turns = self.c2p([(a0, b0), (a1, b0), (a1, b1)])
        legs = VGroup(*(DashedLine(*ends) for ends in pairwise(turns)))
        legs.set_stroke(PALETTE.parameters, STROKE.residual)
        bind(
            legs,
            "changes of the parameters",
            lambda: np.abs(self.p2c(legs[1].get_end())[0] - self.p2c(legs[0].get_start())[0]),
            lambda: np.abs([a1 - a0, b1 - b0]),
        )
        return legs


def growing_path(
    plane: Plane, clock: DescentClock, positions: ArrayLike, since: int = 0
) -> VMobject:
    """The polyline through ``positions`` (steps + 1, 2), from ``since`` up to the clock's time."""
    recorded = np.asarray(positions, dtype=float)
    whole = plane.c2p(recorded)

    def place(path: VMobject) -> None:
        step, time = clock.step, clock.time
        head = whole[step] + (time - step) * (whole[min(step + 1, len(whole) - 1)] - whole[step])
        path.set_points_as_corners(np.vstack([whole[since : step + 1], head]))

    path = VMobject().set_stroke(PALETTE.parameters, STROKE.path)
    place(path)
    path.add_updater(lambda p: place(p))
    bind(
        path,
        "trajectory",
        lambda: plane.p2c(corners(path))[: clock.step + 1 - since],
        lambda: recorded[since : clock.step + 1],
    )
    return path.set_z_index(1)
