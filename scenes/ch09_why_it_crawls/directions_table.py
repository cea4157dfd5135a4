"""DirectionsTable: the numbers of the stiff and of the flat direction, one row each."""

from collections.abc import Callable

import numpy as np
import sympy as sp
from manim import RIGHT, UP, MathTypst, VGroup, VMobject

from gdmath import Convergence
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.equations import RATE, Equation
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import maths, seat, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.numbers import dwindling, fixed, significant
from scenes.kit.wording.written import fill

STIFF_FIRST = (1, 0)
DIGITS = 6
CURVATURE = sp.Symbol("lambda")


class DirectionsTable(VGroup):
    """Its columns come in one by one: names, curvatures, factors, sizes |c|, half-lives.

    ``letter`` stands for c.
    """

    def __init__(
        self,
        region: Region,
        theory: Convergence,
        learning_rate: float,
        clock: DescentClock,
        letter: str,
    ) -> None:
        columns = region.columns(0.5, 1.35, 1.05, 0.8, 1.1, gap=0.2)
        heads, *rows = region.rows(1, 1, 1, gap=0.0)
        self.baselines = [row.centre[1] - 0.1 for row in (heads, *rows)]
        lefts = [column.left for column in columns]
        factor = Equation(1 - RATE * CURVATURE, SIZE.small, color=PALETTE.muted)
        factors, half_lives = theory.factors(learning_rate), theory.half_lives(learning_rate)
        self.names = self._column(lefts[0], None, ["stiff", "flat"])
        self.curvatures = self._column(
            lefts[1],
            heading('"curvature" lambda'),
            [significant(theory.eigenvalues[k], DIGITS) for k in STIFF_FIRST],
        )
        self.factors = self._column(
            lefts[2], factor, [fixed(factors[k], DIGITS) for k in STIFF_FIRST]
        )
        self.half_lives = self._column(
            lefts[4],
            heading('"halved in"'),
            [fill("{n} steps", n=fixed(half_lives[k], 1)) for k in STIFF_FIRST],
        )

        def size(k: int) -> Callable[[], str]:
            walked = np.abs(theory.coordinates(clock.trajectory.parameters))[:, k]
            write = dwindling(walked)
            return lambda: write(float(walked[clock.step]))

        self.sizes = self._column(lefts[3], heading(f'"size" abs({letter})'), ["", ""])
        for row, k in enumerate(STIFF_FIRST, start=1):
            start = np.array([lefts[3], self.baselines[row], 0])
            self.sizes.add(Readout(size(k), start, SIZE.small, PALETTE.parameters, f"|{letter}|"))
        super().__init__(self.names, self.curvatures, self.factors, self.sizes, self.half_lives)

    def _column(self, left: float, head: VMobject | None, entries: list[str]) -> VGroup:
        column = VGroup()
        if head is not None:
            column.add(seat(head, left * RIGHT + self.baselines[0] * UP))
        for entry, baseline in zip(entries, self.baselines[1:], strict=True):
            if entry:
                column.add(seat(words(entry, SIZE.small), left * RIGHT + baseline * UP))
        return column


def heading(markup: str) -> MathTypst:
    """The name of a column."""
    return maths(markup, SIZE.small, PALETTE.muted)
