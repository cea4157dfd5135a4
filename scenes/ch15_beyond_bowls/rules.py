"""The one rule of the lecture, once for each parameter, and the step that a clock is at."""

import sympy as sp
from manim import DOWN, VGroup
from sympy.codegen.ast import Assignment

from gdmath import Lesson
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, Equation, Quantity, by_meaning
from scenes.kit.text.equations import RATE
from scenes.kit.theme import SIZE
from scenes.kit.wording import whole


def update_rules(lesson: Lesson) -> VGroup:
    """New a is old a minus eta times its slope, and so is b."""
    rules = (
        Assignment(name, name - RATE * sp.Derivative(LOSS, name, evaluate=False))
        for name in lesson.parameters
    )
    colouring = by_meaning(lesson.parameters)
    return VGroup(Equation(rule, SIZE.title, colouring) for rule in rules).arrange(DOWN, buff=0.6)


def step_of(clock: DescentClock, region: Region) -> Quantity:
    """The number of steps made by ``clock``, in the middle of ``region``."""
    return Quantity('"step"', lambda: whole(clock.step), region.centre, SIZE.equation)
