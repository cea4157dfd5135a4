"""The equations of the update with their numbers, a row each parameter: running, or of one step."""

import numpy as np
import sympy as sp
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    AnimationGroup,
    FadeIn,
    FadeOut,
    MathTypst,
    ReplacementTransform,
    VGroup,
)
from numpy.typing import NDArray
from sympy.codegen.ast import Assignment

from gdmath import Derivation, Lesson, Trajectory, to_typst
from scenes.kit.clock import DescentClock
from scenes.kit.frame import Region
from scenes.kit.text.equations import LOSS, RATE, Equation, by_meaning
from scenes.kit.text.numbers import fixed, significant
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import maths, words
from scenes.kit.theme import PALETTE, SIZE

DECIMALS = 4


class UpdatePanel(VGroup):
    """For each parameter its derivative as a formula and the update; both end in a running number.

    `gradients` and `updates` hold the two formulas of each row, `numbers` the readouts, so that a
    chapter can bring them in one after the other.
    """

    def __init__(self, region: Region, derivation: Derivation, clock: DescentClock) -> None:
        super().__init__()
        trajectory, parameters = clock.trajectory, derivation.lesson.parameters
        colouring = by_meaning(parameters)
        self.gradients, self.updates, self.numbers = VGroup(), VGroup(), VGroup()
        rows = region.rows(*(1 for _ in parameters), gap=0.1)
        for index, (parameter, formula, row) in enumerate(
            zip(parameters, derivation.gradient, rows, strict=True)
        ):
            slope = sp.Derivative(LOSS, parameter, evaluate=False)
            left, right = row.columns(1.25, 1, gap=0.3)
            gradient = Equation(sp.Eq(slope, formula, evaluate=False), SIZE.small, colouring)
            assignment = Assignment(parameter, parameter - RATE * slope)
            update = Equation(assignment, SIZE.label, colouring)
            for formula_shown, place in ((gradient, left), (update, right)):
                formula_shown.move_to(place.centre)
                formula_shown.align_to(np.array([place.left, 0, 0]), LEFT)
            self.gradients.add(gradient)
            self.updates.add(update)
            slopes, values = trajectory.gradients[:, index], trajectory.parameters[:, index]
            self.numbers.add(
                running_number(gradient, clock, slopes, "gradient", PALETTE.gradient),
                running_number(update, clock, values, "parameter", PALETTE.parameters),
            )
        self.add(self.gradients, self.updates, self.numbers)


def running_number(
    formula: Equation, clock: DescentClock, series: NDArray[np.float64], quantity: str, color: str
) -> VGroup:
    """An equals sign after ``formula``, then the present value of ``series`` (steps + 1,)."""
    equals = words("=", SIZE.label, PALETTE.muted).next_to(formula, RIGHT, buff=0.18)
    start = equals.get_right() + 0.18 * RIGHT + 0.1 * DOWN

    def text() -> str:
        return fixed(series[clock.step], DECIMALS)

    return VGroup(equals, Readout(text, start, SIZE.label, color, quantity))


class SlopeEquations(VGroup):
    """The gradient at the start: its two derivatives, the `lines`, side by side."""

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        columns = region.columns(*(1 for _ in lesson.parameters))
        for parameter, slope, column in zip(
            lesson.parameters, trajectory.gradients[0], columns, strict=True
        ):
            name = to_typst(sp.Derivative(LOSS, parameter, evaluate=False))
            line = maths(f"{name} = {{{{ {fixed(slope, DECIMALS)} : slope }}}}", SIZE.equation)
            self.lines.append(column.place(line.set_color(PALETTE.gradient)))
        self.add(*self.lines)


class StepEquations(VGroup):
    """The first step in numbers, one of `lines` for each parameter.

    It says where the parameter was, what is taken off, and where it gets.
    """

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        rate = significant(lesson.learning_rate, 1)
        before, after = (
            [fixed(value, DECIMALS) for value in row] for row in trajectory.parameters[:2]
        )
        slopes = [fixed(value, DECIMALS) for value in trajectory.gradients[0]]
        rows = region.rows(*(1 for _ in lesson.parameters), gap=0.05)
        for name, old, slope, new, row in zip(
            map(to_typst, lesson.parameters), before, slopes, after, rows, strict=True
        ):
            line = maths(
                f"{{{{ {name} : name }}}} <- {{{{ {old} : old }}}} - {rate} dot"
                f" ({{{{ {slope} : slope }}}}) = {{{{ {new} : new }}}}",
                SIZE.equation,
            )
            for label in ("name", "old", "new"):
                line.select(label).set_color(PALETTE.parameters)
            line.select("slope").set_color(PALETTE.gradient)
            self.lines.append(row.place(line))
        for line in self.lines[1:]:
            line.align_to(self.lines[0], LEFT)
        self.add(*self.lines)


def taken_up(before: MathTypst, after: MathTypst, label: str) -> AnimationGroup:
    """Let the part ``label`` of one formula move into the next while the rest changes over."""
    kept, placed = before.select(label), after.select(label)
    leaving = [glyph for glyph in before if glyph not in kept.submobjects]
    coming = [glyph for glyph in after if glyph not in placed.submobjects]
    return AnimationGroup(
        *(ReplacementTransform(old, new) for old, new in zip(kept, placed, strict=True)),
        FadeOut(VGroup(*leaving), run_time=0.4),
        FadeIn(VGroup(*coming)),
        run_time=1.4,
    )
