"""Flock: many descents on one map at once, every dot in the colour of the basin where it ends."""

from itertools import repeat

import numpy as np
from manim import Dot, ValueTracker, VGroup
from numpy.typing import ArrayLike, NDArray

from gdmath import NumericLoss, UpdateRule
from gdmath.descent import walk
from gdmath.valleys import basin_of
from scenes.kit.maps.map_panel import MapPanel
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE

RADIUS = 0.045
BASINS = (PALETTE.parameters, PALETTE.ink)


class Flock(VGroup):
    """A dot for each of ``starts`` (m, 2), moved by ``rule``; `clock` holds the step all are at."""

    def __init__(
        self, panel: MapPanel, loss: NumericLoss, rule: UpdateRule, starts: ArrayLike, steps: int
    ) -> None:
        super().__init__()
        first = np.asarray(starts, dtype=float)
        self.panel, self.clock = panel, ValueTracker(0)
        reached = [position for _, position in walk(repeat(loss, steps), rule, first)]
        self.positions = np.stack([first, *reached])
        self.basins = basin_of(loss, rule, first, steps)
        self.add(*(Dot(radius=RADIUS).set_fill(PALETTE.muted, 0.9) for _ in first))
        self._place()
        self.add_updater(lambda _: self._place())
        bind(
            self,
            "many descents",
            lambda: panel.p2c([dot.get_center() for dot in self]),
            self.here,
        )

    def here(self) -> NDArray[np.float64]:
        """Where every descent is, (m, 2), on the straight segments between its steps."""
        time = float(np.clip(self.clock.get_value(), 0, len(self.positions) - 1))
        step = min(int(time), len(self.positions) - 2)
        share = time - step
        here: NDArray[np.float64] = (1 - share) * self.positions[step] + share * self.positions[
            step + 1
        ]
        return here

    def painted(self) -> VGroup:
        """A copy of the flock where every dot has the colour of its basin."""
        target = self.copy().clear_updaters()
        for dot, basin in zip(target, self.basins, strict=True):
            dot.set_fill(BASINS[basin] if basin >= 0 else PALETTE.muted, 0.9)
        return target

    def _place(self) -> None:
        for dot, place in zip(self, self.panel.c2p(self.here()), strict=True):
            dot.shift(place - dot.get_center())
