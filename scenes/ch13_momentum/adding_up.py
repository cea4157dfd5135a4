"""Moves add up: a step puts a new one to what is kept of the last."""

import math
from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, UP, DashedLine, Dot, ValueTracker, VGroup, VMobject

from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import LiveArrow, MapPanel
from scenes.kit.maps.live_arrow import between
from scenes.kit.panels.beside import beside
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind
from scenes.kit.run import Run
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import Number, fill

LEFT_OVER = 0.03
"""What is missing of the sum of all moves when no more are drawn, as a share of it."""
REACH = 1.08
"""How far up there is room, as a share of that sum."""


def step_ahead(map_: MapPanel, clock: DescentClock, rate: float) -> LiveArrow:
    """The step that plain descent would take from where the clock's descent is."""
    return LiveArrow(
        map_,
        lambda: clock.parameters,
        lambda: -rate * map_.loss.gradient(clock.parameters),
        "step against the slope",
    )


def move_ahead(map_: MapPanel, clock: DescentClock) -> LiveArrow:
    """The move that the clock's descent is making, evenly from one to the next."""
    moves = np.diff(clock.trajectory.parameters, axis=0)
    return LiveArrow(
        map_, lambda: clock.parameters, lambda: between(moves, clock.time), "move", PALETTE.ink
    )


CLEAR = 0.2
"""Radius about a dot, in units, that names keep clear of."""


class Addition(VGroup):
    """How momentum's move after ``step`` is made, by `stage`.

    From 0 to 1 the last move slides to the dot, to 2 it shrinks to its ``share``, to 3 the new step
    is put to it.
    """

    def __init__(self, map_: MapPanel, run: Run, share: float, step: int = 1) -> None:
        before, here, after = run.trajectory.parameters[step - 1 : step + 2]
        last, self.stage = here - before, ValueTracker(0)

        def part(begin: float) -> float:
            return float(np.clip(self.stage.get_value() - begin, 0, 1))

        def kept() -> Parameters:
            return np.asarray((1 - (1 - share) * part(1)) * last)

        def added() -> Parameters:
            return np.asarray(part(2) * (after - here - share * last))

        self.kept = LiveArrow(
            map_, lambda: before + part(0) * last, kept, "kept of the last move", PALETTE.ink
        )
        self.added = LiveArrow(map_, lambda: here + kept(), added, "new step")
        super().__init__(self.kept, self.added)
        self.map_, self.ends = map_, map_.c2p([here, here + share * last, after])

    def names(self, percent: Number) -> tuple[VMobject, VMobject]:
        """What the two arrows are, beside the middle of each."""
        room = self.map_.inside(self.map_.region)
        start, middle, end = self.ends
        across = DOWN + RIGHT if (end - start)[0] * (end - start)[1] > 0 else UP + RIGHT
        kept = words(fill("{percent} % of it", percent=percent), SIZE.equation)
        added = words("the new step", SIZE.equation)
        taken: list[VMobject] = [Dot(start, radius=CLEAR), Dot(end, radius=CLEAR)]
        for name, place in ((kept, (start + middle) / 2), (added, (middle + end) / 2)):
            name.set_stroke(PALETTE.background, STROKE.arrow, background=True)
            allow("overlap", self.map_.rings, name, reason="rings may pass beneath its dark rim")
            at = VMobject().set_points_as_corners([place, place])
            # The dot goes straight from the first end to the last.
            beside(name, at, across, room, [self.ends, self.ends[[0, 2]]], taken)
            taken.append(name)
        return kept, added


class Chain(Plane):
    """What is left of each move is put onto the last, arrow on arrow, step by step up to a limit.

    `lengths` names the first of the `arrows` beside them, `limit` and `sum` are their ``total``.
    """

    def __init__(
        self, region: Region, share: float, lengths: Sequence[Number], total: Number
    ) -> None:
        whole = 1 / (1 - share)
        count = max(len(lengths), math.ceil(math.log(LEFT_OVER) / math.log(share)))
        height = Scale(0, REACH * whole, '"length of a move, in steps of plain descent"')
        super().__init__(region, Scale(0, count, '"step"'), height)
        parts = share ** np.arange(count)
        sums = np.cumsum(parts)
        self.arrows = [
            LiveArrow(self, (k, end - part), (0, part), "left of a move", PALETTE.ink)
            for k, (part, end) in enumerate(zip(parts, sums, strict=True))
        ]
        self.lengths = [
            words(length, SIZE.equation).next_to(arrow, RIGHT, buff=0.15)
            for arrow, length in zip(self.arrows, lengths, strict=False)
        ]
        self.sum = words(total, SIZE.equation).next_to(self.point(0, whole), UP + RIGHT, buff=0.1)
        ends = [(0, whole), (count, whole)]
        self.limit = DashedLine(*self.c2p(ends)).set_stroke(PALETTE.ink, STROKE.line)
        bind(
            self.limit,
            "sum of all moves",
            lambda: self.p2c([self.limit.get_start(), self.limit.get_end()]),
            lambda: np.array(ends),
        )
