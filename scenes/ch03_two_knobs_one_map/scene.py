"""The storyboard of chapter 3: two knobs move a line and a dot, and the loss paints the map."""

from functools import cached_property

import numpy as np
from manim import Create, FadeIn, Transform, smooth

from scenes.ch03_two_knobs_one_map.ellipse import reach_formula, ring_axes
from scenes.ch03_two_knobs_one_map.knobs import Knobs
from scenes.ch03_two_knobs_one_map.readings import readings
from scenes.ch03_two_knobs_one_map.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel, local_ring
from scenes.kit.panels import DataPanel
from scenes.kit.wording import Number


class TwoKnobsOneMap(Chapter):
    """The line on the left, its parameters as a dot on the right, and nothing else to turn."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.a_line_has_two_knobs()
        self.a_line_is_a_dot()
        self.the_first_knob_turns_the_line()
        self.the_second_knob_lifts_the_line()
        self.every_point_has_a_loss()
        self.where_the_loss_is_the_same_is_a_ring()
        self.on_a_ring_all_lines_are_equally_wrong()
        if self.loss.is_quadratic:
            self.the_rings_are_ellipses()
        else:
            self.close_to_the_minimum_they_nearly_are()
        self.the_lowest_point_is_a_line_too()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's map."""
        return Story(self.loss, self.convergence, self.graph)

    def lay_out(self) -> None:
        """Put two panels over a strip of numbers; nothing is shown yet."""
        panels, strip = STAGE.rows(4.6, 1.05, gap=0.15)
        left, right = panels.columns(1, 1.15, gap=0.6)
        *numbers, self.aside = strip.columns(1, 1, 1, 1)
        theory, story = self.convergence, self.story
        self.map_panel = MapPanel(right, self.loss, theory, story.seen, margin=0.08)
        self.level, ring = story.whole_ring(self.map_panel.levels, self.map_panel.bounds)
        self.knobs = Knobs(self.lesson.start, theory, ring)
        here = self.knobs.here
        self.data_panel = DataPanel(left, self.loss, np.vstack([story.stops, ring]))
        self.line, self.dot = self.data_panel.line(here), self.map_panel.dot(here)
        self.readings = readings(numbers, self.map_panel, here, self.written)

    def written(self, loss: float) -> Number:
        """A loss in the digits that the rings of the map need."""
        return self.story.written_loss(loss, self.map_panel.levels)

    def a_line_has_two_knobs(self) -> None:
        data = self.data_panel
        first, second = self.parameter_names
        with self.say(
            "A {graph} is two numbers, {first} and {second}. Think of two knobs.",
            graph=self.graph,
            first=first,
            second=second,
        ) as said:
            self.play(FadeIn(data, data.dots), run_time=0.8)
            self.play(Create(self.line), run_time=0.8)
            said.until("Think")
            self.play(*(FadeIn(reading) for reading in self.readings[:2]), run_time=0.8)

    def a_line_is_a_dot(self) -> None:
        with self.say(
            "On a map of all pairs of numbers, this {graph} is a single dot.", graph=self.graph
        ):
            self.play(FadeIn(self.map_panel), run_time=0.8)
            shrinking = self.line.copy().clear_updaters()
            dot = self.map_panel.dot(self.lesson.start)
            self.play(Transform(shrinking, dot), run_time=1.2)
            self.remove(shrinking)
            self.add(self.dot)

    def the_first_knob_turns_the_line(self) -> None:
        with self.say(self.story.the_first_knob()):
            best = self.convergence.minimum[0]
            self.play(self.knobs.first.animate.set_value(best), run_time=3.0)

    def the_second_knob_lifts_the_line(self) -> None:
        with self.say(self.story.the_second_knob()):
            self.play(self.knobs.second.animate.set_value(self.story.halfway), run_time=3.0)

    def every_point_has_a_loss(self) -> None:
        with self.say(
            "Every pair has its loss. Paint each point of the map by it: the darker, the lower."
        ) as said:
            said.until("Paint")
            self.play(FadeIn(self.readings[2]), FadeIn(self.map_panel.bands), run_time=1.5)
            said.until("darker")
            self.play(*self.knobs.turned_to(self.lesson.start), run_time=2.4)

    def where_the_loss_is_the_same_is_a_ring(self) -> None:
        with self.say("Where the loss is the same, the points form a ring."):
            self.play(Create(self.map_panel.rings), run_time=1.6)
            self.play(*self.knobs.turned_to(self.knobs.ring[0]), run_time=1.4)

    def on_a_ring_all_lines_are_equally_wrong(self) -> None:
        self.knobs.on_trip = True
        with self.say(
            "Once round: the {graph} moves but stays equally wrong, {loss} all the way.",
            graph=self.graph,
            loss=self.written(self.level),
        ):
            self.play(self.knobs.trip.animate.set_value(1), run_time=6.0, rate_func=smooth)

    def the_rings_are_ellipses(self) -> None:
        flat, stiff = ring_axes(self.map_panel, self.level)
        formula = self.aside.place(reach_formula())
        with self.say(self.story.the_axes(self.level)):
            self.play(Create(flat), FadeIn(formula), run_time=1.2)
            self.play(Create(stiff), run_time=1.0)

    def close_to_the_minimum_they_nearly_are(self) -> None:
        level = self.story.local_level(self.map_panel.levels)
        ellipse = local_ring(self.map_panel, self.convergence, level)
        with self.say(
            "These rings are not ellipses: the curvature changes from place to place. "
            "Close to the minimum they nearly are."
        ):
            self.play(Create(self.map_panel.ring(level)), run_time=1.2)
            self.play(Create(ellipse), run_time=1.6)

    def the_lowest_point_is_a_line_too(self) -> None:
        self.knobs.leave_the_trip()
        with self.say(
            "In the middle the loss is least. That is no data point: it is a {graph}, the "
            "best one.",
            graph=self.graph,
        ) as said:
            self.play(FadeIn(self.map_panel.minimum()), run_time=0.6)
            said.until("That")
            self.play(*self.knobs.turned_to(self.convergence.minimum), run_time=2.6)
