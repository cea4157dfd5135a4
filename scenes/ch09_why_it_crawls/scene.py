"""The storyboard of chapter 9: the map turned to the bowl's own two directions."""

from functools import cached_property

import numpy as np
from manim import Create, FadeIn, FadeOut

from gdmath import to_typst
from scenes.ch09_why_it_crawls.decay_law import condition_number, coordinate_letter, decay_law
from scenes.ch09_why_it_crawls.decay_panel import DecayPanel
from scenes.ch09_why_it_crawls.directions_table import DirectionsTable
from scenes.ch09_why_it_crawls.near_minimum import CloseBy
from scenes.ch09_why_it_crawls.share_bar import ShareBar
from scenes.ch09_why_it_crawls.story import FLAT, STIFF, Story, arriving
from scenes.ch09_why_it_crawls.swing import Swing
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, evenly
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, coordinate_bars, eigen_axes, parameter_axes, upright
from scenes.kit.panels import DataPanel
from scenes.kit.theme import PALETTE
from scenes.kit.updaters import Parameters


class WhyItCrawls(Chapter):
    """The map turned to the bowl's own two directions, where a step is two multiplications."""

    def construct(self) -> None:
        story = self.story
        self.title_card()
        self.lay_out()
        self.it_slows_to_a_crawl()
        self.the_bowl_has_two_directions()
        self.turned_they_are_the_axes()
        self.what_the_stiff_one_does_to_the_line()
        self.what_the_flat_one_does_to_the_line()
        if story.close_by is not None:
            self.close_by_the_rings_are_ellipses(story.close_by)
        self.each_coordinate_has_its_factor()
        self.the_stiff_part_dies()
        if story.closer is None:
            self.the_flat_part_is_left()
        else:
            self.come_closer_to_what_is_left(story.closer)
        self.in_powers_of_ten_they_are_straight()
        if story.arrival is not None:
            self.they_arrive_late(story.arrival)
        self.it_is_the_bowl()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent."""
        return Story(self.loss, self.trajectory, self.convergence)

    def lay_out(self) -> None:
        """Line and curves on the left, the round map on the right, numbers beneath."""
        panels, strip = STAGE.rows(4.25, 1.4, gap=0.15)
        left, right = panels.columns(1.3, 1, gap=0.5)
        numbers, beneath = strip.columns(1.3, 1, gap=0.5)
        top, self.lower = beneath.rows(1, 1, gap=0.1)
        story, theory, rate = self.story, self.convergence, self.lesson.learning_rate
        self.clock = self.followed = DescentClock(story.descent)
        rays = None
        if story.close_by is not None:
            self.followed, rays = DescentClock(story.followed), story.close_by.rays
        level, letter = float(self.trajectory.losses[0]), coordinate_letter(self.lesson)
        self.map = RoundMap(right, self.loss, theory, story.reach, level, rays=rays)
        self.data_panel = DataPanel(left, self.loss, story.seen)
        self.table = DirectionsTable(numbers, theory, rate, self.followed, letter)
        self.panel = DecayPanel(left, self.followed, theory, rate, story.last, letter)
        self.law = decay_law(letter, self.loss.is_quadratic).move_to(top.centre)
        self.ratio = condition_number(theory).move_to(self.lower.centre)
        self.add(self.clock)

    def here(self) -> Parameters:
        """Where the descent is."""
        return self.clock.parameters

    def it_slows_to_a_crawl(self) -> None:
        data, map_ = self.data_panel, self.map
        self.line, self.dot = data.line(self.here), map_.dot(self.here)
        self.star, self.path = map_.minimum(), map_.path(self.clock)
        cross = parameter_axes(map_, [to_typst(parameter) for parameter in self.lesson.parameters])
        with self.say(self.story.how_it_went()):
            self.play(FadeIn(data, data.dots), FadeIn(map_, cross), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.line, self.star, self.dot), run_time=1.0)
            self.add(self.path, self.dot)
            goes_on = self.clock.animate.set_value(self.lesson.steps)
            self.play(goes_on, run_time=3.5, rate_func=evenly)

    def the_bowl_has_two_directions(self) -> None:
        axes = eigen_axes(self.map)
        with self.say(self.story.two_directions()) as said:
            for axis in axes:
                self.play(*axis.grow(), run_time=1.2)
            self.add(axes)
            said.until("least")
            self.play(FadeIn(self.table.names, self.table.curvatures), run_time=0.8)

    def turned_they_are_the_axes(self) -> None:
        with self.say("Turn the map until they lie straight."):
            self.play(self.map.turn.animate.set_value(upright(self.map)), run_time=2.4)

    def what_the_stiff_one_does_to_the_line(self) -> None:
        swing = Swing(self.data_panel, self.map, self.story, STIFF)
        best = self.convergence.minimum
        self.ghost = self.data_panel.line(best, PALETTE.muted).set_stroke(width=2)
        with self.say(self.story.move(STIFF, swing.x)):
            leaving = FadeOut(self.line, self.path, self.dot)
            self.play(leaving, FadeIn(self.ghost), run_time=0.6)
            swing.play(self)

    def what_the_flat_one_does_to_the_line(self) -> None:
        swing = Swing(self.data_panel, self.map, self.story, FLAT)
        with self.say(self.story.move(FLAT, swing.x)):
            swing.play(self)

    def close_by_the_rings_are_ellipses(self, surroundings: CloseBy) -> None:
        with self.say(self.story.ellipses()):
            near = np.log(surroundings.reach)
            self.play(self.map.closeness.animate.set_value(near), run_time=4.0)
        # From here on another descent is followed, which starts in there.
        self.clock, self.path = self.followed, self.map.path(self.followed)
        self.add(self.clock)

    def each_coordinate_has_its_factor(self) -> None:
        with self.say(self.story.each_has_its_factor()) as said:
            self.play(FadeOut(self.data_panel, self.data_panel.dots, self.ghost), run_time=0.6)
            self.clock.set_value(0)
            self.path.resume_updating().update()
            bars = coordinate_bars(self.map, self.here)
            self.play(FadeIn(self.panel, self.table.sizes), FadeIn(bars, self.dot), run_time=0.8)
            said.until("multiplies")
            self.play(FadeIn(self.law), FadeIn(self.table.factors), run_time=0.8)
            self.add(self.path, self.panel.curves, self.dot)

    def the_stiff_part_dies(self) -> None:
        self.shares = ShareBar(self.lower, self.convergence, self.here)
        with self.say(self.story.who_leads()):
            self.play(FadeIn(self.shares), run_time=0.6)
            self.play(*self.panel.go_on(self.story.stop), run_time=4.4)

    def the_flat_part_is_left(self) -> None:
        with self.say(self.story.left_over.sentence()):
            self.play(*self.panel.go_on(self.story.last), run_time=3.0)

    def come_closer_to_what_is_left(self, reach: float) -> None:
        with self.say("Come closer. {left}", left=self.story.left_over.sentence()):
            # Before the descent goes on: as the map closes in, what shrinks would seem to grow.
            self.play(self.map.closeness.animate.set_value(np.log(reach)), run_time=1.8)
            self.play(*self.panel.go_on(self.story.last), run_time=3.0)

    def in_powers_of_ten_they_are_straight(self) -> None:
        with self.say(self.story.half_lives()) as said:
            self.tell_in_powers(self.story.last)
            said.until("halves")
            self.play(FadeIn(self.table.half_lives), run_time=0.8)

    def tell_in_powers(self, last: int) -> None:
        """Let the curves go on in a panel of powers of ten that reaches to step ``last``."""
        before, self.panel = self.panel, self.panel.in_powers(last)
        self.remove(before.curves)
        self.play(*before.turn_into(self.panel), run_time=2.0)

    def they_arrive_late(self, step: int) -> None:
        with self.say(arriving(step)) as said:
            self.tell_in_powers(step)
            mark = self.panel.mark(step)
            self.play(self.clock.animate.set_value(step), run_time=3.0, rate_func=evenly)
            said.until("within")
            self.play(FadeIn(mark), run_time=0.5)

    def it_is_the_bowl(self) -> None:
        with self.say(self.story.why()):
            self.play(FadeOut(self.shares), FadeIn(self.ratio), run_time=0.8)
