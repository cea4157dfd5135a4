"""The storyboard of chapter 0: the notebook's clip, played at once, and asked for its numbers."""

import numpy as np
from manim import (
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    linear,
)

from scenes.ch00_it_looks_done.closer import Glass, SlopeTriangle
from scenes.ch00_it_looks_done.scrubber import GAP, HEIGHT, Scrubber
from scenes.ch00_it_looks_done.shortfall import shortfalls
from scenes.ch00_it_looks_done.story import MOST, Story, chapters_left_out
from scenes.ch00_it_looks_done.texts import announcement, left_out_list, questions
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel
from scenes.kit.theme import PALETTE


class ItLooksDone(Chapter):
    """The notebook's clip, played at once, and then asked for its numbers."""

    def construct(self) -> None:
        self.lay_out()
        story = self.story
        self.a_line_learns()
        self.it_slows_down_and_stops()
        self.it_looks_done()
        self.its_numbers_are_asked_for()
        self.the_number_is_not_there_yet()
        if story.has_arrived:
            self.this_one_has_arrived()
        elif self.convergence.minimum.all():
            self.how_much_is_missing()
        if story.arrival is not None:
            self.it_runs_on(story.arrival)
            self.it_arrives_much_later(story.arrival)
        self.what_we_would_like_to_know()
        self.each_has_an_answer()
        if self.entry.left_out:
            self.what_the_lesson_goes_without()
        self.hold()

    def lay_out(self) -> None:
        """Put the film over its bar, as wide as the stage; later it makes room for numbers."""
        self.story = story = Story(self.loss, self.trajectory, self.convergence, self.graph)
        film, bar = STAGE.rows(STAGE.height - HEIGHT - GAP, HEIGHT, gap=GAP)
        narrow, self.aside = film.columns(1.45, 1, gap=1.0)
        self.clock = clock = DescentClock(story.whole_descent)
        self.at = at = lambda: clock.parameters
        seen = self.trajectory.parameters[: story.last + 1]
        self.opening, self.panel = (DataPanel(room, self.loss, seen) for room in (film, narrow))
        self.opened, self.line = self.opening.line(at), self.panel.line(at)
        span, updates = ValueTracker(story.last), self.lesson.steps_per_frame
        self.scrubber, self.named = Scrubber(bar, clock, span, updates), announcement(self.lesson)
        self.looks_done = story.looks_done(self.panel.samples, self.panel.y.span)
        *self.rows, self.close = self.aside.rows(1, 1, 2.2, gap=0.25)

    def a_line_learns(self) -> None:
        with self.say(self.story.the_points()):
            self.add(self.opening, self.opened, self.opening.dots, self.named)
            self.add(self.scrubber, self.scrubber.frames)
            self.clip_plays(2.3)
            self.clip_plays(2.3)

    def clip_plays(self, seconds: float) -> None:
        """Let all frames of the clip be seen, one after the other, from the first one again."""
        if self.clock.time:
            self.play(self.clock.animate.set_value(0), run_time=0.4)
        run, frames = self.clock.animate.set_value(self.story.last), self.story.frame_by_frame
        self.play(run, rate_func=frames, run_time=seconds)

    def it_slows_down_and_stops(self) -> None:
        with self.say(self.story.the_clip()):
            self.clip_plays(4.5)

    def it_looks_done(self) -> None:
        with self.say(self.story.how_it_looks(self.looks_done)):
            self.title_comes(FadeOut(self.named, run_time=0.3))

    def its_numbers_are_asked_for(self) -> None:
        wide = VGroup(self.opening, self.opened, self.opening.dots)
        narrow = VGroup(self.panel, self.line, self.panel.dots)
        with self.say(
            "Would you stop here? First ask the {graph} for its numbers.", graph=self.graph
        ):
            self.play(ReplacementTransform(wide, narrow), run_time=3.2)
            self.add(self.panel, self.line, self.panel.dots)

    def the_number_is_not_there_yet(self) -> None:
        story = self.story
        self.numbers = first, _ = shortfalls(self.rows, story, self.at)
        self.triangle, self.shown = VGroup(), VGroup(*self.numbers)
        stands, best = story.numbers(story.asked)
        with self.say(story.a_number()) as said:
            if story.slope is not None:
                self.triangle.add(*SlopeTriangle(self.panel, self.clock.parameters, stands))
                self.play(LaggedStart(*map(Create, self.triangle), lag_ratio=0.4), run_time=1.6)
            self.play(FadeIn(first.value, target_position=self.line), run_time=1.2)
            self.add(first.value)
            if stands != best:
                said.until(best)
            self.play(GrowFromPoint(first.aim, first.aim.get_left()), run_time=0.8)
            if story.is_exact:
                said.until("points")
                lit = [Indicate(dot, 2, PALETTE.ink) for dot in self.panel.dots]
                self.play(LaggedStart(*lit, lag_ratio=0.1), run_time=2.6)

    def this_one_has_arrived(self) -> None:
        with self.say(self.story.arrived()):
            for number in self.numbers:
                self.play(FadeIn(number), Create(number.missing), run_time=1.2)

    def how_much_is_missing(self) -> None:
        first, end = self.numbers[0], self.story.end_seen_closer()
        with self.say(self.story.still_off(end is not None)) as said:
            self.play(Create(first.missing), FadeOut(self.triangle), run_time=1.4)
            self.add(first)
            if end is not None:
                glass = Glass(self.close, self.panel, end, self.at, self.convergence.minimum)
                said.until("closer")
                self.play(glass.comes())
                self.shown.add(*glass)

    def it_runs_on(self, step: int) -> None:
        mark, longer = self.scrubber.mark(self.story.last, "clip ends"), self.scrubber.span
        with self.say("Let it run on, and keep an eye on that number."):
            self.play(Create(mark), FadeOut(self.scrubber.frames), run_time=0.5)
            self.play(longer.animate.set_value(step), Create(self.numbers[1]), run_time=1.2)
            self.add(self.numbers[1])
            way = self.story.last + MOST * (step - self.story.last)
            self.play(self.clock.animate.set_value(way), rate_func=linear, run_time=3)

    def it_arrives_much_later(self, step: int) -> None:
        with self.say(self.story.arriving(step, self.looks_done)) as said:
            self.play(self.clock.animate.set_value(step), rate_func=linear, run_time=3)
            if self.looks_done:
                said.until("picture")
            for time in (self.story.last, step):
                self.play(self.clock.animate.set_value(time), run_time=1.6)

    def what_we_would_like_to_know(self) -> None:
        lines = self.aside.place(questions())
        stops = self.story.last, self.scrubber.span.get_value(), 0
        with self.say(
            "Why did it slow down? Could we have known before? And can we do better?"
        ) as said:
            self.play(FadeOut(self.shown, self.triangle), run_time=0.5)
            self.play(self.clock.animate.set_value(0), run_time=0.7)
            for word, line, stop in zip(("Why", "Could", "can"), lines, stops, strict=True):
                said.until(word)
                run = self.clock.animate.set_value(stop)
                self.play(FadeIn(line, shift=0.3 * UP), run, rate_func=linear, run_time=1.9)

    def each_has_an_answer(self) -> None:
        bars, order = self.panel.residuals(self.lesson.start), np.argsort(self.panel.places[:, 0])
        growing = [GrowFromPoint(bars[k], bars[k].get_start()) for k in order]
        with self.say(
            "Three questions, and each has an answer. First: how wrong is a {graph}?",
            graph=self.graph,
        ) as said:
            said.until("First")
            self.play(LaggedStart(*growing, lag_ratio=0.1), run_time=2.4)
            self.add(bars)

    def what_the_lesson_goes_without(self) -> None:
        shown = [mobject for mobject in self.mobjects if mobject is not self.running_title]
        listed = STAGE.place(left_out_list(self.entry.left_out))
        with self.say(chapters_left_out(len(self.entry.left_out))):
            self.play(FadeOut(*shown), FadeIn(listed))
