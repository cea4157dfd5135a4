"""The storyboard of chapter 10: six learning rates from one start, and what is behind them."""

from functools import cached_property
from typing import Any

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    LaggedStart,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    VMobject,
    Write,
    linear,
)

from gdmath import FloatArray
from scenes.ch10_how_big_a_step.hops import TRAIL, Hops, first_window, setting_out
from scenes.ch10_how_big_a_step.kept_panel import KeptPanel
from scenes.ch10_how_big_a_step.recall import limit, recalls
from scenes.ch10_how_big_a_step.story import DIGITS, STEPS, Rate, Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, path_so_far
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import RoundMap, eigen_axes, upright
from scenes.kit.panels import LogPanel
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import significant


class HowBigAStep(Chapter):
    """Six descents from one start, each at a rate of its own, and what tells them apart."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.map, self.map.rings, self.axes, self.star), Create(self.panel))
        self.how_far_would_you_push_it()
        for which in Rate:
            self.a_rate_is_tried(which)
        self.six_rates_are_one_picture()
        self.the_stiff_part_sets_the_limit()
        self.the_flat_part_keeps_almost_all()
        self.where_they_cross_is_the_best()
        self.the_six_once_more()
        self.the_larger_curvature_sets_the_limit()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of rates on this lesson's loss."""
        return Story(self.loss, self.convergence)

    def lay_out(self) -> None:
        """The map on the left with the rate above it, the loss on the right."""
        story, theory = self.story, self.convergence
        left, self.right = STAGE.columns(1, 1)
        level = float(self.loss.value(story.start))
        self.map = RoundMap(left, self.loss, theory, story.reach, level, highest=story.highest)
        self.map.turn.set_value(upright(self.map))
        self.map.update()
        self.map.rings.update()
        self.axes, self.star = eigen_axes(self.map), self.map.minimum()
        self.rate = ValueTracker(story.rates[0])
        self.eta = Quantity(
            "eta", self.rate_now, np.array([left.left, left.top - 0.4, 0]), SIZE.equation
        )
        self.panel = LogPanel(self.right, story.losses, STEPS, '"step"', story.loss_name)
        self.walker: VMobject = self.map.dot(story.start)
        self.tracks: list[VGroup] = []
        self.add(self.rate, self.map.closeness)

    def rate_now(self) -> str:
        """The rate as it is written."""
        return significant(self.rate.get_value(), DIGITS)

    def how_far_would_you_push_it(self) -> None:
        with self.say("A bigger rate, bigger steps. How far would you push it?"):
            self.play(GrowFromCenter(self.walker), FadeIn(self.eta), run_time=0.8)

    def a_rate_is_tried(self, which: Rate) -> None:
        """Run from the start at one of the rates, and draw its loss; the one before steps back."""
        clock = DescentClock(self.story.runs[which])
        hops = Hops(self.map, path_so_far(clock))
        rows = self.panel.rows(self.story.losses[which])
        track = VGroup(self.panel.curve(clock, rows), self.panel.head(clock, rows))
        allow("contrast", track, reason="the head of another may cover it")
        with self.say(self.story.tale(which)) as said:
            before = [one.animate.set_color(PALETTE.muted) for one in self.tracks[-1:]]
            rate = self.rate.animate.set_value(self.story.rates[which])
            old, self.walker = self.walker, VGroup(hops, hops.dot)
            self.play(rate, FadeOut(old), FadeIn(self.walker), *before, run_time=0.5)
            self.add(clock, track)
            runs: list[Any] = [clock.animate.set_value(STEPS)]
            if which == Rate.BLOWING_UP:
                wide = self.map.closeness.get_value() + np.log(self.story.growth)
                runs.append(self.map.closeness.animate.set_value(wide))
                self.walker.add(first_window(self.map, self.story.reach))
            self.play(*runs, run_time=said.rest(4), rate_func=setting_out)
        self.tracks.append(track.clear_updaters())

    def six_rates_are_one_picture(self) -> None:
        old = self.panel
        self.kept = kept = KeptPanel(self.right, self.convergence, lambda: self.rate.get_value())
        self.marks = kept.six(self.story.rates)
        with self.say("Six rates, one picture: how much of each part does a step keep?") as said:
            self.play(FadeOut(old.numbers, old.names, old.marks, self.walker), run_time=0.4)
            self.play(
                ReplacementTransform(old.lines, kept.lines),
                *map(ReplacementTransform, self.tracks, self.marks),
                self.map.closeness.animate.set_value(np.log(self.story.reach)),
                self.rate.animate.set_value(0),
                run_time=1.5,
            )
            self.play(FadeIn(kept.numbers, kept.names, kept.marks), run_time=0.4)
            hops = Hops(self.map, lambda: self.few_hops(), fading=False)
            self.add(kept, hops, hops.dot, *map(kept.curve, (0, 1)), kept.pointer, self.marks)
            self.slide_to(Rate.BLOWING_UP, said.rest(3.0))

    def few_hops(self) -> FloatArray:
        """The first places at the present rate."""
        return self.convergence.predict(self.story.start, self.rate.get_value(), TRAIL)

    def slide_to(self, which: Rate, run_time: float) -> None:
        """Let the rate become one of the six."""
        self.play(self.rate.animate.set_value(self.story.rates[which]), run_time=run_time)

    def the_stiff_part_sets_the_limit(self) -> None:
        with self.say(self.story.stiff_part()) as said:
            self.play(Write(self.kept.label(1)), run_time=1.5)
            said.until("nothing")
            self.slide_to(Rate.TO_THE_FLOOR, 1.5)
            said.until("beyond")
            self.play(Create(self.kept.all_of_it()), run_time=0.6)
            self.slide_to(Rate.BOUND, 1.2)
            self.slide_to(Rate.BLOWING_UP, 0.8)

    def the_flat_part_keeps_almost_all(self) -> None:
        with self.say(self.story.flat_part()) as said:
            self.play(Write(self.kept.label(0)), run_time=1.2)
            self.slide_to(Rate.CREEPING, 1.5)
            self.slide_to(Rate.BOUND, said.rest(1.5))

    def where_they_cross_is_the_best(self) -> None:
        with self.say(self.story.crossing()) as said:
            self.play(FadeIn(self.kept.reading()), run_time=0.5)
            said.until("cross")
            self.slide_to(Rate.GLIDING, 1.2)
            said.until("best")
            self.slide_to(Rate.BOUND, 1.4)
            self.slide_to(Rate.BEST, said.rest(1.2))

    def the_six_once_more(self) -> None:
        grid, self.strip = STAGE.rows(5, 0.8, gap=0.1)
        six = recalls(grid, self.story)
        gone = [one for one in self.mobjects if one not in (self.running_title, self.marks)]
        with self.say("Here are the six once more. Now you can tell them apart at a glance."):
            grow = [
                GrowFromPoint(one.map, at.get_center())
                for one, at in zip(six, self.marks, strict=True)
            ]
            self.play(FadeOut(*gone, self.marks), *grow, run_time=1.2)
            for one in six:
                self.add(one.clock, one.hops)
            self.six = [one.clock for one in six]
            names = LaggedStart(*(Write(one.name) for one in six), lag_ratio=0.8)
            runs = [one.clock.animate.set_value(TRAIL) for one in six]
            self.play(names, *runs, run_time=4.0, rate_func=linear)

    def the_larger_curvature_sets_the_limit(self) -> None:
        with self.say(self.story.the_limit()) as said:
            runs = [clock.animate.set_value(2 * TRAIL) for clock in self.six]
            said.until("two over")
            self.play(Write(self.strip.place(limit(self.story))), *runs, run_time=4.0)
