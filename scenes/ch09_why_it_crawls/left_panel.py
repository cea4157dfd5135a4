"""LeftPanel: how much is left of the flat and of the stiff part, step by step."""

from functools import cached_property

import numpy as np
import sympy as sp
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    DashedLine,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    Succession,
    Transform,
    VGroup,
    VMobject,
)
from sympy.codegen.ast import Assignment

from gdmath import FloatArray
from gdmath.descent import CLOSE
from scenes.ch09_why_it_crawls.facts import FLAT, STIFF
from scenes.ch09_why_it_crawls.story import Story, percent
from scenes.kit.clock import DescentClock, drawn_steps
from scenes.kit.frame import Region
from scenes.kit.maps.round_map import joined
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.trace import bind
from scenes.kit.text import Equation, Readout, seat, words
from scenes.kit.text.equations import RATE
from scenes.kit.theme import BY_DIRECTION, PALETTE, SIZE, STROKE
from scenes.kit.wording import fill, fixed

BEYOND = 0.03
"""Share of the steps by which the axis of the powers of ten goes on."""
DECADES_BELOW = 2
"""Powers of ten shown below the end of the flat curve."""
NAMES = "flat", "stiff"
ROWS = 0.36, 0.18
"""How high the readings stand on the panel: below the flat curve, which keeps half or more."""


class LeftPanel(Plane):
    """The shares left up to the clock's step of ``last``; with ``powers``, in powers of ten."""

    def __init__(
        self, region: Region, story: Story, clock: DescentClock, last: int, powers: bool = False
    ) -> None:
        self.story, self.clock, self.powers, self.last = story, clock, powers, last
        with np.errstate(divide="ignore"):
            tracks = np.log10(story.shares) if powers else story.shares
            self.promised = np.log10(story.promised) if powers else story.promised
        low = float(np.floor(tracks[FLAT, last] - DECADES_BELOW)) if powers else 0.0
        height = Scale(low, 0.0 if powers else 1.05, '"share left"', logarithmic=powers)
        super().__init__(region, Scale(0, (1 + BEYOND * powers) * last, '"step"'), height)
        self.rows = [self._above(track[: last + 1]) for track in tracks]

    def _above(self, heights: FloatArray) -> FloatArray:
        """The rows (step, height) down to where the curve leaves the panel by its floor."""
        rows = np.column_stack([np.arange(len(heights)), heights])
        (below,) = np.nonzero(heights < self.y.low)
        if not below.size:
            return rows
        before, after = rows[below[0] - 1 : below[0] + 1]
        if not np.isfinite(after[1]):
            return rows[: below[0]]
        share = (before[1] - self.y.low) / (before[1] - after[1])
        return np.vstack([rows[: below[0]], before + share * (after - before)])

    def curve(self, direction: int) -> VMobject:
        """One of them, up to the clock's step."""
        rows = self.rows[direction]
        points, drawn = self.c2p(rows), drawn_steps(len(rows) - 1)
        steps, turns = rows[drawn, 0], points[drawn]

        def place(path: VMobject) -> None:
            time = min(self.clock.time, rows[-1, 0])
            head = [np.interp(time, rows[:, 0], column) for column in points.T]
            path.set_points(joined(np.vstack([turns[steps <= time], head])))

        path = VMobject().set_stroke(BY_DIRECTION[direction], STROKE.line)
        place(path)
        path.add_updater(lambda p: place(p))

        def whole_steps() -> FloatArray:
            drawn = self.p2c(path.points[::4])
            whole = np.isclose(drawn[:, 0], np.round(drawn[:, 0]), atol=1e-9)
            return np.asarray(drawn[whole], dtype=float)

        bind(
            path,
            "share left",
            lambda: whole_steps()[:, 1],
            lambda: self.promised[direction, np.round(whole_steps()[:, 0]).astype(int)],
        )
        return path

    @cached_property
    def curves(self) -> VGroup:
        """Both curves, flat first."""
        return VGroup(*map(self.curve, (FLAT, STIFF)))

    @cached_property
    def readings(self) -> VGroup:
        """What is left of both in per cent, below the flat curve."""
        return VGroup(*map(self._reading, (FLAT, STIFF)))

    def _reading(self, direction: int) -> VGroup:
        at = self.point(0.5 * self.last, ROWS[direction])
        color = BY_DIRECTION[direction]
        name = seat(words(NAMES[direction], SIZE.equation, color), at)

        def left() -> str:
            return fill("{share} %", share=percent(self.story.shares[direction, self.clock.step]))

        start = at + 1.3 * RIGHT
        return VGroup(
            name, Readout(left, start, SIZE.equation, color, f"{NAMES[direction]} share left")
        )

    def label(self, direction: int) -> VMobject:
        """How soon one of them halves, beside its line."""
        steps = self.story.half_life(direction)
        text = words(fill("halved in {n} steps", n=steps), SIZE.label, BY_DIRECTION[direction])
        rows, down = self.rows[direction], (0.35, 0.6)[direction]
        if direction == FLAT:
            step = 0.95 * self.last
            at = self.point(step, float(np.interp(step, *rows.T)))
            return text.next_to(at, DOWN, buff=0.15).align_to(at, RIGHT)
        height = down * self.y.low
        step = float(np.interp(-height, -rows[:, 1], rows[:, 0]))
        return text.next_to(self.point(step, height), RIGHT, buff=0.3)

    def mark(self, step: int) -> VGroup:
        """An upright dashed line at the step from which both parameters are close for good."""
        line = DashedLine(self.point(step, self.y.low), self.point(step, self.y.high))
        line.set_stroke(PALETTE.parameters, STROKE.residual)
        bind(line, "step", lambda: self.p2c(line.get_center())[0, :1], lambda: np.array([step]))
        close = fill("within {close} %", close=fixed(100 * CLOSE, 0))
        label = words(close, SIZE.label, PALETTE.parameters)
        return VGroup(line, label.next_to(line.get_end(), DOWN + LEFT, buff=0.15))

    def turn_into(self, other: "LeftPanel") -> Animation:
        """Exchange scales and curves for those of a panel in the same place, old numbers first."""
        return Succession(
            FadeOut(self.numbers, self.marks, self.names, self.readings, run_time=0.4),
            AnimationGroup(
                ReplacementTransform(self.lines, other.lines),
                grow_out_of(self.curves, other.curves),
                run_time=1.8,
            ),
            FadeIn(other.numbers, other.marks, other.names, run_time=0.4),
        )


def law() -> VGroup:
    """What a step makes of what is left: c ← (1 − ηλ) c."""
    left = sp.Symbol("c")
    kept = sp.Mul(1 - RATE * sp.Symbol("lambda"), left, evaluate=False)
    step = Equation(Assignment(left, kept), SIZE.equation, as_written=True)
    return VGroup(words("what is left:", SIZE.label), step).arrange(buff=0.4)


def grow_out_of(old: VGroup, new: VGroup) -> Animation:
    """Let curves take their places on one panel from those that others had on another."""
    places = new.copy().clear_updaters()
    for curve, former in zip(new, old, strict=True):
        # Else the copies that manim interpolates between would follow the clock meanwhile.
        curve.suspend_updating().set_points(former.points)
    return Transform(new, places)
