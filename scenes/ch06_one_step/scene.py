"""The storyboard of chapter 6: the gradient turned round, scaled down, and walked once."""

from functools import cached_property

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    Rotate,
    Succession,
    VGroup,
)

from gdmath import FloatArray, Momentum
from scenes.ch06_one_step.step_equations import SlopeEquations, StepEquations, mixed_note
from scenes.ch06_one_step.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import Bearing, MapPanel, closer, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.text import MomentumRow
from scenes.kit.theme import PALETTE
from scenes.kit.wording import as_given, rule_name


class OneStep(Chapter):
    """The gradient at the guess, turned round, scaled down, and walked once."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.the_guess_is_a_dot()
        self.the_gradient_points_uphill()
        self.the_step_goes_the_other_way()
        self.it_does_not_point_at_the_minimum()
        if closer(self.close_map, self.map_panel):
            self.the_rate_gives_its_length_seen_from_close_by()
        else:
            self.the_rate_gives_its_length_seen_from_afar()
        self.both_parameters_move_at_once()
        self.the_line_moves_with_it()
        self.without_the_minus_it_climbs()
        if np.isfinite(self.story.mixed):
            self.one_after_the_other_is_another_step()
        else:
            self.one_after_the_other_leads_nowhere()
        if isinstance(self.lesson.rule, Momentum):
            self.from_now_on_it_remembers(self.lesson.rule)
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's first step."""
        return Story(self.loss, self.trajectory, self.convergence.minimum)

    def lay_out(self) -> None:
        """Two panels over the equations; nothing is shown yet."""
        panels, self.strip = STAGE.rows(4.3, 1.35, gap=0.15)
        left, self.right = panels.columns(1, 1.15, gap=0.6)
        self.clock = DescentClock(self.trajectory)
        self.data_panel = DataPanel(left, self.loss, self.trajectory.parameters)
        self.map_panel = self.map_of(self.trajectory.parameters)
        self.slopes = SlopeEquations(self.strip, self.trajectory, self.lesson)
        self.equations = StepEquations(self.strip, self.trajectory, self.lesson)
        self.note: Mobject = VGroup()
        self.add(self.clock)

    def map_of(self, seen: FloatArray) -> MapPanel:
        """The map of all that is ``seen`` (k, 2), and of the minimum."""
        return MapPanel(self.right, self.loss, self.convergence, seen, margin=0.25)

    @cached_property
    def close_map(self) -> MapPanel:
        """The part of the map in which the step lies, with the minus and without."""
        ends = self.story.ends
        return MapPanel(self.right, self.loss, self.convergence, ends, margin=0.2, close=True)

    def the_guess_is_a_dot(self) -> None:
        data, map_ = self.data_panel, self.map_panel
        self.line, self.dot = data.line(lambda: self.clock.parameters), map_.dot(self.lesson.start)
        self.star = map_.minimum()
        with self.say(
            "The guess once more: a {graph} on the left, a dot on the map of the loss.",
            graph=self.graph,
        ) as said:
            self.play(FadeIn(data, data.dots), FadeIn(map_.bands, map_), run_time=1.0)
            self.play(Create(self.line), Create(map_.rings), run_time=1.2)
            said.until("dot")
            self.play(FadeIn(self.star), FadeIn(self.dot), run_time=0.6)

    def the_gradient_points_uphill(self) -> None:
        self.uphill = self.map_panel.arrow(self.lesson.start, -0.5 * self.story.downhill)
        with self.say(
            "The gradient points straight across the ring, the way the loss grows fastest."
        ):
            self.play(GrowArrow(self.uphill), run_time=1.2)
        with self.say(self.story.two_slopes()):
            self.play(FadeIn(self.slopes), run_time=1.0)

    def the_step_goes_the_other_way(self) -> None:
        map_, (start, _, slope) = self.map_panel, self.story.first_step
        self.downhill = map_.arrow(start, self.story.downhill, against=slope)
        with self.say("So we turn round. The minus sign in the update is this half turn.") as said:
            turn = Rotate(self.uphill, np.pi, about_point=map_.point(*start), run_time=1.4)
            lengthen = ReplacementTransform(self.uphill, self.downhill, run_time=0.5)
            said.until("turn")
            self.play(Succession(turn, lengthen))

    def it_does_not_point_at_the_minimum(self) -> None:
        ends, angle = (self.lesson.start, self.convergence.minimum), self.story.angle
        self.bearing = Bearing(self.map_panel, *ends, self.downhill, angle)
        with self.say(self.story.off_the_minimum()) as said:
            self.play(Create(self.bearing.line), run_time=1.0)
            said.until("here")
            self.play(Create(self.bearing.arc), FadeIn(self.bearing.number), run_time=0.8)

    def the_rate_gives_its_length_seen_from_close_by(self) -> None:
        with self.say(self.story.the_rate(comes_close=True)):
            self.see_the_step_on(self.close_map)

    def the_rate_gives_its_length_seen_from_afar(self) -> None:
        map_ = self.map_of(np.vstack([self.trajectory.parameters, self.story.ends]))
        with self.say(self.story.the_rate(comes_close=False)):
            self.see_the_step_on(map_, map_.minimum())

    def see_the_step_on(self, map_: MapPanel, *more: Mobject) -> None:
        """Give the arrow the length of the step, and look at it on another map with ``more``."""
        wide, (start, move, slope) = self.map_panel, self.story.first_step
        step, seen = (on.arrow(start, move, against=slope) for on in (wide, map_))
        leaving = [wide.bands, wide.rings, self.star, self.dot, step]
        coming = [map_.bands, map_.rings, map_.dot(lambda: self.clock.parameters), *more]
        self.play(FadeOut(self.bearing), ReplacementTransform(self.downhill, step), run_time=1.4)
        self.play(zoom(wide, map_, leaving, coming))
        self.play(GrowArrow(seen), run_time=0.8)
        self.map_panel = map_

    def both_parameters_move_at_once(self) -> None:
        legs = self.map_panel.legs(*self.trajectory.parameters[:2])
        with self.say(self.story.two_legs()):
            legs_grow = LaggedStart(*(Create(leg) for leg in legs), lag_ratio=1)
            self.play(legs_grow, *self.equations.take_up(self.slopes), run_time=2.0)

    def the_line_moves_with_it(self) -> None:
        self.add(self.map_panel.path(self.clock))
        with self.say(self.story.the_loss_falls(self.graph)):
            self.play(self.clock.animate.set_value(1), run_time=2.5)

    def without_the_minus_it_climbs(self) -> None:
        start, end = self.story.uphill.parameters
        climb = self.map_panel.arrow(start, end - start, PALETTE.muted)
        with self.say(self.story.without_the_minus()):
            self.play(GrowArrow(climb), run_time=1.2)

    def one_after_the_other_leads_nowhere(self) -> None:
        with self.say(self.story.one_after_the_other()):
            self.wait(1)

    def one_after_the_other_is_another_step(self) -> None:
        self.note = mixed_note(self.story)
        room = self.equations.make_room(self.note, self.strip)
        with self.say(self.story.one_after_the_other()):
            self.play(room, FadeIn(self.note), run_time=1.0)

    def from_now_on_it_remembers(self, rule: Momentum) -> None:
        """Show the rule of which this first step, taken from rest, is a plain one."""
        row = MomentumRow(self.strip, rule)
        with self.say(
            "This first step began at rest. From now on {rule} keeps {kept} of the velocity v.",
            rule=rule_name(rule),
            kept=as_given(rule.momentum),
        ):
            self.play(FadeOut(self.equations, self.note), run_time=0.6)
            self.play(FadeIn(row), run_time=1.0)
