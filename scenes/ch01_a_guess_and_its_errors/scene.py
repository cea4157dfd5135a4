"""The storyboard of chapter 1: a guess, and how far off it is at every point."""

from functools import cached_property

import numpy as np
from manim import (
    RIGHT,
    Animation,
    AnimationGroup,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    LaggedStart,
    ValueTracker,
    VGroup,
)

from gdmath import FloatArray
from scenes.ch01_a_guess_and_its_errors.calculation import Calculation
from scenes.ch01_a_guess_and_its_errors.perpendicular import Perpendicular
from scenes.ch01_a_guess_and_its_errors.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.emphasis import ASIDE, step_back
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import decoration
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording import Number, whole


class AGuessAndItsErrors(Chapter):
    """A guessed line, the residual of one point in full, and the residuals of all."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.each_point_was_measured()
        self.two_numbers_make_a_line()
        self.every_point_has_a_residual()
        self.one_point_is_picked()
        self.the_line_predicts_something_else()
        self.the_residual_is_the_difference()
        if self.story.tilted is not None:
            self.residuals_have_signs()
        shortcut = Perpendicular(self.panel, self.picked, self.here())
        if shortcut.ends_aside:
            self.not_the_perpendicular(shortcut)
        self.all_residuals_stand()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's guess."""
        x, y = self.panel.x, self.panel.y
        return Story(self.loss, self.graph, (x.low, x.high), (y.low, y.high))

    def here(self) -> FloatArray:
        """The guess, tilted as far as the present beat has it."""
        start, tilted = self.lesson.start, self.story.tilted
        return start if tilted is None else start + self.tilt.get_value() * (tilted - start)

    def lay_out(self) -> None:
        """Put the panel on the left, the equations and one point's numbers on the right."""
        left, right = STAGE.columns(1.6, 1, gap=0.7)
        self.tilt = ValueTracker(0)
        self.panel = DataPanel(left, self.loss, [self.lesson.start, self.convergence.minimum])
        self.line, self.bars = self.panel.line(self.here), self.panel.residuals(self.here)
        self.picked = self.panel.telling
        self.order = np.argsort(self.lesson.x)
        self.count = whole(len(self.order))
        self.calculation = Calculation(right, self.derivation, self.picked)
        self.shortcut = VGroup()

    def each_point_was_measured(self) -> None:
        with self.say("{count} points. At each x, one y was measured.", count=self.count):
            self.play(FadeIn(self.panel), run_time=0.8)
            appear = [GrowFromCenter(self.panel.dots[k]) for k in self.order]
            self.play(LaggedStart(*appear, lag_ratio=0.12), run_time=1.8)
            self.add(self.panel.dots)

    def two_numbers_make_a_line(self) -> None:
        first, second = self.parameter_names
        with self.say(
            "Two numbers, {first} and {second}, make a {graph}. At first we guess them.",
            first=first,
            second=second,
            graph=self.graph,
        ) as said:
            self.play(FadeIn(self.calculation.model, shift=0.15 * RIGHT), run_time=0.8)
            said.until("guess")
            self.play(self.calculation.guessing(), run_time=1.2)
            self.play(Create(self.line), run_time=1.2)

    def every_point_has_a_residual(self) -> None:
        growing = [GrowFromPoint(self.bars[k], self.bars[k].get_end()) for k in self.order]
        with self.say(
            "At every point the {graph} is off by some height: the residual of that point.",
            graph=self.graph,
        ):
            self.play(LaggedStart(*growing, lag_ratio=0.12), run_time=3.2)
            self.add(self.bars)

    def one_point_is_picked(self) -> None:
        x = self.panel.write_x(float(self.lesson.x[self.picked]))
        self.ring = decoration(Circle(0.16, color=PALETTE.data, stroke_width=STROKE.residual))
        self.ring.move_to(self.panel.dots[self.picked])
        with self.say("Take one of them, the one at x = {x}.", x=x):
            self.play(self.others(), GrowFromCenter(self.ring), run_time=0.8)
            number = self.calculation.number("x", lambda: x)
            self.play(FadeIn(number, target_position=self.ring), run_time=0.9)

    def the_line_predicts_something_else(self) -> None:
        y = self.panel.write_y(float(self.lesson.y[self.picked]))
        stem, dot = reading = self.panel.reading(self.picked, self.here)
        prediction = self.calculation.number("hat(y)", self.prediction)
        self.measured = self.calculation.number("y", lambda: y)
        with self.say(
            "There the {graph} predicts {prediction}. We measured {y}.",
            graph=self.graph,
            prediction=self.prediction(),
            y=y,
        ) as said:
            self.play(Create(stem), GrowFromCenter(dot), run_time=0.6)
            self.add(reading)
            said.until("predicts")
            self.play(FadeIn(prediction, target_position=dot), run_time=0.9)
            said.until("measured")
            self.play(FadeIn(self.measured, target_position=self.ring), run_time=0.9)

    def the_residual_is_the_difference(self) -> None:
        result = self.calculation.number("r", self.residual)
        with self.say(self.story.one_residual(self.residual())):
            self.play(Create(self.calculation.rule(self.measured)), run_time=0.5)
            middle = self.bars[self.picked].get_center()
            self.play(FadeIn(result, target_position=middle), run_time=1.0)
            self.play(FadeIn(self.calculation.residual, shift=0.15 * RIGHT), run_time=1.0)

    def residuals_have_signs(self) -> None:
        with self.say(
            "Tilt the {graph}: where it runs too high, the residual is positive.", graph=self.graph
        ) as said:
            self.play(self.others(1), FadeOut(self.calculation.guess), run_time=0.8)
            said.until("where")
            self.play(self.tilt.animate.set_value(1), run_time=3)

    def not_the_perpendicular(self, shortcut: Perpendicular) -> None:
        cross = shortcut.cross()
        with self.say("Not the perpendicular: that ends at another x, where nothing was measured."):
            self.play(self.others(), run_time=0.6)
            self.play(Create(shortcut.line), run_time=1.0)
            self.play(Create(shortcut.angle), run_time=0.5)
            self.wait(0.8)
            self.play(Create(cross), run_time=0.6)
        self.shortcut.add(shortcut, cross)

    def all_residuals_stand(self) -> None:
        with self.say(
            "Straight up and down, then: {count} residuals, all of one guess.", count=self.count
        ):
            self.play(FadeOut(self.shortcut), self.others(1), run_time=0.8)
            if self.story.tilted is not None:
                self.play(self.tilt.animate.set_value(0), run_time=2.2)
                self.play(FadeIn(self.calculation.guess), run_time=0.5)

    def prediction(self) -> Number:
        """What the line says at the picked point's x, as it is written."""
        at = self.loss.prediction(self.here(), self.lesson.x[self.picked])
        return self.panel.write_y(float(at))

    def residual(self) -> Number:
        """The residual of the picked point, as it is written."""
        return self.panel.write_y(float(self.loss.residuals(self.here())[self.picked]))

    def others(self, opacity: float = ASIDE) -> Animation:
        """Let all points but the picked one, and their residuals, step back."""
        groups = self.bars, self.panel.dots
        return AnimationGroup(*(step_back(group, opacity, self.picked) for group in groups))
