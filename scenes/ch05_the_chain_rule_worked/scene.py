"""The chain rule, worked: the loss is differentiated, one rule at a time."""

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, Mobject, Transform, VGroup, Write

from gdmath import Derivation, check_gradient, derive, unmet_requirements
from gdmath.requirements import is_mean_square
from scenes.ch05_the_chain_rule_worked.worked import WorkedDerivation
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, Region
from scenes.kit.text import Equation, Readout, by_meaning, loss_formula, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Message, message, suited, unicode_name, whole
from scenes.kit.wording.derivation_rules import RULES

ORDINALS = (message("First"), message("Then"), message("Next"), message("After that"))
BESIDE = 0.3

REASONS = {
    "move the derivative inside the sum": message("the slope of a sum is the sum of the slopes"),
    "chain rule on the square": message(
        "the two comes down, and the inside is differentiated as well"
    ),
    "differentiate term by term": message("only what multiplies the parameter is left"),
    "tidy up": message("what all terms share goes in front of the sum"),
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
        derivation, self.named = self.derivation, False
        self.first, self.second = self.worked(derivation)
        if not (self.first.legible and self.second.legible):
            # Lines are shorter by far where the prediction goes by its name.
            derivation, self.named = derive(self.lesson, named=True), True
            self.first, self.second = self.worked(derivation)
        formula = loss_formula(derivation)
        self.definition = Equation(formula, 1.3 * SIZE.equation, colouring, as_written=True)
        self.moving: Equation | None = None
        self.names = VGroup(
            *(
                Equation(sp.Eq(name, meaning, evaluate=False), SIZE.equation, colouring)
                for name, meaning in derivation.definitions.items()
            )
        )
        STAGE.place(self.definition)
        self.names.next_to(self.definition, DOWN, buff=0.6)

    def worked(self, derivation: Derivation) -> list[WorkedDerivation]:
        """The lines from the loss to its derivative, for each parameter."""
        colouring = by_meaning(self.lesson.parameters)
        return [
            WorkedDerivation(STAGE, derivation, parameter, colouring)
            for parameter in self.lesson.parameters
        ]

    def the_loss_is_what_we_differentiate(self) -> None:
        first = unicode_name(self.lesson.parameters[0])
        with self.say(
            "This is the loss. It is the loss that we differentiate: not the {graph}, not y.",
            graph=self.graph,
        ):
            self.play(Write(self.definition), run_time=2.0)
            if self.names:
                self.play(FadeIn(self.names), run_time=0.8)
        with self.say("How steeply does it rise if {first} alone grows?", first=first):
            self.play(self.first.begin(self.definition), FadeOut(self.names), run_time=2.0)

    def every_line_follows_by_one_rule(self) -> None:
        for k, step in enumerate(self.first.steps, start=1):
            last = k == len(self.first.steps)
            ordinal = message("Last") if last else ORDINALS[min(k, len(ORDINALS)) - 1]
            rule, reason = RULES[step.rule], self.reason(step.rule)
            with self.say(
                message("{ordinal}, {rule}.", ordinal=ordinal, rule=rule)
                if reason is None
                else message(
                    "{ordinal}, {rule}: {reason}.", ordinal=ordinal, rule=rule, reason=reason
                )
            ):
                if self.first.begins_a_page(k):
                    self.play(*self.first.turn_page(k), run_time=0.8)
                self.play(*self.first.grow(k), run_time=2.4)

    def reason(self, rule: str) -> Message | None:
        """Why a rule holds, as it is told after its name; None if that is long to say."""
        if rule == "tidy up" and not is_mean_square(self.lesson):
            return None
        return REASONS.get(rule)

    def the_second_parameter_goes_the_same_way(self) -> None:
        name = unicode_name(self.lesson.parameters[1])
        place = np.array([self.first.right, self.second.head, 0.0])
        kept = self.first.restored(place, max(SIZE.tick, self.first.fit * SIZE.label))
        kept.align_to(place, LEFT)
        alike = self.first.goes_like(self.second)
        linear = "linear prediction" not in unmet_requirements(self.lesson)
        with self.say(
            message(
                "Keep this. For {name} it is the same, rule by rule: only the last factor differs.",
                name=name,
            )
            if alike and linear
            else message("Keep this. For {name} it is the same, rule by rule.", name=name)
            if alike
            else message(
                "Keep this. For {name} we go the same way, by whatever rules it needs.", name=name
            )
        ):
            if kept.get_right()[0] < STAGE.right:
                self.moving = self.first.lines[-1].copy()
                self.play(Transform(self.moving, kept), run_time=1.6)
            self.play(*self.first.turn_into(self.second), run_time=2.0)
        self.rules = self.first.names if alike else self.second.names

    def both_together_are_the_gradient(self) -> None:
        weights = (1, 1, 0.6) if self.named else (1, 1)
        upper, lower, *bottom = Region(STAGE.left, -1.9, STAGE.right, 2.3).rows(*weights)
        final = VGroup(
            self.first.restored(upper.centre, 1.2 * SIZE.equation),
            self.second.restored(lower.centre, 1.2 * SIZE.equation),
        )
        slopes = self.trajectory.gradients[0]
        fits = [
            min(
                (STAGE.width - slope_after(line, slope).width - BESIDE) / line.width,
                upper.height / line.height,
            )
            for line, slope in zip(final, slopes, strict=True)
        ]
        for line in final:
            line.scale(min(1.0, *fits)).set_x(-0.5 * STAGE.width, LEFT)
        VGroup(*final).set_x(0)
        *shown, last = self.second.standing()
        with self.say(
            "The two together are the gradient: all the residuals, each with its own weight."
        ):
            # What was too long to be kept aside comes back.
            first = self.moving or final[0]
            coming = Transform(self.moving, final[0]) if self.moving else FadeIn(final[0])
            leaving = FadeOut(*shown, self.rules)
            self.play(leaving, coming, Transform(last, final[1]), run_time=1.8)
            for row in bottom:
                self.play(FadeIn(row.place(self.names)), run_time=0.8)
        self.lines = VGroup(first, last)

    def nudging_agrees(self) -> None:
        slopes, check = self.trajectory.gradients[0], check_gradient(self.loss, self.lesson.start)
        digits = int(-np.log10(max(check.central_error.max(), np.finfo(float).eps)))
        values = VGroup(*map(slope_after, self.lines, slopes))
        shift = -VGroup(*self.lines, *values).get_x() * RIGHT
        with self.say(
            "These are its numbers at our guess. Nudging each parameter agrees to {digits} digits.",
            digits=whole(digits),
        ):
            self.play(self.lines.animate.shift(shift), run_time=0.8)
            self.play(FadeIn(values.shift(shift)), run_time=0.8)


def slope_after(line: Mobject, slope: float) -> VGroup:
    """An equals sign after ``line``, then the slope at the guess in digits."""
    size = 1.1 * SIZE.equation
    equals = words("=", size, PALETTE.gradient).next_to(line, RIGHT, buff=0.3)
    start = equals.get_right() + np.array([0.25, -0.16, 0])
    digits = suited([slope])(slope)
    number = Readout(lambda: digits, start, size, PALETTE.gradient, "slope at the guess")
    return VGroup(equals, number)
