"""A worked derivation as lines of mathematics: each grows out of a copy of the one above."""

import sympy as sp
from manim import LEFT, Animation, FadeIn, VGroup, VMobject

from gdmath import Derivation, Step, correspond
from gdmath.trees import Path
from scenes.kit.equations import LOSS, Colouring, Equation, Rewrite
from scenes.kit.frame import Region
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.typeset import words

LEFT_SIDE: Path = (0,)
RIGHT_SIDE: Path = (1,)


class WorkedDerivation(VGroup):
    """The steps from ∂L/∂θ to its final form in a region, one line each, the rule's name beside it.

    `lines[0]` is the definition; `lines[k]` follows by ``steps[k - 1]``, and `grow(k)` animates just that.
    The left-hand side is written once; the signs of equality stand in one column.
    """

    def __init__(
        self,
        region: Region,
        derivation: Derivation,
        parameter: sp.Symbol,
        colouring: Colouring,
        size: float = SIZE.label,
    ) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = derivation.steps(parameter)
        slope = sp.Derivative(LOSS, parameter, evaluate=False)
        forms = [self.steps[0].before, *(step.after for step in self.steps)]
        self.lines = [
            Equation(sp.Eq(slope, form, evaluate=False), size, colouring, as_written=True)
            for form in forms
        ]
        widest = max(line.width for line in self.lines)
        fit = min(1.0, region.width / widest)
        self.rules = VGroup(*(words(step.rule, SIZE.small, PALETTE.muted) for step in self.steps))
        for line, row in zip(self.lines, region.rows(*(1 for _ in forms), gap=0.0), strict=True):
            line.scale(fit).move_to(row.centre).align_to([row.left, 0, 0], LEFT)
        for line in self.lines[1:]:
            line.part(LEFT_SIDE).set_opacity(0)
        for rule, line in zip(self.rules, self.lines[1:], strict=True):
            rule.move_to(line).align_to([region.left + widest * fit + 0.6, 0, 0], LEFT)

    def grow(self, k: int) -> tuple[Animation, Animation]:
        """Line ``k`` grows out of line ``k - 1``, which stays; the rule's name appears beside it."""
        step = self.steps[k - 1]
        pairs = [
            (RIGHT_SIDE + source, RIGHT_SIDE + target)
            for source, target in correspond(step.before, step.after)
        ]
        rewrite = Rewrite(self.lines[k - 1], self.lines[k], [((), ()), *pairs], keep=True)
        return rewrite, FadeIn(self.rules[k - 1])

    @property
    def result(self) -> VMobject:
        """The right-hand side of the last line."""
        return self.lines[-1].part(RIGHT_SIDE)
