"""The storyboard of chapter 0: the notebook's clip, played again, and asked for its numbers."""

from functools import cached_property

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Indicate,
    LaggedStart,
    Transform,
    ValueTracker,
    VGroup,
    Write,
    linear,
)

from gdmath import to_typst
from gdmath.descent import CLOSE
from scenes.ch00_it_looks_done.gauge import Gauge
from scenes.ch00_it_looks_done.scrubber import GAP, HEIGHT, Scrubber
from scenes.ch00_it_looks_done.story import Story, chapters_left_out
from scenes.ch00_it_looks_done.texts import announcement, left_out_list, recipe
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel, ghost_line
from scenes.kit.theme import PALETTE
from scenes.kit.wording import fixed, reading_time, whole


class ItLooksDone(Chapter):
    """The notebook's clip, played again, and then asked for its numbers."""

    def construct(self) -> None:
        story = self.story
        self.the_lecture_is_announced()
        self.title_card()
        self.lay_out()
        self.there_are_points()
        self.a_frame_draws_then_updates()
        self.the_guess_is_never_shown()
        self.the_clip_plays()
        self.it_looks_done()
        self.the_numbers_have_not_arrived()
        if story.arrival is not None:
            self.they_arrive_much_later(story.arrival)
        elif story.has_arrived:
            self.this_one_has_arrived()
        self.what_the_lecture_promises()
        if self.entry.left_out:
            self.what_the_lesson_goes_without()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of the clip of this lesson."""
        return Story(self.loss, self.trajectory, self.convergence, self.graph)

    def the_lecture_is_announced(self) -> None:
        title, author = announcement(self.lesson)
        with self.say(""):
            self.play(Write(title), FadeIn(author, shift=0.15 * UP), run_time=1.2)
            self.wait(reading_time(self.lesson.title + self.lesson.author) - 1.2)
            self.play(FadeOut(title, author, shift=0.2 * UP), run_time=0.5)

    def lay_out(self) -> None:
        """Put the film over its bar on the left, and leave room for the gauges on the right."""
        left, right = STAGE.columns(1.6, 1, gap=0.7)
        film, bar = left.rows(left.height - HEIGHT - GAP, HEIGHT, gap=GAP)
        self.clock = DescentClock(self.story.whole_descent)
        seen = self.trajectory.parameters[: self.story.last + 1]
        self.panel = DataPanel(film, self.loss, seen)
        self.scrubber = Scrubber(bar, self.clock, ValueTracker(self.story.last))
        self.recipe = recipe(self.graph, self.lesson.steps_per_frame)
        self.recipe.move_to(self.panel.lines).set_x(right.left, LEFT)
        self.looks_done = self.story.looks_done(self.panel.samples, self.panel.y.span)
        self.gauge_rows = right.rows(1, 1, gap=0.3)

    def there_are_points(self) -> None:
        order = np.argsort(self.panel.places[:, 0])
        with self.say(self.story.the_points()):
            self.play(FadeIn(self.panel), run_time=0.8)
            appear = [GrowFromCenter(self.panel.dots[k]) for k in order]
            self.play(LaggedStart(*appear, lag_ratio=0.12), run_time=2.4)
            self.add(self.panel.dots)

    def a_frame_draws_then_updates(self) -> None:
        with self.say(
            "A notebook films the search for it: each frame draws a {graph}, then updates it.",
            graph=self.graph,
        ):
            self.play(FadeIn(self.scrubber), FadeIn(self.recipe[0]), run_time=0.8)
            for row in self.recipe[1:]:
                self.play(FadeIn(row, shift=0.15 * RIGHT), run_time=0.9)

    def the_guess_is_never_shown(self) -> None:
        self.ghost = ghost_line(self.panel, self.lesson.start)
        self.line = self.panel.line(lambda: self.clock.parameters)
        with self.say(
            "An extra call comes before the first frame, so the clip never shows the guess."
        ) as said:
            self.play(Create(self.ghost), run_time=1.2)
            for row in self.recipe[1:]:
                self.play(Indicate(row, 1.05, PALETTE.parameters), run_time=0.9)
            self.clock.set_value(self.lesson.steps_per_frame)
            faint = self.ghost.animate.set_stroke(opacity=0.45)
            said.until("so")
            self.play(FadeIn(self.line), faint, run_time=0.8)

    def the_clip_plays(self) -> None:
        frames, last = self.story.frames, self.story.last
        with self.say("{frames} frames, {last} updates.", frames=whole(frames), last=whole(last)):
            self.play(FadeOut(self.ghost), run_time=0.4)
            self.play(
                self.clock.animate.set_value(last),
                rate_func=self.story.frame_by_frame,
                run_time=self.story.seconds,
            )

    def it_looks_done(self) -> None:
        stop = Transform(self.scrubber.symbol, self.scrubber.stopped())
        with self.say(self.story.how_it_looks(self.looks_done)):
            self.play(stop, FadeOut(self.recipe), run_time=0.6)

    def the_numbers_have_not_arrived(self) -> None:
        self.gauges = [self.gauge(k) for k in (0, 1)]
        for k, gauge in enumerate(self.gauges):
            stands, best = gauge.write(gauge.at()), gauge.write(gauge.goal)
            with self.say(self.story.a_number(k, stands, best)) as said:
                self.play(FadeIn(gauge), FadeIn(gauge.reading()), run_time=0.7)
                marker, star = gauge.marker(), gauge.star()
                self.play(GrowFromCenter(marker), run_time=0.5)
                said.until("best")
                self.play(GrowFromCenter(star), FadeIn(gauge.aim()), run_time=0.7)
                self.play(Create(gauge.gap()), run_time=0.7)

    def gauge(self, k: int) -> Gauge:
        """The gauge of a parameter (0 or 1), with room for all that is still to come."""
        name, best = to_typst(self.lesson.parameters[k]), float(self.convergence.minimum[k])
        stretch = self.story.stretches[k]
        return Gauge(self.gauge_rows[k], name, lambda: self.clock.parameters[k], best, stretch)

    def this_one_has_arrived(self) -> None:
        with self.say(
            "Both are within {close} %: this one has arrived. The picture alone could not tell.",
            close=fixed(100 * CLOSE, 0),
        ):
            self.wait(1)

    def they_arrive_much_later(self, step: int) -> None:
        mark = self.scrubber.mark(self.story.last, "clip ends")
        ghosts = VGroup(*(gauge.ghost() for gauge in self.gauges))
        sign = self.scrubber.symbol
        with self.say(self.story.arriving(step, self.looks_done)) as said:
            self.play(FadeIn(mark), FadeIn(ghosts), run_time=0.5)
            said.until("Only")
            longer = self.scrubber.span.animate.set_value(step)
            self.play(Transform(sign, self.scrubber.playing()), longer, run_time=1.2)
            self.play(self.clock.animate.set_value(step), rate_func=linear, run_time=5)
            self.play(Transform(sign, self.scrubber.stopped()), run_time=0.4)

    def what_the_lecture_promises(self) -> None:
        with self.say(
            "Why it slows down, how to foresee it, how to do better: that is this lecture."
        ):
            self.wait(1)

    def what_the_lesson_goes_without(self) -> None:
        shown = [mobject for mobject in self.mobjects if mobject is not self.running_title]
        with self.say(chapters_left_out(len(self.entry.left_out))):
            self.play(FadeOut(*shown), run_time=0.8)
            self.play(FadeIn(STAGE.place(left_out_list(self.entry.left_out))), run_time=0.8)
            self.wait(1)
