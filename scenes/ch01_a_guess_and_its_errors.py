"""Every point says how far off the line is, straight up and down."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import sympy as sp
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    AnimationGroup,
    Circle,
    Create,
    Cross,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromPoint,
    LaggedStart,
    Line,
    MoveToTarget,
    ValueTracker,
    VGroup,
)

from gdmath import FloatArray, correspond
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel, perpendicular
from scenes.kit.proof.trace import decoration
from scenes.kit.text import (
    Equation,
    Quantity,
    Rewrite,
    colours,
    guessed,
    predicted,
    residual_formula,
)
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import Values, message, unicode_name, whole

DIMMED = 0.5
ASIDE = 0.2
"""How far aside of a point a perpendicular must end to be told from the residual."""


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
        self.residuals_have_signs()
        self.not_the_perpendicular()
        self.all_residuals_stand()
        self.hold()

    @cached_property
    def steep(self) -> FloatArray | None:
        """A line from corner to corner of the panel, which has residuals of both signs.

        None if there is none, or if it bends out of the panel on its way.
        """
        falling, scale = self.panel.falling(), self.panel.y
        if falling is None or np.ptp(np.sign(self.loss.residuals(falling))) < 2:
            return None
        predictions = self.loss.prediction(falling, self.lesson.x)
        inside = np.all((scale.low <= predictions) & (predictions <= scale.high))
        return falling if inside else None

    @property
    def parameters(self) -> FloatArray:
        """The guess, tilted as far as the present beat has it."""
        if self.steep is None:
            return self.lesson.start
        return self.lesson.start + self.tilt.get_value() * (self.steep - self.lesson.start)

    def lay_out(self) -> None:
        """The panel on the left, the equations and one point's numbers on the right."""
        left, right = STAGE.columns(1.6, 1, gap=0.7)
        self.tilt = ValueTracker(0)
        seen = [self.lesson.start, self.convergence.minimum]
        self.panel = DataPanel(left, self.loss, seen)
        self.line = self.panel.line(lambda: self.parameters)
        self.bars = self.panel.residuals(lambda: self.parameters)
        self.picked = self.panel.telling
        self.order = np.argsort(self.lesson.x)
        self.rows = right.rows(1, 1, 3.2, 1.3)
        self.left = right.left

    def formula(self, expression: sp.Basic, row: int, as_written: bool = False) -> Equation:
        """An equation at the left of a row of the right column."""
        equation = Equation(expression, SIZE.equation, colours(self.lesson), as_written=as_written)
        return self.rows[row].place(equation).set_x(self.left, LEFT)

    def each_point_was_measured(self) -> None:
        count = whole(len(self.order))
        with self.say("{count} points. At each x, one y was measured.", count=count):
            self.play(FadeIn(self.panel), run_time=0.8)
            appear = [GrowFromCenter(self.panel.dots[k]) for k in self.order]
            self.play(LaggedStart(*appear, lag_ratio=0.12), run_time=1.8)
            self.add(self.panel.dots)

    def two_numbers_make_a_line(self) -> None:
        general = self.formula(predicted(self.lesson), 0)
        guess = self.formula(guessed(self.lesson, self.lesson.start), 1, as_written=True)
        self.guess = guess
        pairs = correspond(general.expression, guess.expression)
        first, second = map(unicode_name, self.lesson.parameters)
        with self.say(
            "Two numbers, {first} and {second}, make a {graph}. At first we guess them.",
            first=first,
            second=second,
            graph=self.graph,
        ):
            self.play(FadeIn(general, shift=0.15 * RIGHT), run_time=0.8)
            self.play(Rewrite(general, guess, pairs, keep=True), run_time=1.2)
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
        x = float(self.lesson.x[self.picked])
        self.ring = decoration(Circle(0.16, color=PALETTE.data, stroke_width=STROKE.residual))
        self.ring.move_to(self.panel.dots[self.picked])
        with self.say("Take one of them, the one at x = {x}.", x=self.panel.write_x(x)):
            self.play(self.dim(DIMMED), GrowFromCenter(self.ring), run_time=0.8)
            number = self.number("x", lambda: self.panel.write_x(x), 0, PALETTE.data)
            self.play(FadeIn(number, target_position=self.ring), run_time=0.9)

    def the_line_predicts_something_else(self) -> None:
        y = float(self.lesson.y[self.picked])
        stem, dot = reading = self.panel.reading(self.picked, lambda: self.parameters)
        write = self.panel.write_y
        prediction = self.number("hat(y)", lambda: write(self.predict()), 1, PALETTE.parameters)
        self.measured = self.number("y", lambda: write(y), 2, PALETTE.data)
        with self.say(
            "There the {graph} predicts {prediction}. We measured {y}.",
            graph=self.graph,
            prediction=write(self.predict()),
            y=write(y),
        ):
            self.play(Create(stem), GrowFromCenter(dot), run_time=0.6)
            self.add(reading)
            self.play(FadeIn(prediction, target_position=dot), run_time=0.9)
            self.play(FadeIn(self.measured, target_position=self.ring), run_time=0.9)

    def the_residual_is_the_difference(self) -> None:
        below, write = self.measured, self.panel.write_y
        rule = Line(below.get_corner(DOWN + LEFT), below.get_corner(DOWN + RIGHT))
        decoration(rule.shift(0.16 * DOWN).set_stroke(PALETTE.scaffold, STROKE.axis))
        result = self.number("r", lambda: write(self.miss()), 3.35, PALETTE.loss)
        formula = self.formula(residual_formula(self.derivation), 3)
        values: Values = {"residual": write(self.miss()), "graph": self.graph}
        with self.say(
            message(
                "Prediction minus measurement: {residual}. The {graph} is below the point.",
                **values,
            )
            if self.miss() < 0
            else message(
                "Prediction minus measurement: {residual}. The {graph} is above the point.",
                **values,
            )
        ):
            self.play(Create(rule), run_time=0.5)
            middle = self.bars[self.picked].get_center()
            self.play(FadeIn(result, target_position=middle), run_time=1.0)
            self.play(FadeIn(formula, shift=0.15 * RIGHT), run_time=1.0)

    def residuals_have_signs(self) -> None:
        if self.steep is None:
            return
        with self.say(
            "Tilt the {graph}: where it runs too high, the residual is positive.", graph=self.graph
        ):
            self.play(self.dim(1), FadeOut(self.guess), run_time=0.8)
            self.play(self.tilt.animate.set_value(1), run_time=3)

    def not_the_perpendicular(self) -> None:
        self.shortcut, way = VGroup(), perpendicular(self.panel, self.picked, self.parameters)
        if way[0].width < ASIDE:
            return
        cross = Cross(stroke_color=PALETTE.ink, stroke_width=STROKE.line, scale_factor=0.16)
        decoration(cross.move_to(way[0]))
        with self.say("Not the perpendicular: that ends at another x, where nothing was measured."):
            self.play(self.dim(DIMMED), run_time=0.6)
            self.play(Create(way[0]), run_time=1.0)
            self.play(Create(way[1]), run_time=0.5)
            self.wait(0.8)
            self.play(Create(cross), run_time=0.6)
        self.shortcut.add(way, cross)

    def all_residuals_stand(self) -> None:
        count = whole(len(self.order))
        with self.say(
            "Straight up and down, then: {count} residuals, all of one guess.", count=count
        ):
            self.play(FadeOut(self.shortcut), self.dim(1), run_time=0.8)
            if self.steep is not None:
                self.play(self.tilt.animate.set_value(0), run_time=2.2)
                self.play(FadeIn(self.guess), run_time=0.5)

    def predict(self) -> float:
        """What the line says at the picked point's x."""
        return float(self.loss.prediction(self.parameters, self.lesson.x[self.picked]))

    def miss(self) -> float:
        """The residual of the picked point."""
        return float(self.loss.residuals(self.parameters)[self.picked])

    def number(self, name: str, text: Callable[[], str], line: float, color: str) -> Quantity:
        """A number of the picked point, in a line of the right column."""
        anchor = np.array([self.left, self.rows[2].top - 0.35 - 0.62 * line, 0])
        indexed = f"{name}_{self.picked + 1}"
        return Quantity(indexed, text, anchor, color=color)

    def dim(self, opacity: float) -> Animation:
        """Let all points but the picked one, and their residuals, step back."""
        # The groups are changed as wholes: their updaters run only while they stand as wholes.
        bars, dots = self.bars.generate_target(), self.panel.dots.generate_target()
        for k in self.order[self.order != self.picked]:
            bars[k].set_stroke(opacity=opacity)
            dots[k].set_fill(opacity=opacity)
        return AnimationGroup(MoveToTarget(self.bars), MoveToTarget(self.panel.dots))
