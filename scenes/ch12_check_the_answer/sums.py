"""Both slopes set to zero are two equations: sums over the points, which collapse into numbers."""

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, AnimationGroup, ReplacementTransform, VGroup, VMobject
from numpy.typing import NDArray

from gdmath import to_typst
from gdmath.lesson import X, Y
from gdmath.requirements import linear_terms
from scenes.ch12_check_the_answer.story import Story
from scenes.ch12_check_the_answer.zero_slopes import COLORS
from scenes.kit.frame import Region
from scenes.kit.text import Equation, Quantity, by_meaning, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited

INDEX, COUNT = sp.Symbol("i", integer=True), sp.Symbol("n", integer=True, positive=True)
DIGITS = 2
"""Decimals of a sum over the points."""
APART, LEADING = 0.18, 0.45
"""Units between the parts of a row, and between rows."""


class Sums(VGroup):
    """A row for each parameter: sums times the parameters, equal to a sum."""

    def __init__(self, story: Story, region: Region) -> None:
        super().__init__(*(self._row(story, k) for k in range(2)))
        self.numbers = VGroup(*(self._numbers(story, k) for k in range(2)))
        for rows in (self, self.numbers):
            aligned(rows, region)

    def collapse(self, index: int) -> AnimationGroup:
        """Let each sum of a row become its number, one after the other."""
        pairs = zip(self[index], self.numbers[index], strict=True)
        return AnimationGroup(*(ReplacementTransform(*pair) for pair in pairs), lag_ratio=0.3)

    def _row(self, story: Story, index: int) -> VGroup:
        terms = linear_terms(story.lesson)
        assert terms is not None
        data = {X: sp.IndexedBase("x")[INDEX], Y: sp.IndexedBase("y")[INDEX]}
        constant = story.lesson.prediction.subs(dict.fromkeys(story.lesson.parameters, 0))
        colouring = by_meaning(story.lesson.parameters)
        sums = (
            Equation(
                sp.Sum((terms[index] * other).subs(data), (INDEX, 1, COUNT)), SIZE.label, colouring
            )
            for other in (*terms, Y - constant)
        )
        return self._joined(story, *sums)

    def _numbers(self, story: Story, index: int) -> VGroup:
        system = story.equations
        entries = *system.matrix[index], system.right_side[index]
        return self._joined(
            story, *(maths(suited([e], DIGITS)(e), SIZE.equation, COLORS[index]) for e in entries)
        )

    def _joined(self, story: Story, left: VMobject, right: VMobject, total: VMobject) -> VGroup:
        first, second = (
            maths(to_typst(name), SIZE.equation, PALETTE.parameters)
            for name in story.lesson.parameters
        )
        return VGroup(left, first, maths("+"), right, second, maths("="), total)


def answer(story: Story, index: int, anchor: NDArray[np.float64]) -> Quantity:
    """A parameter of the solution, its name and number beginning at ``anchor``."""
    name = to_typst(story.lesson.parameters[index])
    return Quantity(name, lambda: story.answers()[index], anchor, SIZE.title, PALETTE.parameters)


def aligned(rows: VGroup, region: Region) -> None:
    """Set ``rows`` of parts under each other in ``region``, each part in a column of its own."""
    left = 0.0
    for column in zip(*rows, strict=True):
        width = max(part.width for part in column)
        for part in column:
            part.move_to(left * RIGHT, aligned_edge=LEFT).shift((width - part.width) / 2 * RIGHT)
        left += width + APART
    below = max(part.height for row in rows for part in row) + LEADING
    for k, row in enumerate(rows):
        row.shift(k * below * DOWN)
    region.place(rows)
