"""A Flock is many descents on one map at once, each dot in the colour of its basin in the end."""

from collections.abc import Iterable
from itertools import repeat

import numpy as np
from manim import Animation, ApplyMethod, Dot, ValueTracker, VGroup, VMobject, rate_functions
from numpy.typing import NDArray

from gdmath import FloatArray, PlainDescent
from gdmath.descent import walk
from gdmath.valleys import basin_of
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel
from scenes.kit.maps.heights import cased
from scenes.kit.proof.trace import bind
from scenes.kit.theme import PALETTE

RADIUS = 0.06
BASINS = PALETTE.flat, PALETTE.stiff
"""The colours of the valleys; of the directions of a bowl nothing is told here."""
STEPS = 1200
"""Steps until all have arrived that ever do."""


class Flock(VGroup):
    """Plain descents from ``starts`` (m, 2), which walk over ``marks`` on the map ``panel``.

    `clock` holds the step that all are at.
    """

    def __init__(self, panel: MapPanel, starts: FloatArray, marks: Iterable[VMobject]) -> None:
        super().__init__()
        rule = PlainDescent(panel.loss.lesson.learning_rate)
        self.panel, self.clock = panel, ValueTracker(0)
        reached = [*walk(repeat(panel.loss, STEPS), rule, starts)]
        self.positions = np.stack([starts, *reached])
        self.basins = basin_of(panel.loss, rule, starts, STEPS)
        self.add(*(cased(Dot(radius=RADIUS).set_fill(PALETTE.ink, 1)) for _ in starts))
        walked_over = "a flock walks over them, and they are seen again when it has passed"
        allow("contrast", panel.rings, *marks, reason=walked_over)
        self.set_z_index(3)
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

    def descend(self, run_time: float) -> Animation:
        """Let all of them walk to the end, their first steps slowly."""
        ease = rate_functions.ease_in_cubic
        return ApplyMethod(self.clock.set_value, STEPS, run_time=run_time, rate_func=ease)

    def rewind(self, run_time: float) -> Animation:
        """Let all of them go back to where they started."""
        ease = rate_functions.ease_out_cubic
        return ApplyMethod(self.clock.set_value, 0, run_time=run_time, rate_func=ease)

    def painted(self) -> VGroup:
        """A copy of the flock where every dot has the colour of its basin."""
        target = self.copy().clear_updaters()
        for dot, basin in zip(target, self.basins, strict=True):
            dot.set_fill(BASINS[basin] if basin >= 0 else PALETTE.loss, 1)
        return target

    def _place(self) -> None:
        for dot, place in zip(self, self.panel.c2p(self.here()), strict=True):
            dot.shift(place - dot.get_center())
