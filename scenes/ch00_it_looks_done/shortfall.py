"""Shortfall: where a parameter stands, where the best is, and how much is missing, in per cent."""

from collections.abc import Callable, Sequence

import numpy as np
from manim import RIGHT, UP, Line, Star, VGroup, VMobject

from gdmath import FloatArray, to_typst
from gdmath.descent import CLOSE
from scenes.ch00_it_looks_done.story import Story
from scenes.kit.frame import Region
from scenes.kit.proof.trace import bind, decoration
from scenes.kit.text import Quantity, Readout, formula, maths, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import live
from scenes.kit.wording import Number, fill, fixed, significant

THICKNESS = 14
BETWEEN = 0.18
"""Units between the star and the number at the best."""
STAR = 1.0
"""Units that the star and the gaps about it take."""
BASE = 0.55
"""Height of the row's baseline, as a share of its region."""
REACH = 0.5
"""Share of the width that ``most`` of what is missing takes."""


class Shortfall(VGroup):
    """``name`` in Typst is ``at()``; the best is ``goal``, written ``best``.

    The bar below is as long as what is missing, a share of the best that is ``most`` at first; a
    tick says what is close.
    """

    def __init__(
        self,
        region: Region,
        name: str,
        at: Callable[[], float],
        goal: float,
        best: Number,
        most: float,
    ) -> None:
        self.off: Callable[[], float] = lambda: abs(at() / goal - 1) if goal else 0.0
        base = np.array([region.left, region.bottom + BASE * region.height, 0])
        room = region.width - maths(best, SIZE.equation).width - STAR
        longest = max(
            maths(formula("{s} = {x}", s=name, x=significant(value))).width
            for value in (at(), goal)
        )
        size = SIZE.equation * min(1.0, room / longest)
        self.value = Quantity(name, lambda: significant(at()), base, size, PALETTE.parameters)
        star = Star(n=5, outer_radius=0.14, color=PALETTE.ink, fill_opacity=1, stroke_width=0)
        aim = VGroup(decoration(star), maths(best, SIZE.equation)).arrange(RIGHT, buff=BETWEEN)
        self.aim = aim.shift((base[1] - aim[1].get_bottom()[1]) * UP).set_x(region.right, RIGHT)
        self.unit = REACH * region.width / most
        low = base - 0.5 * UP
        self.start = low
        bar = VMobject().set_stroke(PALETTE.ink, THICKNESS)
        live(bar, lambda b: b.set_points_as_corners([low, self._end()]), self._now)
        bind(bar, "share missing", lambda: [bar.width / self.unit], self._now)
        tick = Line(low + 0.2 * UP, low - 0.2 * UP).shift(CLOSE * self.unit * RIGHT)
        bind(
            tick,
            "what is close",
            lambda: [(tick.get_x() - low[0]) / self.unit],
            lambda: [CLOSE],
        )
        self.bar = VGroup(bar, tick.set_stroke(PALETTE.muted, 3))
        off = words("off", SIZE.equation)
        seat(off, np.array([region.right - off.width, low[1] - 0.14, 0]))
        digits = off.get_left()[0] - 1.35
        number = Readout(
            lambda: fill("{n} %", n=fixed(100 * self.off(), 1)),
            np.array([digits, low[1] - 0.14, 0]),
            SIZE.equation,
            quantity="per cent missing",
        )
        self.missing = VGroup(self.bar, number, off)
        super().__init__(self.value, self.aim, self.missing)

    def _now(self) -> np.ndarray:
        return np.array([self.off()])

    def _end(self) -> np.ndarray:
        return np.asarray(self.start + self.off() * self.unit * RIGHT)


def shortfalls(
    rows: Sequence[Region], story: Story, at: Callable[[], FloatArray]
) -> tuple[Shortfall, ...]:
    """One for each parameter in the ``rows``, the one first that is asked for first."""
    most, names = max(story.off.max(), 2 * CLOSE), story.loss.lesson.parameters
    return tuple(
        Shortfall(
            row,
            to_typst(names[k]),
            lambda k=k: float(at()[k]),  # type: ignore[misc]
            float(story.theory.minimum[k]),
            story.numbers(k)[1],
            most,
        )
        for k, row in zip((story.asked, 1 - story.asked), rows, strict=True)
    )
