"""Fix the bowl, not the step: the scale of x decides the bowl's shape, and we may choose it."""

from functools import cached_property
from itertools import pairwise

import numpy as np
from manim import Create, FadeIn, FadeOut, GrowArrow, ReplacementTransform, ValueTracker

from gdmath import (
    Convergence,
    NumericLoss,
    PlainDescent,
    Trajectory,
    compile_loss,
    convergence,
    descend,
    to_typst,
)
from gdmath.lesson import X
from gdmath.mistakes import read_unmapped
from gdmath.notation.names import primed
from gdmath.rescaled import jacobian
from gdmath.scaling import Scaling, centred, in_units, standardised
from scenes.ch11_fix_the_bowl.bowl_numbers import BowlNumbers
from scenes.ch11_fix_the_bowl.number_columns import loss_account, parameter_column, told_in_x
from scenes.ch11_fix_the_bowl.round_arrow import at_hop, step_arrow
from scenes.ch11_fix_the_bowl.ruler import LiveScaling, RuledPanel, Ruler
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, parameter_axes
from scenes.kit.panels import dashed_line, name_dashed
from scenes.kit.text import formula, maths
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import as_given, fixed, significant

PERCENT = 100
FIRST_STEPS = 2
MARGIN = 1.3
DIGITS = 4


class FixTheBowl(Chapter):
    """The same points and the same lines, with another ruler under them and so another bowl."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.x_makes_the_bowl()
        self.in_percent_it_is_a_ravine()
        self.the_old_rate_explodes()
        self.centring_sets_it_upright()
        self.scaling_makes_it_round()
        self.one_step_is_enough()
        self.unmapped_they_draw_another_line()
        self.mapped_back_it_is_the_line()
        self.hold()

    def bowl(self, scaling: Scaling) -> tuple[NumericLoss, Convergence]:
        """The loss of a scaled lesson, and what theory promises for it."""
        loss = compile_loss(scaling.lesson)
        return loss, convergence(loss)

    def lay_out(self) -> None:
        """The points over their ruler on the left, the bowl on the right, numbers beneath."""
        panels, strip = STAGE.rows(4.25, 1.4, gap=0.15)
        left, right = panels.columns(1.3, 1, gap=0.5)
        self.beneath, numbers = strip.columns(1.3, 1, gap=0.15)
        self.thirds = self.beneath.columns(1, 1.75)
        self.scaling = scaling = LiveScaling(self.lesson)
        self.as_given, self.percent = scaling.present, in_units(self.lesson, PERCENT)
        self.centred, self.standard = centred(self.lesson), standardised(self.lesson)
        theory = self.convergence
        away = self.lesson.start - theory.minimum
        ways = [jacobian(each) @ away for each in (self.as_given, self.centred, self.standard)]
        reach = MARGIN * max(float(np.linalg.norm(way)) for way in ways)
        level, shown = float(self.trajectory.losses[0]), lambda: jacobian(scaling.present)
        steepest = float(self.bowl(self.percent)[1].eigenvalues[1])
        highest = steepest * reach**2 / 2
        self.map = RoundMap(right, self.loss, theory, reach, level, shown, highest=highest)
        self.unmapped = read_unmapped(self.standard, self.bowl(self.standard)[1].minimum)
        seen = [self.lesson.start, theory.minimum, self.unmapped]
        self.panel = RuledPanel(left, self.loss, seen)
        stops = (self.percent, self.centred, self.as_given)
        # The ruler will return to x when the bowl does not.
        self.reading = reading = LiveScaling(self.lesson)
        self.ruler = Ruler(self.panel, reading, stops)
        self.hundred = Ruler(self.panel, reading, (self.as_given, self.percent), strength=0)
        self.deviations = Ruler(self.panel, reading, (self.centred, self.standard), strength=0)
        self.numbers = BowlNumbers(numbers, theory, scaling)
        self.walked = ValueTracker(0.0)

    def here(self) -> Parameters:
        """Where the one step has got to, as parameters of x."""
        start, end = self.standard.to_original(self.one_step.parameters)
        return np.asarray(start + self.walked.get_value() * (end - start))

    @cached_property
    def one_step(self) -> Trajectory:
        """One step at the best rate, in the round bowl."""
        loss, theory = self.bowl(self.standard)
        return descend(loss, PlainDescent(theory.best_rate), self.standard.lesson.start, 1)

    def x_makes_the_bowl(self) -> None:
        panel, map_ = self.panel, self.map
        names = [to_typst(parameter) for parameter in self.lesson.parameters]
        self.cross = parameter_axes(map_, names)
        self.primed = parameter_axes(map_, [primed(name) for name in names])
        self.line, self.dot, self.star = panel.line(self.here), map_.dot(self.here), map_.minimum()
        self.name = panel.title("x")
        with self.say("How elongated the bowl is depends on the x of the points alone."):
            self.play(FadeIn(panel, panel.dots, self.ruler, self.name, self.line), run_time=1.0)
            self.add(self.hundred, self.deviations)
            self.play(FadeIn(map_, self.cross), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.star, self.dot), run_time=1.0)
            self.play(FadeIn(self.numbers), run_time=0.6)

    def in_percent_it_is_a_ravine(self) -> None:
        kappa = significant(self.bowl(self.percent)[1].condition_number, DIGITS)
        with self.say(
            "Give x in percent. Points and line stay; only the ruler changes, and the bowl "
            "becomes a ravine: κ = {kappa}.",
            kappa=kappa,
        ):
            self.rename('x " in percent"')
            self.tell_in(self.percent, self.ruler, self.hundred, 4.0)
            self.play(ReplacementTransform(self.cross, self.primed), run_time=0.6)

    def tell_in(self, scaling: Scaling, old: Ruler, new: Ruler, run_time: float) -> None:
        """Change the bowl and the ruler, both to ``scaling``; one ruler gives way to another."""
        ruler = self.reading.hand_over(scaling, old, new, run_time)
        self.play(self.scaling.become(scaling, run_time), ruler)

    def rename(self, markup: str) -> None:
        """Give the ruler another name."""
        name = self.panel.title(markup)
        self.play(FadeOut(self.name), FadeIn(name), run_time=0.5)
        self.name = name

    def the_old_rate_explodes(self) -> None:
        loss, theory = self.bowl(self.percent)
        rate = self.lesson.learning_rate
        way = descend(loss, PlainDescent(rate), self.percent.lesson.start, FIRST_STEPS)
        bound = significant(theory.largest_stable_rate, DIGITS - 1)
        if way.losses[-1] < way.losses[0]:
            with self.say(
                "The largest stable rate is now {bound}: a rate has the units of x.", bound=bound
            ):
                self.wait(0.5)
            return
        places = self.percent.to_original(way.parameters)
        hop = ValueTracker(0.0)
        flying = self.map.dot(lambda: at_hop(places, hop.get_value()))
        account = loss_account(self.beneath, way.losses.tolist())
        with self.say(
            "Now {rate}, which only crawled, lies far above the bound, {bound}. Watch "
            "where the first steps go.",
            rate=as_given(rate),
            bound=bound,
        ):
            self.play(FadeIn(account[0], flying), run_time=0.5)
            for step, (tail, head) in enumerate(pairwise(places), start=1):
                if not self.map.outside(self.map.c2p(tail))[0]:
                    arrow = step_arrow(self.map, tail, head)
                    self.play(GrowArrow(arrow), run_time=1.0)
                    self.play(hop.animate.set_value(step), FadeIn(account[step]), run_time=0.8)
                    self.play(FadeOut(arrow), run_time=0.3)
        with self.say("So a learning rate has units. Choose those of x, and you choose the bowl."):
            self.play(FadeOut(account, flying), run_time=0.6)
            self.rename("x")
            self.tell_in(self.as_given, self.hundred, self.ruler, 2.5)

    def centring_sets_it_upright(self) -> None:
        kappa = significant(self.bowl(self.centred)[1].condition_number, DIGITS)
        mean = significant(self.centred.offset, DIGITS + 1)
        self.formula = maths(formula("z = x - {mean}", mean=mean)).move_to(self.beneath.centre)
        with self.say(
            "Put the ruler's zero at the mean of x. The bowl stands upright, and κ is {kappa}.",
            kappa=kappa,
        ):
            self.play(FadeIn(self.formula), run_time=0.6)
            self.rename("z")
            self.tell_in(self.centred, self.hundred, self.ruler, 3.0)

    def scaling_makes_it_round(self) -> None:
        mean, deviation = (
            fixed(value, DIGITS) for value in (self.standard.offset, self.standard.scale)
        )
        markup = formula("z = (x - {mean}) / {deviation}", mean=mean, deviation=deviation)
        scaled = maths(markup).move_to(self.beneath.centre)
        kappa = fixed(self.bowl(self.standard)[1].condition_number, 0)
        with self.say(
            "Make the standard deviation its unit, and the bowl is round: κ = {kappa}.", kappa=kappa
        ):
            self.play(ReplacementTransform(self.formula, scaled), run_time=0.8)
            self.tell_in(self.standard, self.ruler, self.deviations, 3.5)
        self.formula = scaled

    def one_step_is_enough(self) -> None:
        rate = significant(self.bowl(self.standard)[1].best_rate, 1)
        places = self.standard.to_original(self.one_step.parameters)
        arrow = step_arrow(self.map, *places)
        with self.say(
            "In a round bowl the way downhill is the way to the minimum. At the best rate, "
            "{rate}, one step lands there.",
            rate=rate,
        ):
            self.play(GrowArrow(arrow), run_time=1.2)
            self.play(self.walked.animate.set_value(1), run_time=2.0)
            self.play(FadeOut(arrow), run_time=0.5)

    def unmapped_they_draw_another_line(self) -> None:
        found = self.one_step.parameters[-1]
        self.found = parameter_column(self.thirds[0], list(map(primed, self.symbols)), found)
        self.wrong = dashed_line(self.panel, self.unmapped)
        slope, shift = map(primed, self.slope_and_shift)
        self.misread = maths(f"{slope} x + {shift}", SIZE.small, PALETTE.parameters)
        name_dashed(self.panel, self.misread, self.wrong, self.unmapped, self.here())
        with self.say("These are parameters for z. Taken as those of x, they draw another line."):
            self.play(FadeOut(self.formula), FadeIn(self.found), run_time=0.8)
            self.rename("x")
            self.play(self.reading.hand_over(self.as_given, self.deviations, self.ruler, 1.5))
            self.play(Create(self.wrong), run_time=1.0)
            self.play(FadeIn(self.misread), run_time=0.5)

    @cached_property
    def symbols(self) -> list[str]:
        """The names of the parameters in Typst."""
        return [to_typst(parameter) for parameter in self.lesson.parameters]

    @property
    def slope_and_shift(self) -> list[str]:
        """The names of the parameters, that which multiplies x first."""
        steep = self.lesson.prediction.diff(self.lesson.parameters[0]).has(X)
        return self.symbols if steep else self.symbols[::-1]

    def mapped_back_it_is_the_line(self) -> None:
        slope, shift = self.slope_and_shift
        rules = told_in_x(self.standard, slope, shift)
        back = self.standard.to_original(self.one_step.parameters[-1])
        rows = parameter_column(
            self.thirds[1],
            [formula("{n} = {x}", n=name, x=rules[name]) for name in self.symbols],
            back,
        )
        with self.say("Mapped back to x, they give the best line, found in one step."):
            for name in (slope, shift):
                self.play(FadeIn(rows[self.symbols.index(name)]), run_time=0.8)
            self.play(FadeOut(self.wrong, self.misread), run_time=0.8)
