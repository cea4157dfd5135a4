"""The storyboard of chapter 10: six descents from one start on one clock, each at its own rate."""

from functools import cached_property

import numpy as np
import sympy as sp
from manim import (
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    SurroundingRectangle,
    VMobject,
    linear,
)

from scenes.ch10_how_big_a_step.relatives_panel import MEAN, ROOT, SUM, RelativesPanel
from scenes.ch10_how_big_a_step.story import FIRST, LONGER, STEPS, Rate, Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, TITLE
from scenes.kit.maps import RateMap
from scenes.kit.proof.trace import decoration
from scenes.kit.text import Equation, by_meaning
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import as_given, significant, whole


class HowBigAStep(Chapter):
    """Six descents from one start on one clock, each at a learning rate of its own."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.six_rates_start_together()
        self.the_first_steps_tell_them_apart()
        self.small_ones_creep()
        self.one_kills_the_stiff_part_at_once()
        self.the_best_lets_both_parts_shrink_alike()
        self.at_the_bound_it_bounces()
        self.beyond_the_bound_it_blows_up()
        self.the_bound_is_the_curvature()
        self.a_sum_is_steeper_than_a_mean()
        if self.story.has_root:
            self.a_root_never_settles()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of rates on this lesson's loss."""
        return Story(self.loss, self.convergence)

    def lay_out(self) -> None:
        """Six small maps in two rows, by growing rate; nothing is shown yet."""
        start, theory = self.lesson.start, self.convergence
        seen = np.array([start, 2 * theory.minimum - start])
        cells = [
            cell for row in STAGE.rows(1, 1, gap=0.25) for cell in row.columns(1, 1, 1, gap=0.5)
        ]
        self.maps = [
            RateMap(cell, self.loss, theory, rate, seen, STEPS)
            for cell, rate in zip(cells, self.story.rates, strict=True)
        ]
        self.pointer = VMobject()
        law = sp.Symbol("eta") < 2 / sp.Symbol("lambda_max")
        self.law = Equation(law, SIZE.small, by_meaning(()))
        self.law.align_to(TITLE.right * RIGHT + TITLE.top * UP, UP + RIGHT)
        self.add(*(map_.clock for map_ in self.maps))

    def six_rates_start_together(self) -> None:
        with self.say(
            "One map, one start, {count} learning rates. Which of them would you trust?",
            count=whole(len(self.maps)),
        ):
            self.play(LaggedStart(*map(FadeIn, self.maps), lag_ratio=0.25), run_time=3.0)

    def the_first_steps_tell_them_apart(self) -> None:
        with self.say(
            "{steps} steps each. Some glide, some leap across the valley and back.",
            steps=whole(FIRST),
        ) as said:
            said.until("Some")
            self.run_to(FIRST, run_time=4.0)
        with self.say("Now let them all go on to step {steps}.", steps=whole(STEPS)) as said:
            said.until("go on")
            self.run_to(STEPS, run_time=5.0)

    def small_ones_creep(self) -> None:
        with self.say(
            "At {rate} it glides in, then creeps: the loss is {loss}.",
            rate=self.story.rate(Rate.CREEPING),
            loss=self.story.end(Rate.CREEPING),
        ):
            self.point_at(Rate.CREEPING)

    def one_kills_the_stiff_part_at_once(self) -> None:
        with self.say(
            "At {rate}, one over the larger eigenvalue, the first step reaches the valley floor.",
            rate=self.story.rate(Rate.TO_THE_FLOOR),
        ):
            self.point_at(Rate.TO_THE_FLOOR)

    def the_best_lets_both_parts_shrink_alike(self) -> None:
        with self.say(
            "At {rate} both parts shrink alike, to {factor} of themselves every step.",
            rate=self.story.rate(Rate.BEST),
            factor=significant(self.convergence.best_factor, 3),
        ):
            self.point_at(Rate.BEST)
        with self.say(self.story.ahead_of_the_others()):
            self.point_at(self.story.ahead)

    def at_the_bound_it_bounces(self) -> None:
        with self.say(
            "At {rate} it bounces between two sides for ever, and gains nothing.",
            rate=self.story.rate(Rate.BOUND),
        ):
            self.point_at(Rate.BOUND)

    def beyond_the_bound_it_blows_up(self) -> None:
        with self.say(
            "A little more, {rate}, and it blows up: the loss is {loss}.",
            rate=self.story.rate(Rate.BLOWING_UP),
            loss=self.story.end(Rate.BLOWING_UP),
        ):
            self.point_at(Rate.BLOWING_UP)

    def the_bound_is_the_curvature(self) -> None:
        given = self.lesson.learning_rate
        with self.say(
            "The bound is two over the larger eigenvalue: {times} times the {rate} of our lesson.",
            times=significant(self.story.rates[Rate.BOUND] / given, 2),
            rate=as_given(given),
        ) as said:
            self.point_at(Rate.BOUND)
            said.until("two over")
            self.play(FadeIn(self.law, shift=0.15 * UP), run_time=0.8)

    def a_sum_is_steeper_than_a_mean(self) -> None:
        """The same rate on the sum over the points, beside their mean; both told as the mean."""
        self.panel = RelativesPanel(STAGE, self.story)
        with self.say(
            "Forget to divide by {count}, and all slopes are {count} times as steep: the "
            "bound is {bound}.",
            count=whole(self.lesson.x.size),
            bound=significant(self.story.bound_of_the_sum, 3),
        ) as said:
            self.play(FadeOut(*self.maps, self.pointer, self.law), FadeIn(self.panel), run_time=1.0)
            said.until("all slopes")
            self.follow(MEAN, LONGER, 2.5)
        with self.say(self.story.the_sum_blows_up()):
            self.follow(SUM, self.story.blown_up, 1.5)

    def a_root_never_settles(self) -> None:
        root = self.story.root
        with self.say("And the root of the mean? {its_steps}", its_steps=root.steps()):
            self.follow(ROOT, LONGER, 3.5)
        with self.say(root.end()):
            self.wait(1)

    def follow(self, k: int, steps: int, run_time: float) -> None:
        """Let one of the curves run to its end, and say there whose it is."""
        clock, (curve, head) = self.panel.clocks[k], self.panel.track(k)
        self.add(clock, curve, head)
        self.play(clock.animate.set_value(steps), run_time=run_time, rate_func=linear)
        self.play(FadeIn(self.panel.label_of(k, head)), run_time=0.4)

    def run_to(self, step: int, run_time: float) -> None:
        """Let all six clocks run to ``step``."""
        clocks = [map_.clock.animate.set_value(step) for map_ in self.maps]
        self.play(*clocks, run_time=run_time, rate_func=linear)

    def point_at(self, which: Rate) -> None:
        """Draw a frame round the map of a rate, or let it come there from another."""
        frame = decoration(SurroundingRectangle(self.maps[which].map, color=PALETTE.ink, buff=0.05))
        comes = ReplacementTransform(self.pointer, frame) if self.pointer else Create(frame)
        self.play(comes, run_time=0.8)
        self.pointer = frame
