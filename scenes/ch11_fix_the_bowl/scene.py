"""The storyboard of chapter 11: the same points and lines, with another ruler under them."""

from functools import cached_property
from itertools import pairwise

from manim import Create, FadeIn, FadeOut, GrowArrow, ReplacementTransform, ValueTracker

from gdmath.notation.names import primed
from gdmath.scaling import Scaling
from scenes.ch11_fix_the_bowl.bowl_numbers import BowlNumbers
from scenes.ch11_fix_the_bowl.number_columns import (
    centred_x,
    found_in_z,
    line_of,
    loss_account,
    mapped_to_x,
    standard_x,
)
from scenes.ch11_fix_the_bowl.round_arrow import at_hop, step_arrow
from scenes.ch11_fix_the_bowl.ruler import LiveScaling, RuledPanel, Ruler, rulers
from scenes.ch11_fix_the_bowl.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, parameter_axes
from scenes.kit.panels import dashed_line, name_dashed
from scenes.kit.updaters import Parameters


class FixTheBowl(Chapter):
    """The same points and the same lines, with another ruler under them and so another bowl."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.x_makes_the_bowl()
        self.in_percent_it_is_a_ravine()
        if self.story.explodes:
            self.the_old_rate_explodes()
            self.a_rate_has_units()
        else:
            self.the_bound_has_units()
        self.centring_sets_it_upright()
        self.scaling_makes_it_round()
        self.one_step_is_enough()
        self.unmapped_they_draw_another_line()
        self.mapped_back_it_is_the_line()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's line in another x."""
        return Story(self.lesson, self.convergence)

    def lay_out(self) -> None:
        """The points over their ruler on the left, the bowl on the right, numbers beneath."""
        panels, strip = STAGE.rows(4.25, 1.4, gap=0.15)
        left, right = panels.columns(1.3, 1, gap=0.5)
        self.beneath, numbers = strip.columns(1.3, 1, gap=0.15)
        story, level = self.story, float(self.trajectory.losses[0])
        self.scaling = scaling = LiveScaling(self.lesson)
        # The ruler will return to x when the bowl does not.
        self.reading = reading = LiveScaling(self.lesson)
        bowl = self.loss, self.convergence
        self.map = RoundMap(right, *bowl, story.reach, level, scaling.step, highest=story.highest)
        seen = [self.lesson.start, self.convergence.minimum, story.unmapped]
        self.panel = RuledPanel(left, self.loss, seen)
        self.ruler, self.hundred, self.deviations = rulers(self.panel, reading, story)
        self.numbers = BowlNumbers(numbers, self.convergence, scaling)
        self.walked = ValueTracker(0.0)

    def here(self) -> Parameters:
        """Where the one step has got to, as parameters of x."""
        return at_hop(self.story.mapped_back, self.walked.get_value())

    def x_makes_the_bowl(self) -> None:
        panel, map_, names = self.panel, self.map, self.story.symbols
        self.cross = parameter_axes(map_, names)
        self.line, self.dot, self.star = panel.line(self.here), map_.dot(self.here), map_.minimum()
        self.name = panel.title("x")
        with self.say("How elongated the bowl is depends on the x of the points alone."):
            self.play(FadeIn(panel, panel.dots, self.ruler, self.name, self.line), run_time=1.0)
            self.add(self.hundred, self.deviations)
            self.play(FadeIn(map_, self.cross), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.star, self.dot), run_time=1.0)
            self.play(FadeIn(self.numbers), run_time=0.6)

    def in_percent_it_is_a_ravine(self) -> None:
        names = parameter_axes(self.map, list(map(primed, self.story.symbols)))
        with self.say(self.story.ravine()) as said:
            self.rename('x " in percent"')
            said.until("only")
            self.tell_in(self.story.percent, self.ruler, self.hundred, 4.0)
            self.play(ReplacementTransform(self.cross, names), run_time=0.6)

    def tell_in(self, scaling: Scaling, old: Ruler, new: Ruler, run_time: float) -> None:
        """Change the bowl and the ruler, both to ``scaling``; one ruler gives way to another."""
        ruler = self.reading.hand_over(scaling, old, new, run_time)
        self.play(self.scaling.become(scaling, run_time), ruler)

    def rename(self, markup: str) -> None:
        """Give the ruler another name."""
        name = self.panel.title(markup)
        self.play(FadeOut(self.name), FadeIn(name), run_time=0.5)
        self.name = name

    def the_bound_has_units(self) -> None:
        with self.say(self.story.bound_in_percent()):
            self.wait(0.5)

    def the_old_rate_explodes(self) -> None:
        steps = self.story.first_steps
        places = self.story.percent.to_original(steps.parameters)
        hop = ValueTracker(0.0)
        self.flying = self.map.dot(lambda: at_hop(places, hop.get_value()))
        self.account = loss_account(self.beneath, steps.losses.tolist())
        with self.say(self.story.bound_in_percent()):
            self.play(FadeIn(self.account[0], self.flying), run_time=0.5)
            for step, (tail, head) in enumerate(pairwise(places), start=1):
                if not self.map.outside(self.map.c2p(tail))[0]:
                    arrow = step_arrow(self.map, tail, head)
                    self.play(GrowArrow(arrow), run_time=1.0)
                    hops = hop.animate.set_value(step)
                    self.play(hops, FadeIn(self.account[step]), run_time=0.8)
                    self.play(FadeOut(arrow), run_time=0.3)

    def a_rate_has_units(self) -> None:
        with self.say("So a learning rate has units. Choose those of x, and you choose the bowl."):
            self.play(FadeOut(self.account, self.flying), run_time=0.6)
            self.rename("x")
            self.tell_in(self.story.as_given, self.hundred, self.ruler, 2.5)

    def centring_sets_it_upright(self) -> None:
        scaling = self.story.centred
        self.z = centred_x(scaling).move_to(self.beneath.centre)
        with self.say(self.story.upright()):
            self.play(FadeIn(self.z), run_time=0.6)
            self.rename("z")
            self.tell_in(scaling, self.hundred, self.ruler, 3.0)

    def scaling_makes_it_round(self) -> None:
        scaling = self.story.standard
        centred, self.z = self.z, standard_x(scaling).move_to(self.beneath.centre)
        with self.say(self.story.round()) as said:
            self.play(ReplacementTransform(centred, self.z), run_time=0.8)
            said.until("and")
            self.tell_in(scaling, self.ruler, self.deviations, 3.5)

    def one_step_is_enough(self) -> None:
        arrow = step_arrow(self.map, *self.story.mapped_back)
        with self.say(self.story.lands()) as said:
            self.play(GrowArrow(arrow), run_time=1.2)
            said.until("one step")
            self.play(self.walked.animate.set_value(1), run_time=2.0)
            self.play(FadeOut(arrow), run_time=0.5)

    def unmapped_they_draw_another_line(self) -> None:
        story = self.story
        self.left, self.right = self.beneath.columns(1, 1.75)
        found = found_in_z(self.left, story)
        self.wrong = dashed_line(self.panel, story.unmapped)
        self.misread = line_of(*map(primed, story.slope_and_shift))
        name_dashed(self.panel, self.misread, self.wrong, story.unmapped, self.here())
        with self.say("These are parameters for z. Taken as those of x, they draw another line."):
            self.play(FadeOut(self.z), FadeIn(found), run_time=0.8)
            self.rename("x")
            self.play(self.reading.hand_over(story.as_given, self.deviations, self.ruler, 1.5))
            self.play(Create(self.wrong), run_time=1.0)
            self.play(FadeIn(self.misread), run_time=0.5)

    def mapped_back_it_is_the_line(self) -> None:
        story = self.story
        rows = mapped_to_x(self.right, story)
        with self.say("Mapped back to x, they give the best line, found in one step."):
            for name in story.slope_and_shift:
                self.play(FadeIn(rows[story.symbols.index(name)]), run_time=0.8)
            self.play(FadeOut(self.wrong, self.misread), run_time=0.8)
