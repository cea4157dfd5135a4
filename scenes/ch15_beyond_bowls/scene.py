"""The storyboard of chapter 15: two valleys, a saddle between them, and where each start ends."""

from functools import cached_property

import numpy as np
from manim import Create, FadeIn, FadeOut, Flash, GrowFromCenter, Transform, VGroup, Write, linear

from gdmath import Lesson, two_basins
from scenes.ch15_beyond_bowls.flock import BASINS, Flock
from scenes.ch15_beyond_bowls.rules import step_of, update_rules
from scenes.ch15_beyond_bowls.stationary_mark import stationary_mark
from scenes.ch15_beyond_bowls.story import REACH, Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, local_ring, zoom
from scenes.kit.panels import CurvePanel, DataPanel
from scenes.kit.run import Run
from scenes.kit.text import LOSS, Equation, colours, predicted
from scenes.kit.theme import PALETTE, SIZE


class BeyondBowls(Chapter):
    """The smallest network there is, whose loss is no bowl; it brings its own lesson."""

    def construct(self) -> None:
        self.lay_out()
        map_, data = self.map_panel, self.data_panel
        self.title_card(FadeIn(map_.bands, map_, data, data.dots), Create(map_.rings))
        self.what_if_there_are_two_valleys()
        self.one_neuron_is_enough()
        self.both_draw_the_same_curve()
        self.between_them_lies_a_saddle()
        self.every_start_finds_a_valley()
        self.one_stays_on_the_saddle()
        self.one_of_them_dawdles_at_the_saddle()
        self.near_the_bottom_it_is_a_bowl_again()
        self.what_the_lecture_leaves_you_with()
        self.how_do_you_know()
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
        """A large map on the left; the points, or the loss, on the right under a formula."""
        left, self.right = STAGE.columns(1.15, 1, gap=0.5)
        self.head, body = self.right.rows(1, 4, gap=0.1)
        minima = [point.parameters for point in self.story.minima]
        seen = np.vstack([self.trajectory.parameters, *minima])
        square = np.vstack([self.lesson.start, REACH * np.array([(-1, -1), (1, 1)])])
        self.clock = DescentClock(self.trajectory)
        self.data_panel = DataPanel(body, self.loss, seen)
        self.curve_panel = CurvePanel(body, self.clock, self.trajectory.losses, LOSS.name)
        self.step = step_of(self.clock, self.head)
        self.map_panel = MapPanel(left, self.loss, self.convergence, square, margin=0.0)
        self.close = MapPanel(left, self.loss, self.convergence, self.story.near, margin=0.0)
        self.add(self.clock)

    def what_if_there_are_two_valleys(self) -> None:
        self.marks = [stationary_mark(self.map_panel, point) for point in self.story.minima]
        allow("contrast", self.map_panel.rings, *self.marks, reason="marks lie on the rings")
        with self.say(self.story.opening()) as said:
            said.until("two")
            for mark, color in zip(self.marks, BASINS, strict=True):
                self.play(GrowFromCenter(mark.set_fill(color)), run_time=1.2)

    def one_neuron_is_enough(self) -> None:
        data, way = self.data_panel, Run(self.story.ways_down[0], PALETTE.parameters)
        self.line = data.line(lambda: way.clock.parameters)
        formula = Equation(predicted(self.lesson), SIZE.title, colours(self.lesson))
        self.neuron = self.head.place(formula)
        with self.say(self.story.one_neuron()) as said:
            self.play(Write(self.neuron), run_time=1.6)
            self.play(Create(self.line), run_time=0.8)
            said.until("Still")
            self.add(way.clock, *(on_map := way.on_map(self.map_panel)))
            self.play(way.clock.animate.set_value(way.trajectory.steps), run_time=3.0)
        self.on_map = list(on_map)

    def both_draw_the_same_curve(self) -> None:
        places = [point.parameters for point in self.story.minima]
        curves = [*map(self.data_panel.line, places, BASINS)]
        with self.say("Two valleys, equally deep: and both draw the very same curve."):
            self.play(FadeOut(*self.on_map), run_time=0.6)
            for curve, mark in zip(curves, self.marks, strict=True):
                self.play(Create(curve), Flash(mark.get_center(), color=PALETTE.ink), run_time=2.0)
        self.curves = [self.line, *curves]

    def between_them_lies_a_saddle(self) -> None:
        self.saddle = stationary_mark(self.map_panel, self.story.saddle)
        ways = [*map(Run, self.story.ways_down, BASINS)]
        drawn = [part for way in ways for part in way.on_map(self.map_panel)]
        with self.say(
            "Between them lies a pass: level ground, but not the bottom. It is called a saddle."
        ) as said:
            said.ends_paragraph()
            self.play(GrowFromCenter(self.saddle), run_time=1.0)
            said.until("level")
            self.add(*(way.clock for way in ways), *drawn)
            self.play(*(way.to(way.trajectory.steps) for way in ways), run_time=4.0)
            self.play(FadeOut(*drawn), run_time=0.4)

    def every_start_finds_a_valley(self) -> None:
        starts = self.story.starts(self.map_panel.bounds)
        self.flock = Flock(self.map_panel, starts, [*self.marks, self.saddle])
        with self.say(self.story.many_starts(starts)):
            self.play(FadeIn(self.flock, lag_ratio=0.02), run_time=1.0)
            self.play(self.flock.descend(4.0))
        with self.say("Colour each start by the valley it found: the start decides."):
            self.play(*map(Transform, self.flock, self.flock.painted()), run_time=0.8)
            self.play(self.flock.rewind(3.0))

    def one_stays_on_the_saddle(self) -> None:
        with self.say(
            "One of them started exactly on the saddle. It is still there, and perfectly content."
        ) as said:
            said.ends_paragraph()
            said.until("saddle")
            self.play(self.flock.descend(3.5))
            self.play(Flash(self.saddle.get_center(), color=PALETTE.ink, flash_radius=0.3))

    def one_of_them_dawdles_at_the_saddle(self) -> None:
        map_, curve = self.map_panel, self.curve_panel
        dot = map_.dot(lambda: self.clock.parameters)
        data = self.data_panel, self.data_panel.dots, self.neuron, *self.curves
        with self.say("This one starts near the ridge. Its loss goes flat, and it looks done."):
            self.play(FadeOut(self.flock, *data), FadeIn(curve, dot, self.step), run_time=0.8)
            self.walked, self.fall = map_.path(self.clock), VGroup(curve.curve(), curve.head())
            self.add(self.walked, *self.fall, dot)
            self.run_to(self.story.lingers_at, 4.0)
        with self.say(self.story.it_falls_again()):
            self.run_to(self.trajectory.steps, 4.0)
        self.on_map = [self.walked, dot]

    def near_the_bottom_it_is_a_bowl_again(self) -> None:
        map_, close, level = self.map_panel, self.close, self.story.near_the_minimum
        ring, bowl = close.ring(level), local_ring(close, self.convergence, level)
        leaving = [map_.bands, map_.rings, *self.marks, self.saddle, *self.on_map]
        self.on_close = [close.bands, close.rings, close.minimum()]
        with self.say(
            "Come close to the bottom, and the landscape is a bowl again: all you learned holds."
        ) as said:
            self.play(zoom(map_, close, leaving, self.on_close))
            said.until("bowl")
            self.play(Create(ring), run_time=1.2)
            self.play(Create(bowl), run_time=1.6)
        self.on_close += [ring, bowl]

    def what_the_lecture_leaves_you_with(self) -> None:
        """Let all of them descend once more, by the one rule."""
        map_ = self.map_panel
        self.rules = self.right.place(update_rules(self.lesson))
        with self.say("A real network has millions of knobs, and more saddles than valleys."):
            self.flock.clock.set_value(0)
            coming = [map_.bands, map_.rings, *self.marks, self.saddle]
            self.play(zoom(self.close, map_, self.on_close, coming))
            self.play(FadeIn(self.flock, lag_ratio=0.02), run_time=1.5)
        with self.say("Yet every step is the one you know: feel the slope, and go against it."):
            self.play(FadeOut(self.curve_panel, self.fall, self.step), run_time=0.4)
            self.play(self.flock.descend(4.0), Write(self.rules, run_time=2.0))

    def how_do_you_know(self) -> None:
        with self.say("But how do you know whether it looks done, or is done?"):
            self.clock.set_value(0)
            self.play(FadeOut(self.rules), FadeIn(self.curve_panel, self.fall, self.step))
            self.run_to(self.story.lingers_at, 3.0)

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=linear)
