"""The first step in numbers: the slopes at the start, and what they do to each parameter."""

from typing import cast

import sympy as sp
from manim import (
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    MathTypst,
    ReplacementTransform,
    Typst,
    VGroup,
    VMobject,
)

from gdmath import Lesson, Trajectory, to_typst
from scenes.ch06_one_step.story import DECIMALS, Story
from scenes.kit.frame import Region
from scenes.kit.text import LOSS, formula, maths, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import as_given, fill, suited, told_apart, unicode_name

GAP = 0.3
"""Between the last line and a note beside it, in units of the picture."""


class SlopeEquations(VGroup):
    """The gradient at the start: its two derivatives, the `lines`, side by side."""

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        columns = region.columns(*(1 for _ in lesson.parameters))
        write = [suited(column) for column in trajectory.gradients.T]
        for k, (parameter, column) in enumerate(zip(lesson.parameters, columns, strict=True)):
            name = to_typst(sp.Derivative(LOSS, parameter, evaluate=False))
            slope = write[k](trajectory.gradients[0, k])
            line = maths(formula("{name} = {{ {slope} : slope }}", name=name, slope=slope))
            self.lines.append(column.place(line.set_color(PALETTE.gradient)))
        self.add(*self.lines)


class StepEquations(VGroup):
    """The first step in numbers, one of `lines` for each parameter.

    It says where the parameter was, what is taken off, and where it gets.
    """

    def __init__(self, region: Region, trajectory: Trajectory, lesson: Lesson) -> None:
        super().__init__()
        self.lines: list[MathTypst] = []
        rate = as_given(lesson.learning_rate)
        moves = trajectory.parameters[:2].T.tolist()
        before, after = zip(*(told_apart(old, new, DECIMALS) for old, new in moves), strict=True)
        slopes = [suited(s)(s[0]) for s in trajectory.gradients.T]
        rows = region.rows(*(1 for _ in lesson.parameters), gap=0.05)
        for name, old, slope, new, row in zip(
            map(to_typst, lesson.parameters), before, slopes, after, rows, strict=True
        ):
            line = maths(
                formula(
                    "{{ {name} : name }} <- {{ {old} : old }} - {rate} dot"
                    " ({{ {slope} : slope }}) = {{ {new} : new }}",
                    name=name,
                    old=old,
                    rate=rate,
                    slope=slope,
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

    def make_room(self, note: VMobject, region: Region) -> Animation:
        """Put ``note`` beside the last line; returns how all make room for it in ``region``."""
        fit = min(1.0, (region.width - GAP - note.width) / self.lines[-1].width)
        note.next_to(self.copy().scale(fit).lines[-1], RIGHT, buff=GAP)
        missing = max(0.0, note.get_right()[0] - region.right) * LEFT
        note.shift(missing)
        return cast(Animation, self.animate.scale(fit).shift(missing))


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


def mixed_note(story: Story) -> Typst:
    """What the second parameter becomes by the new value of the first."""
    name, value = unicode_name(story.loss.lesson.parameters[0]), story.mixed_value
    return words(
        fill("with the new {name}: {value}", name=name, value=value), SIZE.small, PALETTE.muted
    )
