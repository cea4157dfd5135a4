"""The storyboard of chapter 5: the loss is differentiated, one rule at a time."""

from functools import cached_property
from itertools import chain

import numpy as np
import sympy as sp
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, Transform, VGroup, Write

from scenes.ch05_the_chain_rule_worked.apart import apart, lit
from scenes.ch05_the_chain_rule_worked.gradient import ROOM, gradient, slope_after
from scenes.ch05_the_chain_rule_worked.pulls import Pulls, pulls_beside
from scenes.ch05_the_chain_rule_worked.story import Story
from scenes.ch05_the_chain_rule_worked.worked import LEFT_SIDE, both_worked
from scenes.kit.chapter import Chapter
from scenes.kit.emphasis import light_up
from scenes.kit.frame import STAGE
from scenes.kit.text import Equation, by_meaning, loss_formula
from scenes.kit.theme import SIZE


class TheChainRuleWorked(Chapter):
    """Both derivatives of the loss, every line grown out of the one above."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(Write(self.definition))
        self.how_does_the_loss_change()
        self.the_curly_d_moves_one_parameter()
        for step in range(1, len(self.first.lines)):
            self.a_line_follows_by_one_rule(step)
        self.the_second_parameter_goes_the_same_way()
        self.both_together_are_the_gradient()
        if self.pulls:
            self.every_point_pulls()
        self.the_guess_makes_them_numbers()
        self.nudging_agrees()
        self.where_do_they_tell_you_to_go()
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

    def how_does_the_loss_change(self) -> None:
        knob = self.lesson.parameters[0]
        lines = [self.definition, *self.meanings]
        turning = [(line, chain(*line.find(knob))) for line in lines if line.find(knob)]
        with self.say(
            "How does the loss change when you turn one knob? This time, exactly."
        ) as said:
            if self.meanings:
                self.play(FadeIn(self.meanings), run_time=0.8)
            said.until("loss")
            self.play(lit(self.definition, self.definition.part(LEFT_SIDE)), run_time=1.4)
            said.until("turn")
            self.play(*(lit(line, VGroup(*knobs)) for line, knobs in turning), run_time=1.4)

    def the_curly_d_moves_one_parameter(self) -> None:
        (first, _), line = self.parameter_names, self.first.lines[0]
        with self.say(
            "The curly d says it: only {first} moves, and all else stands still.", first=first
        ) as said:
            self.play(self.first.begin(self.definition), FadeOut(self.meanings), run_time=2.0)
            said.until("only")
            self.play(lit(line, line.part(LEFT_SIDE)), run_time=1.4)

    def a_line_follows_by_one_rule(self, step: int) -> None:
        first, steps = self.first, self.first.steps
        with self.say(self.story.one_rule(steps[step - 1].rule, step, len(steps))):
            if first.begins_a_page(step):
                self.play(*first.turn_page(step), run_time=0.8)
            self.play(first.changing(step), run_time=1.0)
            self.play(first.slide(step), run_time=0.7)
            self.play(*first.grow(step), run_time=2.0)
            self.play(first.changed(step), run_time=1.0)

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
            self.play(self.second.telling(self.first), run_time=1.4)
        self.rules = self.first.names if alike else self.second.names

    def both_together_are_the_gradient(self) -> None:
        upper, lower, *bottom = ROOM.rows(*((1, 1, 0.6) if self.is_named else (1, 1)))
        worked, slopes = (self.first, self.second), self.trajectory.gradients[0]
        final = gradient((upper, lower), worked, slopes)
        *shown, last = self.second.standing()
        with self.say(
            "Both together are the gradient: every point pulls, each with its own weight."
        ) as said:
            # What was too long to be kept aside comes back.
            first = self.moving or final[0]
            coming = Transform(self.moving, final[0]) if self.moving else FadeIn(final[0])
            leaving = FadeOut(*shown, self.rules)
            said.until("gradient")
            self.play(leaving, coming, Transform(last, final[1]), run_time=1.8)
            for row in bottom:
                self.play(FadeIn(row.place(self.meanings)), run_time=0.8)
            said.until("weight")
            pairs = (first, last), (last, first)
            self.play(*(lit(line, apart(line, other)) for line, other in pairs), run_time=1.4)
        self.lines = VGroup(first, last)

    @cached_property
    def pulls(self) -> list[Pulls]:
        """What each point adds to both slopes, beside the formulas, if that can be shown."""
        return pulls_beside(self.lines, self.loss)

    def every_point_pulls(self) -> None:
        panels = VGroup(*(part for one in self.pulls for part in (one, one.zero, one.bars)))
        with self.say(
            "At your guess, each bar is the pull of one point. Their mean is the slope."
        ) as said:
            aside = [
                line.animate.set_y(one.inner.centre[1]).set_x(STAGE.left, LEFT)
                for line, one in zip(self.lines, self.pulls, strict=True)
            ]
            self.play(FadeIn(panels), *aside, run_time=1.2)
            self.play(*(one.grown.animate.set_value(1) for one in self.pulls), run_time=1.6)
            said.until("mean")
            self.play(*(one.levelled.animate.set_value(1) for one in self.pulls), run_time=2.4)

    def the_guess_makes_them_numbers(self) -> None:
        self.values = VGroup(*map(slope_after, self.lines, self.trajectory.gradients[0]))
        shift = (0 if self.pulls else -1) * VGroup(*self.lines, *self.values).get_x() * RIGHT
        with self.say("Put in your guess: you get two numbers, and no h anywhere.") as said:
            if not self.pulls:
                self.play(self.lines.animate.shift(shift), run_time=0.8)
            said.until("two")
            for value in self.values.shift(shift):
                self.play(FadeIn(value), run_time=0.8)

    def nudging_agrees(self) -> None:
        with self.say(self.story.nudging()) as said:
            said.ends_paragraph()
            for _, digits in self.values:
                self.play(light_up(digits), run_time=1.0)

    def where_do_they_tell_you_to_go(self) -> None:
        with self.say("Two numbers under your feet. Where do they tell you to go?") as said:
            said.until("Where")
            self.play(*(light_up(digits) for _, digits in self.values), run_time=1.6)
