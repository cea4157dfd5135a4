"""The normal equations are set as matrices of numbers, and what they give as two numbers."""

import numpy as np
from manim import UP, MathTypst, VGroup
from numpy.typing import NDArray

from gdmath import to_typst
from scenes.ch12_check_the_answer.story import Story
from scenes.kit.frame import Region
from scenes.kit.text import Quantity, formula, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited

SUMS = 3
"""Decimals of a sum over the points."""
ROOM = 3.1
"""Units that the answers have at the right of their region, or more where a name is long."""


def normal_system(story: Story) -> MathTypst:
    """XᵀXθ = Xᵀy, with the sums over the points as numbers."""
    equations, (first, second) = story.equations, map(to_typst, story.lesson.parameters)
    (m00, m01), (m10, m11) = (
        [suited([entry], SUMS)(entry) for entry in row] for row in equations.matrix
    )
    right0, right1 = (suited([entry], SUMS)(entry) for entry in equations.right_side)
    markup = formula(
        "mat({m00}, {m01}; {m10}, {m11})"
        " vec({{ {first} : first }}, {{ {second} : second }}) = vec({right0}, {right1})",
        m00=m00,
        m01=m01,
        m10=m10,
        m11=m11,
        first=first,
        second=second,
        right0=right0,
        right1=right1,
    )
    system = maths(markup, SIZE.label)
    for name in ("first", "second"):
        system.select(name).set_color(PALETTE.parameters)
    return system


def answers(story: Story, region: Region) -> VGroup:
    """Both parameters of the solution under each other, well inside the right of ``region``."""
    widest = max(answer(story, k, region.centre).width for k in range(2))
    corner = np.array([region.right - max(ROOM, widest), region.centre[1], 0.0])
    return VGroup(*(answer(story, k, corner + lift * UP) for k, lift in enumerate((0.15, -0.55))))


def answer(story: Story, index: int, anchor: NDArray[np.float64]) -> Quantity:
    """A parameter of the solution, its name and number beginning at ``anchor``."""
    name = to_typst(story.lesson.parameters[index])
    return Quantity(name, lambda: story.answers()[index], anchor, SIZE.equation, PALETTE.parameters)
