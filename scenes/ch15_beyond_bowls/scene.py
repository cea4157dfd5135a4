"""The storyboard of chapter 15: two basins, a saddle between them, and where each start ends."""

from functools import cached_property

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    GrowFromCenter,
    LaggedStart,
    Transform,
    VGroup,
    Write,
    linear,
)

from gdmath import Lesson, two_basins
from scenes.ch15_beyond_bowls.flock import Flock
from scenes.ch15_beyond_bowls.stationary_mark import stationary_mark
from scenes.ch15_beyond_bowls.story import REACH, Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel, local_ring
from scenes.kit.panels import CurvePanel, DataPanel
from scenes.kit.text import Equation, colours, plain_rule, predicted
from scenes.kit.theme import SIZE


class BeyondBowls(Chapter):
    """The smallest network there is, whose loss is no bowl; it brings its own lesson."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.one_neuron_is_enough()
        self.there_are_two_basins()
        self.between_them_lies_a_saddle()
        self.every_start_finds_a_basin()
        self.one_of_them_dawdles_at_the_saddle()
        self.rules_differ_in_their_first_step()
        self.near_a_minimum_it_is_a_bowl_again()
        self.what_the_lecture_leaves_you_with()
        self.hold()

    @cached_property
    def lesson(self) -> Lesson:
        """A lesson of its own: a prediction that bends, and the same loss."""
        return two_basins()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this chapter's own lesson, after the lecture's."""
        return Story(self.given_lesson, self.loss, self.convergence, self.trajectory)

    def lay_out(self) -> None:
        """Data and loss on the left, a large map on the right; nothing is shown yet."""
        self.left, right = STAGE.columns(1, 1.7, gap=0.5)
        upper, self.lower = self.left.rows(1, 1, gap=0.25)
        minima = [point.parameters for point in self.story.minima]
        seen = np.vstack([self.trajectory.parameters, *minima])
        square = np.vstack([self.lesson.start, REACH * np.array([(-1, -1), (1, 1)])])
        self.clock = DescentClock(self.trajectory)
        self.data_panel = DataPanel(upper, self.loss, seen)
        self.curve_panel = CurvePanel(self.lower, self.clock, self.trajectory.losses, "L")
        self.map_panel = MapPanel(right, self.loss, self.convergence, square, margin=0.0)
        self.add(self.clock)

    def one_neuron_is_enough(self) -> None:
        data, map_ = self.data_panel, self.map_panel
        self.line = data.line(lambda: self.clock.parameters)
        formula = Equation(predicted(self.lesson), SIZE.equation, colours(self.lesson))
        self.neuron = self.lower.place(formula)
        with self.say(self.story.opening()):
            self.play(FadeIn(data, data.dots), run_time=1.0)
            self.play(Create(self.line), run_time=1.4)
        with self.say(self.story.one_neuron()):
            self.play(FadeIn(map_.bands, map_), Write(self.neuron), run_time=1.2)
            self.play(Create(map_.rings), run_time=1.8)

    def there_are_two_basins(self) -> None:
        self.marks = [stationary_mark(self.map_panel, point) for point in self.story.minima]
        with self.say(self.story.two_basins()) as said:
            said.until("equally")
            for mark in self.marks:
                self.play(GrowFromCenter(mark), run_time=0.8)

    def between_them_lies_a_saddle(self) -> None:
        self.saddle = stationary_mark(self.map_panel, self.story.saddle)
        with self.say(
            "Between them a pass: no slope there either, but two ways lead down. A saddle."
        ) as said:
            said.until("no slope")
            self.play(GrowFromCenter(self.saddle), run_time=1.0)

    def every_start_finds_a_basin(self) -> None:
        starts = self.story.starts(self.map_panel.bounds)
        self.flock = Flock(self.map_panel, starts, [*self.marks, self.saddle])
        with self.say(self.story.many_starts(starts)) as said:
            self.play(FadeIn(self.flock), run_time=0.8)
            said.until("descend")
            self.play(self.flock.descend())
        with self.say(
            "Now back, each in the colour of its basin: the start decides which one you find."
        ) as said:
            said.until("colour")
            self.play(*map(Transform, self.flock, self.flock.painted()))
            self.play(self.flock.clock.animate.set_value(0), run_time=2.5)

    def one_of_them_dawdles_at_the_saddle(self) -> None:
        map_, curve = self.map_panel, self.curve_panel
        self.dot = map_.dot(lambda: self.clock.parameters)
        with self.say(
            "A start close to the ridge runs to the saddle, where there is hardly any slope."
        ):
            self.play(FadeOut(self.flock, self.neuron), FadeIn(curve, self.dot), run_time=0.8)
            self.walked, self.fall = map_.path(self.clock), VGroup(curve.curve(), curve.head())
            self.add(self.walked, *self.fall, self.dot)
            self.run_to(self.story.lingers_at, 4.0)
        with self.say(self.story.it_falls_again()):
            self.run_to(self.trajectory.steps, 5.0)

    def rules_differ_in_their_first_step(self) -> None:
        map_ = self.map_panel
        steps = self.story.first_steps(map_.bounds)
        self.arrows = [map_.arrow(start, end - start) for start, end in steps]
        with self.say(self.story.other_rules()):
            self.play(LaggedStart(*map(GrowArrow, self.arrows), lag_ratio=0.08), run_time=2.4)

    def near_a_minimum_it_is_a_bowl_again(self) -> None:
        map_, level = self.map_panel, self.story.near_the_minimum
        ring, bowl = map_.ring(level), local_ring(map_, self.convergence, level)
        with self.say(
            "And close to a minimum? Take its curvature and draw the ring of that bowl."
        ) as said:
            self.play(FadeOut(*self.arrows), run_time=0.6)
            self.play(Create(ring), run_time=1.2)
            said.until("ring")
            self.play(Create(bowl), run_time=1.6)
        self.local = VGroup(ring, bowl)

    def what_the_lecture_leaves_you_with(self) -> None:
        """Let all of them descend once more, by the one rule."""
        told = self.data_panel, self.data_panel.dots, self.line, self.curve_panel, self.fall
        with self.say(
            "A network has millions of parameters, many basins and more saddles than basins."
        ):
            self.play(FadeOut(*told, self.walked, self.dot, self.local), run_time=1.2)
            self.play(FadeIn(self.flock), run_time=1.0)
        with self.say(
            "Yet every single step is the one you know: look at the slope, and go against it."
        ):
            self.play(Write(self.left.place(plain_rule(SIZE.title))), run_time=1.4)
            self.play(self.flock.descend())

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=linear)
