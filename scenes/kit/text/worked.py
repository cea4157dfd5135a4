"""A worked derivation as lines of mathematics: each grows out of a copy of the one above."""

import numpy as np
import sympy as sp
from manim import LEFT, Animation, FadeIn, Transform, VGroup
from numpy.typing import NDArray

from gdmath import Derivation
from gdmath.derivation.correspondence import correspond
from gdmath.trees import Path
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, Colouring, Equation, Rewrite
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE

LEFT_SIDE: Path = (0,)
RIGHT_SIDE: Path = (1,)
SIZE_OF_LINES = 36.0
GAP = 0.7


class WorkedDerivation(VGroup):
    """The steps from ∂L/∂θ to its final form in a region, one line each, the rule's name beside it.

    `lines[0]` is the definition; `lines[k]` follows by ``steps[k - 1]``, and `grow(k)` animates
    just that.
    The left-hand side is written once; the signs of equality stand in one column.
    """

    def __init__(
        self,
        region: Region,
        derivation: Derivation,
        parameter: sp.Symbol,
        colouring: Colouring,
        size: float = SIZE_OF_LINES,
    ) -> None:
        super().__init__()
        self.parameter, self.steps = parameter, derivation.steps(parameter)
        slope = sp.Derivative(LOSS, parameter, evaluate=False)
        forms = [self.steps[0].before, *(step.after for step in self.steps)]
        self.lines = [
            Equation(sp.Eq(slope, form, evaluate=False), size, colouring, as_written=True)
            for form in forms
        ]
        self.rules = VGroup(*(words(step.rule, SIZE.small, PALETTE.muted) for step in self.steps))
        widest = max(line.width for line in self.lines)
        room = region.width - self.rules.width - GAP
        fit = min(1.0, room / widest)
        left = region.centre[0] - (fit * widest + GAP + self.rules.width) / 2
        self.right = left + fit * widest + GAP
        margin, second_margin = np.array([left, 0, 0]), np.array([self.right, 0, 0])
        for line, row in zip(self.lines, region.rows(*(1 for _ in forms), gap=0.0), strict=True):
            line.scale(fit).move_to(row.centre).align_to(margin, LEFT)
        for line in self.lines[1:]:
            line.part(LEFT_SIDE).set_opacity(0)
        for rule, line in zip(self.rules, self.lines[1:], strict=True):
            rule.move_to(line).align_to(second_margin, LEFT)

    def begin(self, definition: Equation) -> Rewrite:
        """The definition of the loss becomes the first line: its derivative."""
        sides = {LEFT_SIDE: (0, 0), RIGHT_SIDE: (1, 0)}
        pairs = [(path, (*sides[path[:1]], *path[1:])) for path in definition.paths if path]
        return Rewrite(definition, self.lines[0], [((), ()), *pairs])

    def grow(self, k: int) -> tuple[Animation, Animation]:
        """Line ``k`` grows out of line ``k - 1``, which stays; its rule's name appears beside."""
        step = self.steps[k - 1]
        pairs = [
            (RIGHT_SIDE + source, RIGHT_SIDE + target)
            for source, target in correspond(step.before, step.after)
        ]
        rewrite = Rewrite(self.lines[k - 1], self.lines[k], [((), ()), *pairs], keep=True)
        return rewrite, FadeIn(self.rules[k - 1])

    def turn_into(self, other: "WorkedDerivation") -> list[Animation]:
        """All lines turn into those of another parameter at once; what they share stays put."""
        return [
            *(
                Rewrite(mine, its, correspond(mine.expression, its.expression))
                for mine, its in zip(self.lines, other.lines, strict=True)
            ),
            *(Transform(mine, its) for mine, its in zip(self.rules, other.rules, strict=True)),
        ]

    def restored(self, centre: NDArray[np.float64], size: float) -> Equation:
        """A copy of the last line at ``centre`` that shows its left-hand side again."""
        line = self.lines[-1].copy()
        line.part(LEFT_SIDE).set_opacity(1)
        line.scale(size / SIZE_OF_LINES)
        return line.move_to(centre)
