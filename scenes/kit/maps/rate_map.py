"""A RateMap is a small map of the descent at one learning rate, its rate and its loss above."""

import numpy as np
from manim import DOWN, Dot, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss, descend
from gdmath.rules import Momentum
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.maps.heights import cased
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind, corners
from scenes.kit.text.quantity import Quantity
from scenes.kit.text.typeset import seat, words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import follow
from scenes.kit.wording.numbers import as_given, significant

HEADER = 0.5
GAP = 0.3
DIGITS = 4
RADIUS = 0.07


class RateMap(VGroup):
    """The descent from the lesson's start with ``learning_rate``, as far as the map shows it.

    `clock` runs it; `map`, `head` (the rate and the loss), `path` and `dot` are its parts. A path
    that leaves the map ends at its border, and its dot goes out as it gets there. With a
    ``momentum``, be it none at all, the descent carries it, and the head names it too.
    """

    def __init__(
        self,
        region: Region,
        loss: NumericLoss,
        convergence: Convergence,
        learning_rate: float,
        seen: ArrayLike,
        steps: int,
        momentum: float | None = None,
    ) -> None:
        super().__init__()
        self.learning_rate = learning_rate
        # Without momentum the rule is plain descent, to the last bit.
        rule = Momentum(learning_rate, momentum or 0.0)
        self.clock = DescentClock(descend(loss, rule, loss.lesson.start, steps))
        lines = 1 if momentum is None else 2
        body = Region(region.left, region.bottom, region.right, region.top - lines * HEADER)
        self.map = MapPanel(body, loss, convergence, seen, bare=True)
        line = np.array([region.left, region.top - 0.32, 0.0])
        rate = Quantity("eta", lambda: as_given(learning_rate), line, SIZE.small)
        across = max(0.42 * region.width, rate.width + GAP)
        middle = line + np.array([across, 0.0, 0.0])
        self.head = VGroup(rate)
        at = middle
        if momentum is not None:
            beta = as_given(momentum)
            self.head.add(Quantity("beta", lambda: beta, middle, SIZE.small))
            at = line + HEADER * DOWN
            name = words("momentum" if momentum else "plain", SIZE.small, PALETTE.muted)
            edge = np.array([region.right - name.width, at[1], 0.0])
            self.head.add(seat(name, edge))
        self.head.add(Quantity("L", self._loss, at, SIZE.small, PALETTE.loss))
        self.path, self.dot = self._path(), self._dot()
        star = self.map.minimum()
        self.add(self.map.bands, self.map.rings, star, self.map, self.head, self.path, self.dot)

    def _loss(self) -> str:
        return significant(float(self.clock.trajectory.losses[self.clock.step]), DIGITS)

    def inside(self, parameters: NDArray[np.float64], margin: float = 0.0) -> bool:
        """Whether the map shows ``parameters`` (2,), ``margin`` units of the picture within it."""
        low, high = np.array(self.map.bounds).T
        inset = margin / self.map.unit()
        return bool(np.all((parameters >= low + inset) & (parameters <= high - inset)))

    def walked(self) -> NDArray[np.float64]:
        """The positions so far (k, 2), up to where the map ends."""
        clock = self.clock
        whole = np.vstack([clock.trajectory.parameters[: clock.step + 1], clock.parameters])
        beyond = [k for k, position in enumerate(whole) if not self.inside(position)]
        if not beyond:
            return whole
        last, out = whole[beyond[0] - 1], whole[beyond[0]]
        low, high = np.array(self.map.bounds).T
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(out > high, (high - last) / (out - last), 1.0)
            shares = np.where(out < low, (low - last) / (out - last), shares)
        border = last + float(shares.min()) * (out - last)
        return np.vstack([whole[: beyond[0]], border])

    def _path(self) -> VMobject:
        def place(path: VMobject) -> None:
            path.set_points_as_corners(self.map.c2p(self.walked()))

        path = cased(VMobject().set_stroke(PALETTE.parameters, STROKE.contour))
        follow(path, lambda: self.clock.time, place)
        bind(path, "descent at the rate", lambda: self.map.p2c(corners(path)), self.walked)
        return path.set_z_index(1)

    def _dot(self) -> Dot:
        def place(dot: Dot) -> None:
            here = self.walked()[-1]
            gone = bool((here != self.clock.parameters).any()) or not self.inside(here, RADIUS)
            dot.move_to(self.map.point(*here)).set_opacity(0 if gone else 1)

        dot = Dot(radius=RADIUS, color=PALETTE.parameters)
        # Not at every frame: while the map fades its dot fades with it.
        follow(dot, lambda: self.clock.time, place)
        bind(
            dot,
            "parameters at the rate",
            lambda: self.map.p2c(dot.get_center())[0],
            lambda: self.walked()[-1],
        )
        return cased(dot).set_z_index(3)
