"""The storyboard of chapter 1: a guess, and how far off it is at every point."""

from typing import Any

import numpy as np
from manim import (
    Circle,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromEdge,
    GrowFromPoint,
    LaggedStart,
    Uncreate,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
)

from gdmath import FloatArray
from scenes.ch01_a_guess_and_its_errors.calculation import Calculation
from scenes.ch01_a_guess_and_its_errors.story import Story
from scenes.ch01_a_guess_and_its_errors.uprights import Perpendicular, stems
from scenes.kit.chapter import Chapter
from scenes.kit.emphasis import ASIDE, step_back
from scenes.kit.frame import STAGE
from scenes.kit.knobs import Knobs
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording import significant, whole


class AGuessAndItsErrors(Chapter):
    """A guessed line, the residual of one point in full, and the residuals of all."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.panel), Create(self.line))
        self.how_wrong_is_it()
        self.each_x_has_one_y()
        self.two_numbers_make_a_line()
        self.they_are_guessed()
        self.line_and_point_disagree()
        self.the_gap_is_the_residual()
        if self.story.tilted is not None:
            self.a_residual_has_a_sign(self.story.tilted)
            self.is_there_a_shorter_way((self.story.tilted + self.lesson.start) / 2)
        self.every_point_has_one()
        self.can_one_number_judge()
        self.hold()

    def lay_out(self) -> None:
        """Put the panel on the left, the equations and one point's numbers on the right."""
        left, right = STAGE.columns(2.1, 1, gap=0.5)
        self.knobs, best = Knobs(self.lesson.start), self.convergence.minimum
        self.picked = DataPanel(left, self.loss, [best]).telling
        self.story = story = Story(self.loss, self.graph, best, self.picked)
        seen = np.array(
            [self.lesson.start, best, *([] if story.tilted is None else [story.tilted])]
        )
        self.panel, here = DataPanel(left, self.loss, seen), self.knobs.here
        self.line, self.bars = self.panel.line(here), self.panel.residuals(here)
        self.order = np.argsort(self.panel.places[:, 0])
        self.calculation = Calculation(right, self.loss, self.picked, here, seen)
        self.numbers = VGroup()

    def how_wrong_is_it(self) -> None:
        with self.say("Before you can improve a guess, you must know how wrong it is."):
            appear = [GrowFromCenter(self.panel.dots[k]) for k in self.order]
            self.play(LaggedStart(*appear, lag_ratio=0.12), run_time=3.4)
            self.add(self.panel.dots)

    def each_x_has_one_y(self) -> None:
        self.stems = stems(self.panel)
        rising = [GrowFromEdge(stem, np.array([0, -1, 0])) for stem in self.stems]
        with self.say("At every x there is one y: that is all we are given."):
            self.play(LaggedStart(*rising, lag_ratio=0.15), run_time=3.6)

    def two_numbers_make_a_line(self) -> None:
        calculation, (a, b) = self.calculation, self.story.halfway.tolist()
        knobs = self.knobs.first, self.knobs.second
        falling = LaggedStart(*map(Uncreate, self.stems), lag_ratio=0.1)
        with self.say(self.story.two_numbers()) as said:
            self.play(falling, run_time=1.0)
            self.play(FadeIn(calculation.model, calculation.guess, target_position=self.line))
            for knob, word, value in zip(knobs, self.story.turning, (a, b), strict=True):
                said.until(word)
                self.play(knob.animate.set_value(value), run_time=1.7)

    def they_are_guessed(self) -> None:
        with self.say(self.story.the_guess()) as said:
            said.ends_paragraph()
            said.until("guess")
            self.play(*self.knobs.turned_to(self.lesson.start), run_time=3.2)

    def line_and_point_disagree(self) -> None:
        ring = decoration(Circle(0.18, color=PALETTE.data, stroke_width=STROKE.residual))
        ring.move_to(self.panel.dots[self.picked])
        stem, dot = reading = self.panel.reading(self.picked, self.knobs.here)
        x, prediction, data = map(self.calculation.number, ("x", "hat(y)", "y"))
        with self.say(self.story.one_point()) as said:
            self.play(self.others(ASIDE), GrowFromCenter(ring), run_time=0.8)
            self.play(FadeIn(x, target_position=stem.get_start()), run_time=0.6)
            said.until("Here")
            self.play(Create(stem), GrowFromCenter(dot), run_time=0.8)
            self.play(FadeIn(prediction, target_position=dot), run_time=0.9)
            self.add(reading)
            said.until("point says")
            self.play(FadeIn(data, target_position=ring), run_time=0.9)
        self.numbers.add(ring, x, prediction, data, reading)

    def the_gap_is_the_residual(self) -> None:
        bar, result = self.bars[self.picked], self.calculation.number("r = hat(y) - y")
        for k, other in enumerate(self.bars):
            other.set_stroke(opacity=float(k == self.picked), width=STROKE.line)
        with self.say(
            "Prediction minus data is {residual}: this gap is called the residual.",
            residual=significant(self.story.residual),
        ) as said:
            self.play(FadeIn(result, target_position=bar), run_time=1.2)
            said.until("gap")
            self.play(GrowFromPoint(bar, bar.get_start()), run_time=2.0)
            self.add(self.bars)
        self.numbers.add(result)

    def a_residual_has_a_sign(self, tilted: FloatArray) -> None:
        with self.say(self.story.signs()) as said:
            said.ends_paragraph()
            said.until("point")
            low = self.lesson.start + 0.3 * (tilted - self.lesson.start)
            self.play(*self.knobs.turned_to(low), run_time=1.5)
            said.until(self.story.moved)
            self.play(*self.knobs.turned_to(tilted), run_time=4.0)

    def is_there_a_shorter_way(self, between: FloatArray) -> None:
        shortcut = Perpendicular(self.panel, self.picked, between)
        if not shortcut.ends_aside:
            return
        with self.say(
            "Why not the shortest way to the {graph}, at a right angle?", graph=self.graph
        ):
            self.play(*self.knobs.turned_to(between), run_time=1.5)
            self.play(Create(shortcut.line), run_time=1.5)
            self.play(Create(shortcut.angle), run_time=0.8)
        with self.say(
            "Because that way ends at another x, and nobody asked about that one."
        ) as said:
            said.until("ends")
            self.play(Create(shortcut.drop), run_time=1.6)
            said.until("nobody")
            self.play(Uncreate(shortcut.drop), Uncreate(shortcut.line), FadeOut(shortcut.angle))

    def every_point_has_one(self) -> None:
        grown, most = ValueTracker(0), len(self.order)
        count = self.calculation.count(grown.get_value, most)
        with self.say("So straight up and down, at every point."):
            self.play(FadeOut(self.numbers), *self.knobs.turned_to(self.lesson.start))
            self.play(self.others(1.0), FadeIn(count), run_time=0.5)
            bars = self.panel.residuals(self.knobs.here)
            growing = [GrowFromPoint(bars[k], bars[k].get_start()) for k in self.order]
            sweep, counting = LaggedStart(*growing, lag_ratio=0.15), grown.animate.set_value(most)
            self.play(sweep, counting, rate_func=linear, run_time=3.4)
            self.remove(self.bars)
            self.add(bars)

    def can_one_number_judge(self) -> None:
        moving = self.knobs.turned_to(self.story.halfway)
        with self.say(
            "One guess, {count} errors. Can we judge it by one number?",
            count=whole(len(self.order)),
        ):
            self.play(*moving, run_time=4.2, rate_func=there_and_back)

    def others(self, opacity: float) -> Any:
        """Let all points but the picked one step back, or come back."""
        return step_back(self.panel.dots, opacity, self.picked)
