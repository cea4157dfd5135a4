"""A picture that has stopped is not a descent that has arrived."""

from functools import cached_property

import numpy as np
from manim import (
    DOWN,
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

from gdmath import FloatArray, Trajectory, to_typst
from scenes.ch00_it_looks_done import story
from scenes.ch00_it_looks_done.gauge import Gauge
from scenes.ch00_it_looks_done.left_out import left_out_list
from scenes.ch00_it_looks_done.scrubber import HEIGHT, Scrubber
from scenes.kit.arrival import CLOSE, arrival, whole_way
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import SAFE, STAGE, Region
from scenes.kit.panels import DataPanel, ghost_line
from scenes.kit.text import words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Values, fill, fixed, from_lesson, reading_time, unicode_name, whole
from scenes.kit.wording.numbers import padded

SECONDS_PER_FRAME = 0.1
LONGEST_CLIP = 6.0
VISIBLE = 0.04
GAP = 0.15


class ItLooksDone(Chapter):
    """The notebook's clip, played again, and then asked for its numbers."""

    def construct(self) -> None:
        self.the_lecture_is_announced()
        self.title_card()
        self.there_are_points()
        self.a_frame_draws_then_updates()
        self.the_guess_is_never_shown()
        self.the_clip_plays()
        self.it_looks_done()
        self.the_numbers_have_not_arrived()
        if self.arrival is not None:
            self.they_arrive_much_later(self.arrival)
        elif arrival(self.trajectory, self.convergence) is not None:
            self.this_one_has_arrived()
        self.what_the_lecture_promises()
        if self.entry.left_out:
            self.what_the_lesson_goes_without()
        self.hold()

    @cached_property
    def frames(self) -> int:
        """How many pictures the clip has; the last shows all updates but an incomplete frame's."""
        return self.lesson.steps // self.lesson.steps_per_frame

    @cached_property
    def last(self) -> int:
        """The updates made when the clip's last frame is drawn."""
        return self.frames * self.lesson.steps_per_frame

    @cached_property
    def best(self) -> FloatArray:
        """The parameters of least loss, (2,)."""
        return self.convergence.minimum

    @cached_property
    def whole_way(self) -> Trajectory:
        """The same descent, continued until both parameters are close to the best, if they come."""
        return whole_way(self.loss, self.trajectory, self.convergence)

    @cached_property
    def arrival(self) -> int | None:
        """The step from which both parameters are close to the best; None if not after the clip."""
        settled = arrival(self.whole_way, self.convergence)
        return settled if settled is not None and settled > self.last else None

    @property
    def looks_done(self) -> bool:
        """Whether the clip's last line can hardly be told from the best one in this picture."""
        lines = [self.trajectory.parameters[self.last], self.best]
        apart = np.ptp(self.loss.prediction(lines, self.panel.samples), axis=0).max()
        return bool(apart < VISIBLE * self.panel.y.span)

    def the_lecture_is_announced(self) -> None:
        """Show what the lesson is called, and who gives it."""
        title, author = words(from_lesson(self.lesson.title), SIZE.title), VGroup()
        if self.lesson.author:
            author.add(words(from_lesson(self.lesson.author), SIZE.label, PALETTE.muted))
        # A long title may have to shrink, which is no reason for the name beneath it to.
        SAFE.place(VGroup(*map(SAFE.place, (title, author))).arrange(DOWN, buff=0.5))
        with self.say(""):
            self.play(Write(title), FadeIn(author, shift=0.15 * UP), run_time=1.2)
            self.wait(reading_time(self.lesson.title + self.lesson.author) - 1.2)
            self.play(FadeOut(title, author, shift=0.2 * UP), run_time=0.5)

    def there_are_points(self) -> None:
        self.clock = DescentClock(self.whole_way)
        left, self.right = STAGE.columns(1.6, 1, gap=0.7)
        film, bar = left.rows(left.height - HEIGHT - GAP, HEIGHT, gap=GAP)
        self.panel = DataPanel(film, self.loss, self.trajectory.parameters[: self.last + 1])
        self.scrubber = Scrubber(bar, self.clock, ValueTracker(self.last))
        order = np.argsort(self.panel.places[:, 0])
        count, drawn = self.lesson.x.size, len(order)
        with self.say(story.the_points(count, drawn, self.lesson.is_straight)):
            self.play(FadeIn(self.panel), run_time=0.8)
            appear = [GrowFromCenter(self.panel.dots[k]) for k in order]
            self.play(LaggedStart(*appear, lag_ratio=0.12), run_time=2.4)
            self.add(self.panel.dots)

    def a_frame_draws_then_updates(self) -> None:
        updates = self.lesson.steps_per_frame
        self.recipe = VGroup(
            words("In every frame", SIZE.label, PALETTE.muted),
            words(f"draw the {self.graph},", SIZE.equation),
            words(fill("then update it {n} times", n=whole(updates)), SIZE.equation),
        ).arrange(DOWN, aligned_edge=LEFT, buff=0.3)
        self.recipe.move_to(self.panel.lines).set_x(self.right.left, LEFT)
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
        ):
            self.play(Create(self.ghost), run_time=1.2)
            for row in self.recipe[1:]:
                self.play(Indicate(row, 1.05, PALETTE.parameters), run_time=0.9)
            self.clock.set_value(self.lesson.steps_per_frame)
            faint = self.ghost.animate.set_stroke(opacity=0.45)
            self.play(FadeIn(self.line), faint, run_time=0.8)

    def the_clip_plays(self) -> None:
        def frame_by_frame(t: float) -> float:
            return min(int(t * self.frames + 1e-6), self.frames - 1) / max(self.frames - 1, 1)

        with self.say(
            "{frames} frames, {last} updates.", frames=whole(self.frames), last=whole(self.last)
        ):
            self.play(FadeOut(self.ghost), run_time=0.4)
            self.play(
                self.clock.animate.set_value(self.last),
                rate_func=frame_by_frame,
                run_time=min(SECONDS_PER_FRAME * self.frames, LONGEST_CLIP),
            )

    def it_looks_done(self) -> None:
        stop = Transform(self.scrubber.symbol, self.scrubber.stopped())
        with self.say(story.how_it_looks(self.graph, self.looks_done)):
            self.play(stop, FadeOut(self.recipe), run_time=0.6)

    def the_numbers_have_not_arrived(self) -> None:
        self.gauges = self.build_gauges()
        names = map(unicode_name, self.lesson.parameters)
        for k, (name, gauge) in enumerate(zip(names, self.gauges, strict=True)):
            stands, best = gauge.write(gauge.at()), gauge.write(gauge.goal)
            values: Values = {"name": name, "stands": stands, "best": best, "graph": self.graph}
            with self.say(story.a_number(values, is_first=k == 0)):
                self.play(FadeIn(gauge), FadeIn(gauge.reading()), run_time=0.7)
                marker, star = gauge.marker(), gauge.star()
                self.play(GrowFromCenter(marker), run_time=0.5)
                self.play(GrowFromCenter(star), FadeIn(gauge.aim()), run_time=0.7)
                self.play(Create(gauge.gap()), run_time=0.7)

    def build_gauges(self) -> list[Gauge]:
        """One gauge a parameter, both on one scale, with room for all that is still to come."""
        ahead = self.whole_way.parameters[self.last : (self.arrival or self.last) + 1]
        ends = np.array([padded(column, 0.12) for column in np.vstack([ahead, self.best]).T])
        # Ends that are all but one place are seen in a stretch as long as what counts as close.
        reach = max(np.ptp(ends, axis=1).max() / 2, 2 * CLOSE * float(np.abs(self.best).max()))
        regions = self.right.rows(1, 1, gap=0.3)
        return [
            self.gauge(k, region, (middle - reach, middle + reach))
            for k, (region, middle) in enumerate(zip(regions, ends.mean(axis=1), strict=True))
        ]

    def gauge(self, parameter: int, region: Region, stretch: tuple[float, float]) -> Gauge:
        """A stretch of the number line of the parameter (0 or 1)."""
        name, best = to_typst(self.lesson.parameters[parameter]), float(self.best[parameter])
        return Gauge(region, name, lambda: self.clock.parameters[parameter], best, stretch)

    def this_one_has_arrived(self) -> None:
        with self.say(
            "Both are within {close} %: this one has arrived. The picture alone could not tell.",
            close=fixed(100 * CLOSE, 0),
        ):
            self.wait(1)

    def they_arrive_much_later(self, step: int) -> None:
        mark = self.scrubber.mark(self.last, "clip ends")
        ghosts = VGroup(*(gauge.ghost() for gauge in self.gauges))
        sign = self.scrubber.symbol
        with self.say(story.arriving(step, self.graph, self.looks_done)):
            self.play(FadeIn(mark), FadeIn(ghosts), run_time=0.5)
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
        with self.say(story.chapters_left_out(len(self.entry.left_out))):
            self.play(FadeOut(*shown), run_time=0.8)
            self.play(FadeIn(STAGE.place(left_out_list(self.entry.left_out))), run_time=0.8)
            self.wait(1)
