"""The first step in numbers: the slopes at the start, and what they do to each parameter."""

import sympy as sp
from manim import (
    LEFT,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    MathTypst,
    ReplacementTransform,
    VGroup,
)

from gdmath import Lesson, Trajectory, to_typst
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, formula, maths
from scenes.kit.theme import PALETTE
from scenes.kit.wording import as_given, significant, told_apart

DECIMALS = 3
"""Decimals of a parameter before and after the step, unless more are needed to tell them apart."""


class SlopeEquations(VGroup):
    """The gradient at the start: its two derivatives, the `lines`, one above the other."""

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        rows = region.rows(*(1 for _ in lesson.parameters), gap=0.05)
        slopes = trajectory.gradients[0].tolist()
        for parameter, slope, row in zip(lesson.parameters, slopes, rows, strict=True):
            name = to_typst(sp.Derivative(LOSS, parameter, evaluate=False))
            markup = formula("{name} = {{ {slope} : slope }}", name=name, slope=significant(slope))
            self.lines.append(row.place(maths(markup).set_color(PALETTE.gradient)))
        self.add(*self.lines)


class StepEquations(VGroup):
    """The first step in numbers, one of `lines` for each parameter.

    It says where the parameter was, what is taken off, and where it gets.
    """

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        rate = as_given(lesson.learning_rate)
        (before, after), slopes = (
            trajectory.parameters[:2].tolist(),
            trajectory.gradients[0].tolist(),
        )
        rows = region.rows(*(1 for _ in lesson.parameters), gap=0.05)
        names = map(to_typst, lesson.parameters)
        for name, was, becomes, slope, row in zip(names, before, after, slopes, rows, strict=True):
            old, new = told_apart(was, becomes, DECIMALS)
            line = maths(
                formula(
                    "{{ {name} : name }} <- {{ {old} : old }} - {rate} dot"
                    " ({{ {slope} : slope }}) = {{ {new} : new }}",
                    name=name,
                    old=old,
                    rate=rate,
                    slope=significant(slope),
                    new=new,
                )
            )
            for label in ("name", "old", "new"):
                line.select(label).set_color(PALETTE.parameters)
            line.select("slope").set_color(PALETTE.gradient)
            self.lines.append(line.move_to(row.centre))
        for line in self.lines[1:]:
            line.align_to(self.lines[0], LEFT)
        self.add(*self.lines)
        region.place(self)

    def take_up(self, slopes: SlopeEquations) -> list[Animation]:
        """Let each line grow out of the slope that it takes off."""
        lines = zip(slopes.lines, self.lines, strict=True)
        return [taken_up(before, after, "slope") for before, after in lines]


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
