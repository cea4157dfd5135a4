"""The storyboard of chapter 4: a second point measures the slope, until rounding spoils it."""

from functools import cached_property

from manim import (
    TAU,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    ReplacementTransform,
    Rotate,
    ValueTracker,
    VGroup,
    Write,
)

from scenes.ch04_slope_by_nudging.error_panel import ErrorPanel
from scenes.ch04_slope_by_nudging.in_the_fog import FoggedMap
from scenes.ch04_slope_by_nudging.readings import Readings, TwoLosses
from scenes.ch04_slope_by_nudging.slice_panel import SlicePanel
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import evenly
from scenes.kit.emphasis import light_up
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.theme import PALETTE


class SlopeByNudging(Chapter):
    """One parameter is kept, the other nudged, by as little as a computer can."""

    def construct(self) -> None:
        self.lay_out()
        self.how_steep_is_the_ground()
        self.the_map_becomes_a_curve()
        self.a_second_point_is_compared()
        self.rise_over_run_is_a_slope()
        self.the_short_cut_becomes_the_tangent()
        self.how_far_off_is_it()
        self.smaller_is_better_at_first()
        self.and_then_it_gets_worse()
        self.the_losses_are_the_same()
        self.what_is_left_is_noise()
        if self.story.is_better_both_ways:
            self.to_both_sides_it_cancels()
        self.is_there_one_without_h()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's slope."""
        return Story(self.loss, float(self.convergence.minimum[INDEX]))

    def lay_out(self) -> None:
        """A panel as wide as the stage, and above it a strip for numbers."""
        self.strip, region = STAGE.rows(1.15, 4.6, gap=0.05)
        self.nudge = ValueTracker(self.story.narrow)
        self.fog = FoggedMap(region, self.loss, self.convergence, self.story)
        across = self.fog.x.low, self.fog.x.high
        self.panel = SlicePanel(region, self.loss, INDEX, self.story.start, *across)
        self.curve, self.dot = self.panel.curve(), self.panel.dot(lambda: self.story.at)
        self.errors = ErrorPanel(region, self.story)
        self.readings = Readings(self.strip, self.story, self.nudge.get_value)
        self.losses = TwoLosses(self.strip, self.story)

    def how_steep_is_the_ground(self) -> None:
        fog = self.fog
        self.title_card(FadeIn(fog), GrowFromCenter(fog.ground), GrowFromCenter(fog.walker))
        with self.say("You stand in the fog. How steep is the ground under your feet?"):
            self.play(Create(fog.needle), run_time=0.5)
            middle = fog.walker.get_center()
            self.play(Rotate(fog.needle, TAU, about_point=middle), run_time=3.5)

    def the_map_becomes_a_curve(self) -> None:
        fog = self.fog
        with self.say(self.story.keep_one()) as said:
            self.play(FadeOut(fog.needle), Create(fog.way), run_time=1.8)
            said.until("becomes")
            self.play(FadeOut(fog, fog.ground), run_time=0.5)
            lifted = ReplacementTransform(fog.way, self.curve)
            walker = ReplacementTransform(fog.walker, self.dot)
            self.play(FadeIn(self.panel), lifted, walker, run_time=2.0)

    def a_second_point_is_compared(self) -> None:
        story, nudge = self.story, self.nudge.get_value
        self.second = self.panel.dot(lambda: story.at + nudge())
        self.legs = self.panel.legs(story.at, nudge)
        self.secant, self.tangent = self.panel.secant(nudge, story.at), self.panel.tangent(story.at)
        crossed = self.curve, self.secant, self.tangent
        with self.say("Go a little further, by h, and compare the two losses.") as said:
            self.add(self.legs, self.second)
            self.play(self.nudge.animate.set_value(story.wide), run_time=2.0)
            self.names = self.panel.leg_names(story.at, nudge)
            allow("overlap", self.names, *crossed, reason="a line may pass behind its dark rim")
            said.until("by")
            self.play(Write(self.names[0]), Write(self.readings.h), run_time=0.8)
            said.until("compare")
            self.play(Write(self.names[1]), light_up(self.legs), run_time=1.2)

    def rise_over_run_is_a_slope(self) -> None:
        run, rise = self.names
        with self.say(self.story.short_cut()) as said:
            self.play(light_up(rise), run_time=0.7)
            self.play(light_up(run), run_time=0.7)
            self.play(Create(self.secant), Write(self.readings.forward), run_time=1.6)
            said.until("not yet")
            self.play(Create(self.tangent), Write(self.readings.ground), run_time=1.8)

    def the_short_cut_becomes_the_tangent(self) -> None:
        with self.say("Let h shrink, and the short cut turns into the tangent."):
            self.play(FadeOut(self.names), run_time=0.3)
            self.play(self.nudge.animate.set_value(self.story.narrow), run_time=3.6)

    def how_far_off_is_it(self) -> None:
        panel, errors, story = self.panel, self.errors, self.story
        gap = panel.gap(story.at, story.at + story.wide)
        with self.say("So the smaller h, the better? Let us measure how far off we are.") as said:
            self.play(self.nudge.animate.set_value(story.wide), run_time=1.6)
            self.play(Create(gap), run_time=0.8)
            said.until("measure")
            self.slice = VGroup(panel, self.curve, self.dot, self.second, self.secant, self.tangent)
            leaving = FadeOut(self.slice, self.legs, self.readings.of_one_way)
            self.play(leaving, FadeIn(errors), ReplacementTransform(gap, errors.dot), run_time=2.4)

    def smaller_is_better_at_first(self) -> None:
        errors = self.errors
        with self.say(self.story.getting_better()):
            self.play(*errors.drawn(errors.better), run_time=4.6, rate_func=evenly)

    def and_then_it_gets_worse(self) -> None:
        errors = self.errors
        with self.say("Don't. Below about {best} it gets worse again.", best=self.story.most_exact):
            self.play(Write(errors.told), run_time=0.8)
            self.play(*errors.drawn(errors.worse), run_time=3.6, rate_func=evenly)

    def the_losses_are_the_same(self) -> None:
        losses = self.losses
        with self.say("Look at the two losses: digit by digit they are the same.") as said:
            self.play(*map(Write, losses.lines), run_time=2.0)
            said.until("digit")
            self.play(LaggedStart(*map(light_up, losses.alike), lag_ratio=0.1), run_time=2.0)

    def what_is_left_is_noise(self) -> None:
        losses = self.losses
        with self.say(
            "What is left is rounding noise, and dividing by a tiny h blows it up."
        ) as said:
            said.ends_paragraph()
            self.play(
                losses.alike.animate.set_color(PALETTE.muted), light_up(losses.noise), run_time=1.4
            )
            said.until("dividing")
            self.play(Write(losses.quotient), run_time=1.6)
            self.play(light_up(losses.quotient), run_time=1.0)

    def to_both_sides_it_cancels(self) -> None:
        story, nudge = self.story, self.nudge.get_value
        self.nudge.set_value(story.narrow)
        before = self.panel.dot(lambda: story.at - nudge())
        secant = self.panel.secant(nudge, story.at, both=True)
        with self.say(story.both_sides()) as said:
            leaving = FadeOut(self.errors.all, self.losses, self.losses.quotient)
            shown = self.panel, self.curve, self.tangent, self.dot, self.second, before
            self.play(leaving, FadeIn(*shown), run_time=0.8)
            self.play(Create(secant), Write(self.readings.central), run_time=1.2)
            self.play(self.nudge.animate.set_value(story.wide), run_time=2.6)
            said.until("cancels")
            self.play(light_up(secant), run_time=1.0)

    def is_there_one_without_h(self) -> None:
        with self.say("Good enough to check a slope. But is there one without any h?") as said:
            self.play(self.nudge.animate.set_value(self.story.narrow), run_time=2.4)
            said.until("But")
            self.play(light_up(self.tangent), light_up(self.dot, 1.5), run_time=1.2)
