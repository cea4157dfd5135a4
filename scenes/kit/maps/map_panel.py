"""A MapPanel draws the loss as a map over the two parameters: level curves, the path and arrows."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from manim import Arrow, DashedLine, Dot, Star, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss, to_typst
from gdmath.clipping import rings
from gdmath.landscape import Bounds, levels
from gdmath.surrogate import surrogate
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps.bands import bands
from scenes.kit.maps.heights import cased
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind, bind_direction, bind_each, corners
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.updaters import At, live, parameters_of
from scenes.kit.wording.numbers import padded

RINGS = 7
CLOSE_RINGS = 8


class MapPanel(Plane):
    """The plane of the parameters (a, b), one scale for both.

    It holds ``seen`` (k, 2) and the minimum, from ``close`` by ``seen`` alone. `rings` are the
    level curves, one of them through ``seen[0]``; `bands` fill the steps between them, each in the
    colour of its height.
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
        self.loss, self.surrogate, self.convergence = loss, surrogate(loss), convergence
        floor = convergence.minimum_loss
        first, last = (float(value) for value in loss.value(seen[[0, -1]]))
        # From close by the rings are as good as parallel, and two steps apart tell more than powers
        # do.
        even = first + (last - first) / 2 * np.arange(-CLOSE_RINGS, CLOSE_RINGS)
        self.levels = np.sort(even[even > floor]) if close else levels(first, floor, RINGS)
        self.painted, self.ticked = self.levels.tolist(), self
        self.rings = VGroup(*(ring for level in self.levels if len(ring := self.ring(level))))
        self.bands = bands(self, self.surrogate, self.bounds, self.levels.tolist(), floor)

    @property
    def bounds(self) -> Bounds:
        """The part of the plane that it shows."""
        return (self.x.low, self.x.high), (self.y.low, self.y.high)

    def ring(self, level: float) -> VGroup:
        """The curve on which the loss is ``level``, as far as the panel shows it."""
        pieces = rings(self.surrogate, level, self.bounds)
        ring = VGroup(*(VMobject().set_points_as_corners(self.c2p(p)) for p in pieces))
        ring_style(ring)
        bind(
            ring,
            "loss on the ring",
            lambda: self.surrogate.value(self.p2c(np.vstack([corners(p) for p in ring]))),
            lambda: np.full(sum(map(len, pieces)), level),
        )
        return ring

    def dot(self, at: At, radius: float = 0.075) -> Dot:
        """The parameters ``at`` as a dot."""
        where = parameters_of(at)
        dot = live(
            Dot(radius=radius, color=PALETTE.parameters, stroke_width=2, stroke_color=PALETTE.ink),
            lambda d: d.move_to(self.point(*where())),
            at,
        )
        bind(dot, "parameters", lambda: self.p2c(dot.get_center())[0], where)
        return cased(dot).set_z_index(3)

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
        return cased(star)

    def path(self, clock: DescentClock) -> VMobject:
        """The trajectory up to the clock's step, from where it stays on the map."""
        return growing_path(self, clock, clock.trajectory.parameters, lambda: self.entry(clock))

    def entry(self, clock: DescentClock) -> float:
        """When the clock's trajectory comes onto the map to stay; past its end if it does not."""
        recorded = clock.trajectory.parameters
        low, high = np.array(self.bounds).T
        outside = np.flatnonzero(np.any((recorded < low) | (recorded > high), axis=1))
        if not outside.size:
            return 0.0
        last = int(outside[-1])
        if last == clock.trajectory.steps:
            return float(last + 1)
        before, after = recorded[last : last + 2]
        edge = np.clip(before, low, high)
        beyond = edge != before
        return last + float(np.max(((edge - before)[beyond]) / ((after - before)[beyond])))

    def arrow(
        self,
        tail: At,
        displacement: At,
        color: str = PALETTE.gradient,
        against: At | None = None,
    ) -> Arrow:
        """An arrow from ``tail`` over ``displacement``, both in units of the parameters.

        One that claims to go ``against`` a gradient is held to it.
        """
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

        def ends() -> NDArray[np.float64]:
            return self.p2c([arrow.get_start(), arrow.get_end()])

        bind(arrow, "tail and head", ends, lambda: np.array([start(), start() + shift()]))
        if against is not None:
            bind_direction(arrow, "against the gradient", ends, parameters_of(against), -1)
        return cased(arrow).set_z_index(2)

    def legs(self, tail: ArrayLike, head: ArrayLike) -> VGroup:
        """The changes of the two parameters between two points as dashed lines, one by one."""
        (a0, b0), (a1, b1) = np.asarray(tail, dtype=float), np.asarray(head, dtype=float)
        places = np.array([(a0, b0), (a1, b0), (a1, b1)])
        legs = VGroup(*(DashedLine(*ends) for ends in pairwise(self.c2p(places))))
        bind_each(
            legs,
            "change of a parameter",
            lambda leg: self.p2c([leg.get_start(), leg.get_end()]),
            lambda index: places[index : index + 2],
        )
        return cased(legs.set_stroke(PALETTE.parameters, STROKE.residual))


def ring_style(ring: VMobject) -> VMobject:
    """Give a level curve its colour and width; returns it."""
    return ring.set_stroke(PALETTE.loss, STROKE.contour)


def growing_path(
    plane: Plane,
    clock: DescentClock,
    positions: ArrayLike,
    entry: Callable[[], float] = lambda: 0.0,
    quantity: str = "trajectory",
) -> VMobject:
    """The polyline through ``positions`` (steps + 1, 2), from its ``entry`` to the clock's time.

    When it comes in, in steps, is asked anew where the plane has come to show another part.
    """
    recorded = np.asarray(positions, dtype=float)
    window, whole, since = (plane.x, plane.y), plane.c2p(recorded), entry()

    def at(rows: NDArray[np.float64], step: int, time: float) -> NDArray[np.float64]:
        place = rows[step] + (time - step) * (rows[min(step + 1, len(rows) - 1)] - rows[step])
        return np.asarray(place)

    def walked(rows: NDArray[np.float64]) -> NDArray[np.float64]:
        head = at(rows, clock.step, clock.time)
        if clock.time < since:
            return head[np.newaxis]
        first = int(since)
        return np.vstack([at(rows, first, since), rows[first + 1 : clock.step + 1], head])

    def place(path: VMobject) -> None:
        nonlocal window, whole, since
        if window != (plane.x, plane.y):
            window, whole, since = (plane.x, plane.y), plane.c2p(recorded), entry()
        path.set_points_as_corners(walked(whole))

    path = cased(VMobject().set_stroke(PALETTE.parameters, STROKE.path))
    place(path)
    path.add_updater(lambda p: place(p))
    bind(
        path,
        quantity,
        lambda: plane.p2c(corners(path)),
        # A single corner makes no line.
        lambda: walked(recorded)[: None if clock.time >= since else 0],
    )
    return path.set_z_index(1)
