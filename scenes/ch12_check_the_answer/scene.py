"""The storyboard of chapter 12: two lines on the map cross at the bottom, found by solving."""

from functools import cached_property

import numpy as np
from manim import (
    LEFT,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Indicate,
    ReplacementTransform,
    VGroup,
    Write,
)

from scenes.ch12_check_the_answer.story import Story
from scenes.ch12_check_the_answer.sums import Sums, answer
from scenes.ch12_check_the_answer.zero_slopes import (
    bent_map,
    downhill,
    named,
    walker_on,
    zero_slope,
)
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, zoom
from scenes.kit.run import Run
from scenes.kit.text import Equation, Quantity, by_meaning, predicted, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import whole


class CheckTheAnswer(Chapter):
    """The bottom as the crossing of two lines, then as the solution of two equations."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(*self.opening())
        self.can_you_find_it_without_walking()
        self.each_slope_is_zero_along_a_line()
        self.each_line_is_an_equation()
        self.solve_them()
        self.how_far_off_was_the_descent()
        self.was_it_for_nothing()
        self.bend_the_model()
        self.the_slope_is_always_there()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent and of its solution."""
        return Story(self.lesson, self.convergence, self.trajectory)

    def lay_out(self) -> None:
        """A map of all the way; then one of its end on the left, and what is solved beside it."""
        self.left, self.right = STAGE.columns(1.15, 1, gap=0.4)
        self.upper, self.lower = self.right.rows(1.3, 1, gap=0.3)
        self.walker = Run(self.trajectory, PALETTE.parameters)
        all_, late = self.trajectory.parameters, self.story.late
        self.wide = MapPanel(STAGE, self.loss, self.convergence, all_, margin=0.35)
        self.close = MapPanel(self.left, self.loss, self.convergence, late, margin=0.3)
        self.on_wide = [self.wide.bands, self.wide.rings, *self.walker.on_map(self.wide)]
        self.add(self.walker.clock)

    def opening(self) -> tuple[Animation, ...]:
        """The first picture: the map, and where the walker sets out."""
        bands, rings, _, dot = self.on_wide
        return FadeIn(bands, self.wide, dot), Create(rings)

    def can_you_find_it_without_walking(self) -> None:
        with self.say("The bottom is where both slopes are zero. Can you find it without walking?"):
            self.add(self.on_wide[2])
            self.play(self.walker.to(self.trajectory.steps), run_time=5.0)

    def each_slope_is_zero_along_a_line(self) -> None:
        self.labels = VGroup()
        for index in range(2):
            line = zero_slope(self.wide, index)
            label = named(self.wide, index, line, self.on_wide[-1])
            allow("overlap", self.close.rings, label, reason="it leaves as they come")
            with self.say(self.story.zero_along(index)) as said:
                said.until("zero")
                self.play(Create(line), run_time=3.0)
                self.play(Write(label), run_time=1.0)
                if index:
                    star = self.wide.minimum()
                    self.play(GrowFromCenter(star), run_time=0.8)
            self.labels.add(label)
            self.on_wide.append(line)
        self.on_wide.append(star)

    def each_line_is_an_equation(self) -> None:
        close = self.close
        self.sums = Sums(self.story, self.upper)
        lines = VGroup(*(zero_slope(close, index) for index in range(2)))
        self.on_close = [close.bands, close.rings, close.minimum(), *lines]
        self.on_close += self.walker.on_map(close)
        with self.say(
            "Each line is one equation. Sum over the points, and only numbers remain."
        ) as said:
            self.play(zoom(self.wide, close, self.on_wide, self.on_close))
            self.play(*map(ReplacementTransform, self.labels, self.sums), run_time=1.0)
            said.until("Sum")
            for index in range(2):
                self.play(self.sums.collapse(index), run_time=1.6)

    def solve_them(self) -> None:
        rows = self.lower.rows(1, 1, gap=0.0)
        self.answers = VGroup(
            *(answer(self.story, k, row.centre) for k, row in enumerate(rows))
        ).set_x(self.lower.centre[0])
        with self.say(self.story.solved()) as said:
            said.ends_paragraph()
            said.until("school")
            for numbers, result in zip(self.sums.numbers, self.answers, strict=True):
                self.play(ReplacementTransform(numbers.copy(), result), run_time=1.6)
            self.play(Indicate(self.on_close[2], scale_factor=2.0), run_time=1.0)

    def how_far_off_was_the_descent(self) -> None:
        ends = np.array([self.story.stood, self.story.equations.solution])
        shown = self.story.shows(np.diff(self.close.c2p(ends), axis=0)[0, :2])
        legs = self.close.legs(*ends) if shown else VGroup()
        self.on_close += legs
        *rows, bottom = self.upper.rows(1, 1, 1, gap=0.1)
        self.misses = VGroup(
            *(
                row.place(words(self.in_language(miss), SIZE.equation))
                for miss, row in zip(self.story.misses(), rows, strict=True)
            )
        )
        clock = self.walker.clock
        place = bottom.centre + self.misses[0].width / 2 * LEFT
        self.step = Quantity('"step"', lambda: whole(clock.step), place, SIZE.equation)
        with self.say(self.story.how_far_off()) as said:
            self.play(FadeIn(self.step), Indicate(self.on_close[-1], 2.0), run_time=1.2)
            said.until("stands")
            for k, (numbers, miss) in enumerate(zip(self.sums.numbers, self.misses, strict=True)):
                grown = map(Create, legs[k : k + 1])
                self.play(ReplacementTransform(numbers, miss), *grown, run_time=1.6)

    def was_it_for_nothing(self) -> None:
        clock = self.walker.clock
        with self.say(self.story.for_nothing()):
            self.play(clock.animate.set_value(self.close.entry(clock)), run_time=1.6)
            self.play(self.walker.to(self.trajectory.steps), run_time=3.4)

    def bend_the_model(self) -> None:
        self.bent = bent_map(self.left)
        curves = [zero_slope(self.bent, index) for index in range(2)]
        lines = self.on_close[3:5]
        gone = [*self.on_close[:3], *self.on_close[5:], self.close, self.misses, self.step]
        lesson = self.bent.loss.lesson
        model = Equation(predicted(lesson), SIZE.title, by_meaning(lesson.parameters))
        with self.say(
            "But bend the model, and these two lines bend as well. No school algebra then."
        ) as said:
            said.ends_paragraph()
            ground = FadeIn(self.bent, self.bent.bands, self.bent.rings)
            grown = ReplacementTransform(self.answers, self.right.place(model))
            self.play(FadeOut(*gone), ground, grown, run_time=1.4)
            said.until("bend as well")
            self.play(*map(ReplacementTransform, lines, curves), run_time=3.0)

    def the_slope_is_always_there(self) -> None:
        walker = walker_on(self.bent)
        track, dot = walker.on_map(self.bent)
        slope = downhill(self.bent, walker.clock)
        with self.say(
            "The slope under your feet is always there. So let us learn to walk better."
        ) as said:
            self.add(walker.clock, track)
            self.play(GrowFromCenter(dot), FadeIn(slope), run_time=0.8)
            said.until("always")
            self.play(walker.to(walker.trajectory.steps), run_time=4.5)
