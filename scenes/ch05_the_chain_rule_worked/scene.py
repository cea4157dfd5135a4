"""The storyboard of chapter 5: the loss is differentiated, one rule at a time."""

from functools import cached_property

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, Transform, VGroup, Write

from scenes.ch05_the_chain_rule_worked.gradient import ROOM, gradient, slope_after
from scenes.ch05_the_chain_rule_worked.story import Story
from scenes.ch05_the_chain_rule_worked.worked import both_worked
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.text import Equation, by_meaning, loss_formula
from scenes.kit.theme import SIZE


class TheChainRuleWorked(Chapter):
    """Both derivatives of the loss, every line grown out of the one above."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.the_loss_is_what_we_differentiate()
        self.one_parameter_alone_grows()
        for step in range(1, len(self.first.lines)):
            self.a_line_follows_by_one_rule(step)
        self.the_second_parameter_goes_the_same_way()
        self.both_together_are_the_gradient()
        self.nudging_agrees()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's derivation."""
        return Story(self.loss)

    def lay_out(self) -> None:
        """Typeset both derivations; nothing is shown yet."""
        derivation, (self.first, self.second) = both_worked(STAGE, self.derivation)
        colouring, formula = by_meaning(self.lesson.parameters), loss_formula(derivation)
        self.definition = Equation(formula, 1.3 * SIZE.equation, colouring, as_written=True)
        self.meanings = VGroup(
            *(
                Equation(sp.Eq(name, meaning, evaluate=False), SIZE.equation, colouring)
                for name, meaning in derivation.definitions.items()
            )
        )
        STAGE.place(self.definition)
        self.meanings.next_to(self.definition, DOWN, buff=0.6)
        self.is_named = derivation is not self.derivation
        self.moving: Equation | None = None

    def the_loss_is_what_we_differentiate(self) -> None:
        with self.say(
            "This is the loss. It is the loss that we differentiate: not the {graph}, not y.",
            graph=self.graph,
        ):
            self.play(Write(self.definition), run_time=2.0)
            if self.meanings:
                self.play(FadeIn(self.meanings), run_time=0.8)

    def one_parameter_alone_grows(self) -> None:
        first, _ = self.parameter_names
        with self.say("How steeply does it rise if {first} alone grows?", first=first) as said:
            said.until("rise")
            self.play(self.first.begin(self.definition), FadeOut(self.meanings), run_time=2.0)

    def a_line_follows_by_one_rule(self, step: int) -> None:
        steps = self.first.steps
        with self.say(self.story.one_rule(steps[step - 1].rule, step, len(steps))):
            if self.first.begins_a_page(step):
                self.play(*self.first.turn_page(step), run_time=0.8)
            self.play(*self.first.grow(step), run_time=2.4)

    def the_second_parameter_goes_the_same_way(self) -> None:
        place = np.array([self.first.right, self.second.head, 0.0])
        kept = self.first.restored(place, max(SIZE.tick, self.first.fit * SIZE.label))
        kept.align_to(place, LEFT)
        alike = self.first.goes_like(self.second)
        with self.say(self.story.the_second(alike)):
            if kept.get_right()[0] < STAGE.right:
                self.moving = self.first.lines[-1].copy()
                self.play(Transform(self.moving, kept), run_time=1.6)
            self.play(*self.first.turn_into(self.second), run_time=2.0)
        self.rules = self.first.names if alike else self.second.names

    def both_together_are_the_gradient(self) -> None:
        upper, lower, *bottom = ROOM.rows(*((1, 1, 0.6) if self.is_named else (1, 1)))
        worked, slopes = (self.first, self.second), self.trajectory.gradients[0]
        final = gradient((upper, lower), worked, slopes)
        *shown, last = self.second.standing()
        with self.say(
            "The two together are the gradient: all the residuals, each with its own weight."
        ) as said:
            # What was too long to be kept aside comes back.
            first = self.moving or final[0]
            coming = Transform(self.moving, final[0]) if self.moving else FadeIn(final[0])
            leaving = FadeOut(*shown, self.rules)
            said.until("gradient")
            self.play(leaving, coming, Transform(last, final[1]), run_time=1.8)
            for row in bottom:
                self.play(FadeIn(row.place(self.meanings)), run_time=0.8)
        self.lines = VGroup(first, last)

    def nudging_agrees(self) -> None:
        values = VGroup(*map(slope_after, self.lines, self.trajectory.gradients[0]))
        shift = -VGroup(*self.lines, *values).get_x() * RIGHT
        with self.say(self.story.nudging()) as said:
            self.play(self.lines.animate.shift(shift), run_time=0.8)
            said.until("numbers")
            self.play(FadeIn(values.shift(shift)), run_time=0.8)
