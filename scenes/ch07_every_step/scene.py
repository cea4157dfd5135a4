"""The storyboard of chapter 7: a large map, and beside it what else the same clock shows."""

from functools import cached_property

from manim import Create, FadeIn, FadeOut, GrowArrow, GrowFromCenter, LaggedStart, VGroup, Write

from scenes.ch07_every_step.account import Account
from scenes.ch07_every_step.descent_map import DescentMap
from scenes.ch07_every_step.detour import Detour
from scenes.ch07_every_step.powers_panel import PowersPanel
from scenes.ch07_every_step.residual_panel import ResidualPanel
from scenes.ch07_every_step.rule_words import how_it_steps
from scenes.ch07_every_step.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, evenly
from scenes.kit.emphasis import light_up
from scenes.kit.frame import STAGE
from scenes.kit.maps import approach
from scenes.kit.panels import DataPanel
from scenes.kit.text import UpdatePanel
from scenes.kit.updaters import Parameters


class EveryStep(Chapter):
    """A large map, and beside it what else the same clock shows."""

    def construct(self) -> None:
        story = self.story
        self.lay_out()
        self.one_step_is_repeated()
        self.each_step_reads_the_slope()
        if story.most_is_done is not None:
            self.most_of_it_is_soon_done(story.most_is_done)
        if story.overshoot is None:
            self.the_steps_crowd()
        else:
            self.one_parameter_leaves_its_goal(Detour(story, story.overshoot))
        self.by_powers_of_ten_it_bends()
        self.the_steps_shrink()
        self.the_rule_itself_slows_down()
        self.why_so()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent."""
        theory = self.convergence
        return Story(self.lesson, self.trajectory, theory.minimum, theory.minimum_loss)

    def lay_out(self) -> None:
        """Put a map on the left; on the right the line, an account, and the rule."""
        left, right = STAGE.columns(1.4, 1, gap=0.4)
        self.beside, middle, low, _ = right.rows(3.2, 0.5, 1.75, 0.05, gap=0.12)
        self.clock = DescentClock(self.trajectory)
        self.map = DescentMap(left, self.loss, self.convergence, self.clock, self.story.stride)
        self.wide = self.map.of_the_rest(0)
        self.downhill = self.map.downhill(self.story.stretch)
        self.data = DataPanel(self.beside, self.loss, self.trajectory.parameters)
        self.line = self.data.line(self.here)
        self.pointed = VGroup(self.downhill)
        self.shown = VGroup(self.data, self.data.dots, self.line)
        self.account = Account(middle, self.clock)
        self.rule = UpdatePanel(low, self.derivation, self.clock)
        self.add(self.clock)

    def one_step_is_repeated(self) -> None:
        map_, data = self.map, self.data
        star, walker = map(GrowFromCenter, (map_.star, map_.walker))
        opening = FadeIn(map_, map_.bands, data), Create(map_.rings), star, walker
        self.title_card(*opening)
        self.add(map_.trail, map_.walker)
        with self.say(self.story.opening()) as said:
            points = LaggedStart(*map(GrowFromCenter, data.dots), lag_ratio=0.03)
            self.play(points, Create(self.line), run_time=1.6)
            said.until("Now")
            self.play(Write(self.account), run_time=1.0)

    def each_step_reads_the_slope(self) -> None:
        with self.say(how_it_steps(self.lesson.rule)):
            self.play(Write(self.rule.updates), run_time=1.4)
            self.play(FadeIn(self.downhill), light_up(self.rule.of_slope()), run_time=0.8)
            self.play(Write(self.rule.numbers), run_time=0.4)
            self.run_to(self.story.first_few, run_time=2.5)

    def most_of_it_is_soon_done(self, steps: int) -> None:
        with self.say(self.story.how_it_runs(steps)):
            self.run_to(steps, run_time=4.2)

    def the_steps_crowd(self) -> None:
        with self.say(self.story.going_on()):
            self.run_to(self.trajectory.steps, run_time=5.0)

    def one_parameter_leaves_its_goal(self, detour: Detour) -> None:
        crossing = detour.overshoot.crossing
        close = self.map.of_the_rest(crossing)
        line, label = self.map.goal(detour.overshoot.parameter, detour.goal)
        astray = detour.astray(close.distances())
        with self.say(detour.passing()) as said:
            said.ends_paragraph()
            self.run_to(crossing, run_time=3.4)
            self.play(Create(line), Write(label), run_time=0.8)
            said.until("And it")
            self.run_to(astray or crossing + 1, run_time=1.6)
            self.play(FadeOut(label), run_time=0.4)
        if astray is not None:
            with self.say("Why would it leave the value that it should have?"):
                self.play(approach(self.map, close, [self.map.star]), run_time=2.6)
            self.downhill_points_past_the_bottom(detour, astray)
        self.it_goes_as_far_as_it_goes(detour)
        with self.say(detour.coming_back()):
            self.play(FadeOut(line), run_time=0.3)
            self.run_to(self.trajectory.steps, run_time=4.5)

    def downhill_points_past_the_bottom(self, detour: Detour, step: int) -> None:
        arrow, bearing = self.map.astray(step)
        with self.say(detour.past_it(step)) as said:
            self.play(FadeOut(self.downhill), GrowArrow(arrow), run_time=1.2)
            self.play(Create(bearing.line), run_time=1.0)
            said.until("here")
            self.play(Create(bearing.arc), Write(bearing.number), run_time=1.4)
        self.pointed = VGroup(arrow, bearing)

    def it_goes_as_far_as_it_goes(self, detour: Detour) -> None:
        turn = self.trajectory.parameters[detour.overshoot.turn]
        errors = ResidualPanel(self.beside, self.loss, self.data, turn, self.here)
        with self.say(detour.reason(errors.seen)):
            self.play(*map(FadeOut, self.pointed), run_time=0.3)
            if not detour.shows(errors.seen):
                self.run_to(detour.overshoot.turn, run_time=2.4)
                return
            self.play(*errors.grow_from(self.data, self.line), run_time=1.4)
            errors.follow()
            self.play(Create(errors.bars), run_time=1.0)
            self.run_to(detour.overshoot.turn, run_time=2.4)
            self.play(Write(errors.verdicts), run_time=0.8)
            self.shown = VGroup(errors, errors.dots, errors.line, errors.bars, errors.verdicts)

    def by_powers_of_ten_it_bends(self) -> None:
        self.powers = PowersPanel(self.beside, self.story, self.clock)
        with self.say(self.story.by_powers()):
            self.play(FadeOut(self.shown), run_time=0.4)
            back = approach(self.map, self.wide, [self.map.star])
            self.play(back, FadeIn(self.powers), run_time=1.6)
            self.run_to(0, run_time=0.8)
            self.add(self.powers.loss, self.powers.rider)
            self.run_to(self.trajectory.steps, run_time=4.5)

    def the_steps_shrink(self) -> None:
        powers, (first, last) = self.powers, self.powers.lengths_told
        with self.say(self.story.step_lengths()) as said:
            said.ends_paragraph()
            self.play(Write(first), Create(powers.lengths, rate_func=evenly), run_time=3.0)
            self.play(Write(last), run_time=0.8)
            said.until("rate")
            self.play(light_up(self.rule.of_rate()), run_time=1.0)

    def the_rule_itself_slows_down(self) -> None:
        with self.say(self.story.why_it_slows()):
            self.run_to(0, run_time=0.8)
            self.play(FadeIn(self.downhill), light_up(self.rule.of_slope()), run_time=0.8)
            self.run_to(self.trajectory.steps, run_time=3.5)

    def why_so(self) -> None:
        with self.say(self.story.question()):
            powers = self.powers
            self.play(FadeOut(powers.lengths, powers.lengths_told), run_time=0.4)
            for line in powers.paces() if self.story.has_two_speeds else ():
                self.play(Create(line), run_time=1.5)
            self.play(light_up(self.map.star), run_time=1.0)

    def here(self) -> Parameters:
        """Where the descent is by the clock, shape (2,)."""
        return self.clock.parameters

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=evenly)
