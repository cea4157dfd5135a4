"""The storyboard of chapter 7: three panels and the update equations, all reading one clock."""

from functools import cached_property

import numpy as np
from manim import Create, FadeIn, FadeOut, GrowArrow, LaggedStart, VGroup, linear, smooth

from gdmath.trajectory import Overshoot
from scenes.ch07_every_step.footprints import Footprints
from scenes.ch07_every_step.rule_words import how_it_steps
from scenes.ch07_every_step.step_panel import StepPanel, attention
from scenes.ch07_every_step.story import Astray, Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import Bearing, MapPanel, closer, zoom
from scenes.kit.panels import CurvePanel, DataPanel
from scenes.kit.text import UpdatePanel
from scenes.kit.updaters import Parameters

ARROW = 0.55
"""Length of the arrow that points past the minimum, as a share of the distance to it."""


class EveryStep(Chapter):
    """Three panels and the update equations, all reading one clock."""

    def construct(self) -> None:
        story = self.story
        self.title_card()
        self.build_the_panels()
        self.one_guess_is_seen_three_ways()
        self.the_update_moves_both_parameters()
        self.one_step_is_small()
        if story.overshoot is None:
            self.the_steps_go_on()
        else:
            self.one_parameter_passes_its_goal(story.overshoot)
        if closer(self.close_map, self.map_panel):
            self.come_close_to_the_minimum()
        if story.overshoot is not None:
            astray = story.astray(self.distances, self.clock.step, story.overshoot.turn)
            if astray is not None:
                self.downhill_is_not_the_way_there(astray)
            self.it_turns_back(story.overshoot)
        self.the_valley_is_slow()
        self.the_steps_shrink_by_themselves()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent."""
        return Story(self.lesson, self.trajectory, self.convergence.minimum, self.graph)

    def build_the_panels(self) -> None:
        """Lay out the stage; nothing is shown yet."""
        panels, strip = STAGE.rows(3.75, 1.85, gap=0.15)
        left, middle, right = panels.columns(1, 1, 1, gap=0.45)
        counter, equations = strip.columns(1.2, 4, gap=0.35)
        trajectory = self.trajectory
        self.clock = DescentClock(trajectory)
        self.data_panel = DataPanel(left, self.loss, trajectory.parameters)
        self.map_panel = MapPanel(middle, self.loss, self.convergence, trajectory.parameters)
        self.curve_panel = CurvePanel(right, self.clock, trajectory.losses, "L")
        self.step_panel = StepPanel(counter, self.clock, self.lesson.learning_rate)
        self.update_panel = UpdatePanel(equations, self.derivation, self.clock)
        self.astray = VGroup()
        self.add(self.clock)

    def one_guess_is_seen_three_ways(self) -> None:
        data, map_, curve = self.data_panel, self.map_panel, self.curve_panel
        self.line, self.dot, self.star = data.line(self.here), map_.dot(self.here), map_.minimum()
        with self.say(
            "One pair of numbers, seen three ways. First, a {graph} among the points.",
            graph=self.graph,
        ) as said:
            said.until("First")
            points = LaggedStart(*map(FadeIn, data.dots), lag_ratio=0.03)
            self.play(FadeIn(data), points, run_time=1.4)
            self.play(Create(self.line), run_time=0.8)
        with self.say(
            "Second, a dot on the map of the loss. Third, a height on the loss curve."
        ) as said:
            self.play(FadeIn(map_), FadeIn(map_.bands), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.star), FadeIn(self.dot), run_time=1.2)
            said.until("Third")
            self.play(FadeIn(curve), FadeIn(curve.head()), run_time=0.8)
        self.path = map_.path(self.clock)
        self.marks = Footprints(map_, self.clock, self.story.stride)
        self.add(self.path, self.marks, curve.curve(), self.dot)

    def the_update_moves_both_parameters(self) -> None:
        a, b = self.story.names
        panel = self.update_panel
        with self.say("The slope of the loss in {a} and in {b}, at this guess.", a=a, b=b):
            self.play(FadeIn(self.step_panel), FadeIn(panel.gradients), run_time=1.0)
            self.play(FadeIn(panel.numbers[0]), FadeIn(panel.numbers[2]), run_time=0.6)
        with self.say(how_it_steps(self.lesson.rule, self.lesson.learning_rate)):
            self.play(FadeIn(panel.updates), run_time=0.8)
            self.play(FadeIn(panel.numbers[1]), FadeIn(panel.numbers[3]), run_time=0.6)

    def one_step_is_small(self) -> None:
        with self.say(self.story.first_step()):
            self.run_to(1, run_time=1.2)

    def the_steps_go_on(self) -> None:
        with self.say(self.story.where_the_long_steps_are()):
            self.run_to(self.trajectory.steps // 3, run_time=5.5)

    def one_parameter_passes_its_goal(self, overshoot: Overshoot) -> None:
        with self.say(self.story.passing(overshoot)):
            self.run_to(overshoot.crossing, run_time=4.5)

    @cached_property
    def close_map(self) -> MapPanel:
        """The part of the map in which the rest of the descent takes place."""
        rest = self.trajectory.parameters[self.clock.step :]
        # The map's rings reach as far as the first: the highest, though a detour may come to it.
        rest = rest[np.argsort(-self.trajectory.losses[self.clock.step :], kind="stable")]
        return MapPanel(self.map_panel.region, self.loss, self.convergence, rest, margin=0.35)

    def come_close_to_the_minimum(self) -> None:
        close, map_ = self.close_map, self.map_panel
        leaving = [map_.bands, map_.rings, self.star, self.path, self.marks, self.dot]
        path, dot = close.path(self.clock), close.dot(self.here)
        marks = Footprints(close, self.clock, self.story.stride)
        coming = [close.bands, close.rings, close.minimum(), path, marks, dot]
        with self.say("The rest fits into a part of this map, so we come closer.") as said:
            said.until("so")
            self.play(zoom(map_, close, leaving, coming))
        self.map_panel = close

    @property
    def distances(self) -> Parameters:
        """(steps + 1,): how far from the star the dot is on the map, in units of the picture."""
        places = self.map_panel.c2p(self.trajectory.parameters)
        lengths: Parameters = np.linalg.norm(
            places - self.map_panel.point(*self.convergence.minimum), axis=1
        )
        return lengths

    def downhill_is_not_the_way_there(self, astray: Astray) -> None:
        map_, target = self.map_panel, self.convergence.minimum
        here = self.trajectory.parameters[astray.step]
        slope = self.trajectory.gradients[astray.step]
        reach = ARROW * np.linalg.norm(target - here) / np.linalg.norm(slope)
        arrow = map_.arrow(here, -reach * slope, against=slope)
        bearing = Bearing(map_, here, target, arrow, astray.angle)
        self.astray.add(arrow, bearing)
        with self.say(astray.sentence()) as said:
            self.run_to(astray.step, run_time=1.2)
            self.play(GrowArrow(arrow), run_time=0.6)
            self.play(Create(bearing.line), run_time=0.6)
            said.until("it is")
            self.play(Create(bearing.arc), FadeIn(bearing.number), run_time=0.6)

    def it_turns_back(self, overshoot: Overshoot) -> None:
        with self.say(self.story.turning(overshoot)):
            if self.astray:
                self.play(FadeOut(self.astray), run_time=0.4)
            self.run_to(overshoot.turn, run_time=4.0)

    def the_valley_is_slow(self) -> None:
        with self.say(self.story.the_end()):
            self.run_to(self.trajectory.steps, run_time=4.5)

    def the_steps_shrink_by_themselves(self) -> None:
        with self.say(self.story.step_lengths()):
            self.play(attention(self.step_panel.step_length))
        with self.say(self.story.what_changed()):
            self.play(attention(self.step_panel.rate))

    def here(self) -> Parameters:
        """Where the descent is by the clock, shape (2,)."""
        return self.clock.parameters

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        easing = smooth if run_time < 3 else linear
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=easing)
