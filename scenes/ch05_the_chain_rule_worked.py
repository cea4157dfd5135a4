"""The chain rule, worked: the loss is differentiated, one rule at a time."""

import numpy as np
import sympy as sp
from manim import LEFT, RIGHT, FadeIn, FadeOut, Mobject, Transform, VGroup, Write

from gdmath import check_gradient
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, Region
from scenes.kit.text.equations import LOSS, Equation, by_meaning
from scenes.kit.text.numbers import fixed, whole
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import words
from scenes.kit.text.worked import WorkedDerivation
from scenes.kit.theme import PALETTE, SIZE

ORDINALS = ("First", "Then", "Next", "After that")
DECIMALS = 4

REASONS = {
    "move the derivative inside the sum": "the slope of a sum is the sum of the slopes",
    "chain rule on the square": "the two comes down, and the inside is differentiated as well",
    "differentiate term by term": "only what stands beside the parameter is left of it",
    "tidy up": "what is the same in every term goes before the sum",
}


class TheChainRuleWorked(Chapter):
    """Both derivatives of the loss, every line grown out of the one above."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.the_loss_is_what_we_differentiate()
        self.every_line_follows_by_one_rule()
        self.the_second_parameter_goes_the_same_way()
        self.both_together_are_the_gradient()
        self.nudging_agrees()
        self.hold()

    def lay_out(self) -> None:
        """Typeset both derivations; nothing is shown yet."""
        colouring = by_meaning(self.lesson.parameters)
        loss = sp.Eq(LOSS, self.derivation.loss, evaluate=False)
        self.definition = Equation(loss, 1.3 * SIZE.equation, colouring, as_written=True)
        self.definition.move_to(STAGE.centre)
        self.first, self.second = (
            WorkedDerivation(STAGE, self.derivation, parameter, colouring)
            for parameter in self.lesson.parameters
        )

    def the_loss_is_what_we_differentiate(self) -> None:
        first = self.lesson.parameters[0]
        with self.say(
            "This is the loss. It is the loss that we differentiate: not the line, not y."
        ):
            self.play(Write(self.definition), run_time=2.0)
        with self.say(f"How steeply does it rise if {first} alone grows?"):
            self.play(self.first.begin(self.definition), run_time=2.0)

    def every_line_follows_by_one_rule(self) -> None:
        for k, step in enumerate(self.first.steps, start=1):
            ordinal = "Last" if k == len(self.first.steps) else ORDINALS[min(k, len(ORDINALS)) - 1]
            reason = f": {REASONS[step.rule]}" if step.rule in REASONS else ""
            with self.say(f"{ordinal}, {step.rule}{reason}."):
                self.play(*self.first.grow(k), run_time=2.4)

    def the_second_parameter_goes_the_same_way(self) -> None:
        name = self.lesson.parameters[1]
        row = self.first.lines[0].get_center()[1]
        place = np.array([self.first.right, row, 0.0])
        kept = self.first.restored(place, SIZE.label)
        kept.align_to(place, LEFT)
        with self.say(
            f"Keep this. For {name} it is the same, rule by rule: only the last factor differs."
        ):
            self.moving = self.first.lines[-1].copy()
            self.play(Transform(self.moving, kept), run_time=1.6)
            self.play(*self.first.turn_into(self.second), run_time=2.0)

    def both_together_are_the_gradient(self) -> None:
        upper, lower = Region(STAGE.left, -1.9, STAGE.right, 2.3).rows(1, 1)
        final = VGroup(
            self.first.restored(upper.centre, 1.2 * SIZE.equation),
            self.second.restored(lower.centre, 1.2 * SIZE.equation),
        )
        for line in final:
            line.align_to(np.array([-0.5 * final.width, 0, 0]), LEFT)
        last = self.second.lines[-1]
        with self.say(
            "The two together are the gradient: all the residuals, each with its own say."
        ):
            self.play(
                FadeOut(*self.second.lines[:-1], self.first.rules),
                Transform(self.moving, final[0]),
                Transform(last, final[1]),
                run_time=1.8,
            )
        self.lines = VGroup(self.moving, last)

    def nudging_agrees(self) -> None:
        slopes, check = self.trajectory.gradients[0], check_gradient(self.loss, self.lesson.start)
        digits = int(-np.log10(max(check.central_error.max(), np.finfo(float).eps)))
        values = VGroup(*map(slope_after, self.lines, slopes))
        shift = -0.5 * (values.width + 0.3) * RIGHT
        with self.say(
            "At our guess. Nudging each parameter and measuring the loss agrees "
            f"to {whole(digits)} digits."
        ):
            self.play(self.lines.animate.shift(shift), run_time=0.8)
            self.play(FadeIn(values.shift(shift)), run_time=0.8)


def slope_after(line: Mobject, slope: float) -> VGroup:
    """An equals sign after ``line``, then the slope at the guess in digits."""
    size = 1.1 * SIZE.equation
    equals = words("=", size, PALETTE.gradient).next_to(line, RIGHT, buff=0.3)
    start = equals.get_right() + np.array([0.25, -0.16, 0])
    digits = fixed(slope, DECIMALS)
    number = Readout(lambda: digits, start, size, PALETTE.gradient, "slope at the guess")
    return VGroup(equals, number)
