"""The storyboard of chapter 6: the gradient turned round, scaled down, and walked once."""

from functools import cached_property

import numpy as np
from manim import (
    PI,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    LaggedStart,
    VGroup,
    Write,
)

from gdmath import FloatArray, Momentum
from scenes.ch06_one_step.gradient_arrow import GradientArrow, climbed_told, rate_told, tangent
from scenes.ch06_one_step.step_equations import SlopeEquations, StepEquations
from scenes.ch06_one_step.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.emphasis import light_up
from scenes.kit.frame import STAGE
from scenes.kit.maps import LiveArrow, MapPanel, approach, closer
from scenes.kit.panels import DataPanel
from scenes.kit.text import LOSS, MomentumRow, Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import as_given, rule_name, significant


class OneStep(Chapter):
    """The gradient at the guess, turned round, scaled down, and walked once."""

    def construct(self) -> None:
        self.lay_out()
        self.two_slopes_on_the_map()
        self.together_they_make_an_arrow()
        self.it_crosses_the_ring_squarely()
        self.the_minus_turns_it_round()
        self.the_rate_makes_it_short()
        self.the_rate_has_a_name()
        self.both_parameters_move_at_once()
        self.the_line_stirs()
        self.without_the_minus_it_climbs()
        if isinstance(self.lesson.rule, Momentum):
            self.from_now_on_it_remembers(self.lesson.rule)
        self.what_if_it_is_repeated()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's first step."""
        return Story(self.loss, self.trajectory, self.convergence.minimum)

    def lay_out(self) -> None:
        """A large map; beside it the equations, the loss, and the line."""
        self.left, right = STAGE.columns(1.35, 1, gap=0.4)
        self.upper, middle, lower = right.rows(1.9, 0.6, 3.1, gap=0.1)
        self.rate_row, loss_row = middle.columns(1.5, 1, gap=0.15)
        self.clock = DescentClock(self.trajectory)
        self.map, self.wide = (self.map_of(self.story.seen) for _ in range(2))
        self.close = self.map_of(self.story.ends, close=True)
        self.comes_close = closer(self.close, self.map)
        self.data = DataPanel(lower, self.loss, self.trajectory.parameters)
        self.line = self.data.line(self.here)
        self.dot, self.star = self.map.dot(self.here, 0.1), self.map.minimum()
        self.arrow = GradientArrow(self.map, self.story)
        self.slopes = SlopeEquations(self.upper, self.trajectory, self.lesson)
        self.equations = StepEquations(self.upper, self.trajectory, self.lesson)
        anchor = np.array([loss_row.left, loss_row.centre[1] - 0.13, 0.0])
        self.loss_told = Quantity(LOSS.name, self.loss_here, anchor, SIZE.equation, PALETTE.loss)
        self.add(self.clock)

    def map_of(self, seen: FloatArray, close: bool = False) -> MapPanel:
        """The map of all that is ``seen`` (k, 2)."""
        return MapPanel(self.left, self.loss, self.convergence, seen, margin=0.2, close=close)

    def two_slopes_on_the_map(self) -> None:
        map_, data = self.map, self.data
        opening = FadeIn(map_, map_.bands, data, data.dots), Create(map_.rings), Create(self.line)
        self.title_card(*opening, GrowFromCenter(self.star), GrowFromCenter(self.dot))
        with self.say("Two slopes, two numbers. What do they look like on the map?"):
            self.play(LaggedStart(*map(Write, self.slopes.lines), lag_ratio=0.8), run_time=2.6)
            self.play(light_up(self.dot, 1.5), run_time=1.0)

    def together_they_make_an_arrow(self) -> None:
        start = self.map.point(*self.lesson.start)
        with self.say(self.story.an_arrow()) as said:
            for leg, slope in zip(self.arrow.along, self.slopes.lines, strict=True):
                corner = leg.shaft.get_start()
                self.play(GrowFromPoint(leg, corner), light_up(slope), run_time=1.2)
            said.until("together")
            self.play(GrowFromPoint(self.arrow, start), run_time=1.4)

    def it_crosses_the_ring_squarely(self) -> None:
        ring = self.map.ring(float(self.trajectory.losses[0]))
        along = tangent(self.map, self.story)
        with self.say("It crosses the ring squarely, and points to where the loss grows fastest."):
            self.play(FadeOut(self.arrow.legs), Create(ring.set_stroke(width=6)), run_time=2.0)
            self.play(Create(along), run_time=1.0)
            self.play(light_up(self.arrow), run_time=1.2)
        self.marks = VGroup(ring, along)

    def the_minus_turns_it_round(self) -> None:
        with self.say("We want down. So turn it round: that is the minus sign.") as said:
            self.play(FadeOut(self.marks), run_time=0.4)
            said.until("turn")
            self.play(self.arrow.turn.animate.set_value(PI), run_time=3.0)

    def the_rate_makes_it_short(self) -> None:
        told = rate_told(self.rate_row, self.story)
        with self.say(self.story.a_share_of_it()) as said:
            self.play(light_up(self.arrow, 1.05), run_time=1.6)
            said.until("take")
            short = self.arrow.size.animate.set_value(np.log(self.lesson.learning_rate))
            self.play(short, Write(told), run_time=2.8)
        self.rate = told

    def the_rate_has_a_name(self) -> None:
        with self.say(self.story.the_rate(self.comes_close)) as said:
            self.play(light_up(self.rate), run_time=1.2)
            if not self.comes_close:
                return
            self.play(FadeOut(self.star), run_time=0.3)
            said.until("Too")
            self.play(approach(self.map, self.close), run_time=4.0)

    def both_parameters_move_at_once(self) -> None:
        legs = self.map.legs(*self.trajectory.parameters[:2])
        with self.say(self.story.the_update()) as said:
            first, second = self.equations.take_up(self.slopes)
            self.play(first, Create(legs[0]), run_time=2.2)
            said.until("the same")
            self.play(second, Create(legs[1]), run_time=2.2)
        self.legs = legs

    def the_line_stirs(self) -> None:
        self.add(self.map.path(self.clock), self.dot)
        with self.say(self.story.the_loss_falls(self.graph)) as said:
            self.play(Write(self.loss_told), FadeOut(self.legs), run_time=0.8)
            said.until("The")
            self.play(self.clock.animate.set_value(1), run_time=4.6)

    def without_the_minus_it_climbs(self) -> None:
        start, end = self.story.uphill.parameters
        climb = LiveArrow(self.map, lambda: start, end - start, "step up", PALETTE.muted)
        self.ghost = VGroup(climb)
        with self.say(self.story.without_the_minus()):
            self.play(GrowFromPoint(climb, self.map.point(*start)), run_time=2.0)
            if self.story.climbed is not None:
                self.ghost.add(told := climbed_told(self.map, climb, self.story))
                self.play(Write(told), run_time=0.8)

    def from_now_on_it_remembers(self, rule: Momentum) -> None:
        """Show the rule of which this first step, taken from rest, is a plain one."""
        row = MomentumRow(self.upper, rule)
        with self.say(
            "This first step began at rest. From now on {rule} keeps {kept} of the velocity v.",
            rule=rule_name(rule),
            kept=as_given(rule.momentum),
        ):
            self.play(FadeOut(self.equations), run_time=0.6)
            self.play(Write(row), run_time=1.6)

    def what_if_it_is_repeated(self) -> None:
        with self.say(self.story.question()):
            self.play(FadeOut(self.ghost), run_time=0.3)
            if self.comes_close:
                self.play(approach(self.map, self.wide), run_time=2.6)
            self.play(light_up(self.dot, 1.5), run_time=1.0)

    def here(self) -> FloatArray:
        """Where the step has come to, shape (2,)."""
        return self.clock.parameters

    def loss_here(self) -> str:
        """The loss there, in digits."""
        return significant(float(self.loss.value(self.here())))
