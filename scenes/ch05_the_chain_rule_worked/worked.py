"""A worked derivation as lines of mathematics: each grows out of a copy of the one above."""

import numpy as np
import sympy as sp
from manim import LEFT, Animation, FadeIn, FadeOut, MoveToTarget, Transform, VGroup
from numpy.typing import NDArray

from gdmath import Derivation, derive
from gdmath.derivation.correspondence import correspond
from gdmath.trees import Path
from scenes.ch05_the_chain_rule_worked.apart import RIGHT_SIDE, apart, lit
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, Colouring, Equation, Rewrite, by_meaning
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, SIZE

LEFT_SIDE: Path = (0,)
SIZE_OF_LINES = 36.0
GAP, LEADING = 0.7, 0.08
SMALLEST = 0.54
"""How far a line may be shrunk and still be read."""
NUMBER = 2.8
"""The room for an equals sign and a number after a line."""
FEWEST = 2
"""Rows of a page: the line that is there, and the one that grows out of it."""


class WorkedDerivation(VGroup):
    """The steps from ∂L/∂θ to its final form in a region, one line each, the rule's name beside it.

    `lines[0]` is the definition; `lines[k]` follows by ``steps[k - 1]``: a copy slides down, by
    `slide(k)`, and becomes it, by `grow(k)`. The left-hand side is written at the head of a page;
    the signs of equality stand in one column. What is too long for one page goes on on the next,
    after its last line; lines that leave no room beside them go without the names. `fit` is how far
    they are shrunk.
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
        self.region = region
        slope = sp.Derivative(LOSS, parameter, evaluate=False)
        forms = [self.steps[0].before, *(step.after for step in self.steps)]
        self.lines = [
            Equation(sp.Eq(slope, form, evaluate=False), size, colouring, as_written=True)
            for form in forms
        ]
        self.rules = VGroup(*(words(step.rule, SIZE.small, PALETTE.muted) for step in self.steps))
        widest = max(line.width for line in self.lines)
        beside = GAP + self.rules.width
        self.named = (region.width - beside) / widest >= SMALLEST
        beside *= self.named
        tallest = max(line.height for line in self.lines)
        room = region.height / FEWEST - LEADING
        self.fit = fit = min(1.0, (region.width - beside) / widest, room / tallest)
        tallest = fit * tallest + LEADING
        self.rows = min(len(forms), max(FEWEST, int(region.height / tallest)))
        left = region.centre[0] - (fit * widest + beside) / 2
        self.right = left + fit * widest + GAP
        margin, second_margin = np.array([left, 0, 0]), np.array([self.right, 0, 0])
        page = region.rows(*(1 for _ in range(self.rows)), gap=0.0)
        self.head = page[0].centre[1]
        for k, line in enumerate(self.lines):
            line.scale(fit).move_to(page[self.row_of(k)].centre).align_to(margin, LEFT)
        for line in self.lines[1:]:
            line.part(LEFT_SIDE).set_opacity(0)
        for rule, line in zip(self.rules, self.lines[1:], strict=True):
            rule.move_to(line).align_to(second_margin, LEFT)

    @property
    def legible(self) -> bool:
        """Whether all lines can be read, and the last one also with a number after it."""
        last = self.lines[-1].width * SMALLEST / self.fit
        return self.fit >= SMALLEST and last + NUMBER <= self.region.width

    def row_of(self, k: int) -> int:
        """The row in which line ``k`` first stands; the last of a page then heads the next."""
        return k if k < self.rows else 1 + (k - 1) % (self.rows - 1)

    def begins_a_page(self, k: int) -> bool:
        """Whether line ``k`` is the first new one on a page that is not the first."""
        return k >= self.rows and self.row_of(k) == 1

    def turn_page(self, k: int) -> list[Animation]:
        """Line ``k - 1`` becomes the head of a page of its own; the others go."""
        head, others = self.lines[k - 1], self.standing(k - 1)[:-1]
        rules = VGroup(*self.rules[k - len(others) - 1 : k - 1]) if self.named else VGroup()
        target = head.generate_target().set_y(self.head)
        target.part(LEFT_SIDE).set_opacity(1)
        return [FadeOut(*others, *rules), MoveToTarget(head)]

    def standing(self, k: int | None = None) -> list[Equation]:
        """The lines that stand when line ``k``, or the last, has grown."""
        last = len(self.lines) - 1 if k is None else k
        return self.lines[last - self.row_of(last) : last + 1]

    @property
    def names(self) -> VGroup:
        """The names of rules that stand when the last line has grown."""
        return VGroup(*self.rules[1 - len(self.standing()) :]) if self.named else VGroup()

    def begin(self, definition: Equation) -> Rewrite:
        """The definition of the loss becomes the first line: its derivative."""
        sides = {LEFT_SIDE: (0, 0), RIGHT_SIDE: (1, 0)}
        pairs = [(path, (*sides[path[:1]], *path[1:])) for path in definition.paths if path]
        return Rewrite(definition, self.lines[0], [((), ()), *pairs])

    def changing(self, k: int) -> Animation:
        """Light up the part of line ``k - 1`` to which the rule of line ``k`` is applied."""
        line = self.lines[k - 1]
        return lit(line, apart(line, self.lines[k]))

    def changed(self, k: int) -> Animation:
        """Light up what that part has become in line ``k``."""
        line = self.lines[k]
        return lit(line, apart(line, self.lines[k - 1]))

    def slide(self, k: int) -> Animation:
        """A copy of line ``k - 1`` moves down to where line ``k`` will stand."""
        below, above = self.lines[k], self.lines[k - 1]
        self.sliding = above.copy()
        self.sliding.part(LEFT_SIDE).set_opacity(0)
        way = below.own(()).get_center() - above.own(()).get_center()
        return self.sliding.animate.shift(way).build()

    def grow(self, k: int) -> list[Animation]:
        """Line ``k`` grows out of the copy that has slid down; its rule's name appears beside."""
        step = self.steps[k - 1]
        pairs = [
            (RIGHT_SIDE + source, RIGHT_SIDE + target)
            for source, target in correspond(step.before, step.after)
        ]
        rewrite = Rewrite(self.sliding, self.lines[k], [((), ()), *pairs])
        return [rewrite, FadeIn(self.rules[k - 1])] if self.named else [rewrite]

    def telling(self, other: "WorkedDerivation") -> Animation:
        """Light up what tells it from ``other``, in the line that stands where that is shortest."""
        standing = zip(self.standing(), other.standing(), strict=False)
        found = [(mine, apart(mine, its)) for mine, its in standing]
        line, part = min(found, key=lambda pair: pair[1].width)
        return lit(line, part)

    def turn_into(self, other: "WorkedDerivation") -> list[Animation]:
        """What stands turns into the end of another derivation at once; what they share stays put.

        If that takes other rules, its lines take the place of these.
        """
        head = other.standing()[0]
        head.set_y(other.head).part(LEFT_SIDE).set_opacity(1)
        if not self.goes_like(other):
            mine, its = VGroup(*self.standing(), self.names), VGroup(*other.standing(), other.names)
            return [FadeOut(mine), FadeIn(its)]
        return [
            *(
                Rewrite(mine, its, correspond(mine.expression, its.expression))
                for mine, its in zip(self.standing(), other.standing(), strict=True)
            ),
            *(Transform(mine, its) for mine, its in zip(self.names, other.names, strict=True)),
        ]

    def goes_like(self, other: "WorkedDerivation") -> bool:
        """Whether another derivation takes the same rules in the same order, on as many pages."""
        return (self.rows, self.named, [step.rule for step in self.steps]) == (
            other.rows,
            other.named,
            [step.rule for step in other.steps],
        )

    def restored(self, centre: NDArray[np.float64], size: float) -> Equation:
        """A copy of the last line at ``centre`` that shows its left-hand side again."""
        line = self.lines[-1].copy()
        line.part(LEFT_SIDE).set_opacity(1)
        line.scale(size / (SIZE_OF_LINES * self.fit))
        return line.move_to(centre)


def both_worked(
    region: Region, derivation: Derivation
) -> tuple[Derivation, list[WorkedDerivation]]:
    """Work a derivation out for each parameter, and return it with the lines of both.

    If they are too long to be read it is another derivation, in which the prediction keeps its
    name: lines are shorter by far then.
    """
    parameters = derivation.lesson.parameters
    colouring = by_meaning(parameters)
    worked = [WorkedDerivation(region, derivation, one, colouring) for one in parameters]
    if not all(one.legible for one in worked):
        derivation = derive(derivation.lesson, named=True)
        worked = [WorkedDerivation(region, derivation, one, colouring) for one in parameters]
    return derivation, worked
