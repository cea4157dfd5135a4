"""The storyboard of chapter 9: two walkers, one along each of the bowl's own two directions."""

from functools import cached_property

import numpy as np
from manim import (
    LEFT,
    Create,
    FadeIn,
    FadeOut,
    FadeTransform,
    GrowFromCenter,
    GrowFromEdge,
    VGroup,
    Write,
)

from gdmath import to_typst
from scenes.ch09_why_it_crawls.facts import FLAT, STIFF
from scenes.ch09_why_it_crawls.kappa_bars import KappaBars
from scenes.ch09_why_it_crawls.left_panel import LeftPanel, law
from scenes.ch09_why_it_crawls.slices import Slices, curvature
from scenes.ch09_why_it_crawls.story import Story, arriving, who_pays
from scenes.ch09_why_it_crawls.swing import Swing
from scenes.ch09_why_it_crawls.walker import Walker, walkers
from scenes.kit.chapter import Chapter
from scenes.kit.clock import evenly
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, eigen_axes, parameter_axes, upright
from scenes.kit.panels import DataPanel
from scenes.kit.text import Quantity, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import whole


class WhyItCrawls(Chapter):
    """The map turned to the bowl's own two directions, where a step is two multiplications."""

    def construct(self) -> None:
        self.lay_out()
        data, star = self.data_panel, self.map.minimum()
        self.title_card(FadeIn(self.map, self.map.rings, self.cross, star, data, data.dots))
        self.one_rate_and_two_speeds()
        if self.story.close_by is not None:
            self.close_by_it_is_a_bowl()
        self.a_walker_goes(STIFF)
        self.a_walker_goes(FLAT)
        self.turned_they_are_the_axes()
        self.the_points_complain(STIFF)
        self.the_points_complain(FLAT)
        self.how_sharply_it_bends()
        self.a_step_takes_off_a_share()
        self.the_flat_part_is_left()
        self.in_powers_of_ten_they_are_straight()
        if self.story.arrival is not None:
            self.it_could_have_been_known(self.story.arrival)
        self.how_many_times_stiffer()
        self.why_not_push_the_rate()
        self.hold()

    @cached_property
    def story(self) -> Story:
        return Story(self.loss, self.trajectory, self.convergence)

    def lay_out(self) -> None:
        story, theory = self.story, self.convergence
        left, self.right = STAGE.columns(1.1, 1)
        self.top, self.below = self.right.rows(0.7, 5, gap=0.3)
        level = float(self.trajectory.losses[0])
        self.map = RoundMap(left, self.loss, theory, story.reach, level, rays=story.rays)
        self.cross = parameter_axes(self.map, list(map(to_typst, self.lesson.parameters)))
        self.data_panel = DataPanel(self.right, self.loss, story.seen)
        self.first, self.two = walkers(story, self.map, self.data_panel)
        self.clock = self.first.clock
        corner = np.array([left.left, left.top - 0.4, 0])
        self.counter = Quantity('"step"', lambda: whole(self.clock.step), corner, SIZE.equation)

    def run(self, walker: Walker, steps: int, seconds: float) -> None:
        self.clock = walker.clock
        self.play(*walker.come(), run_time=0.5)
        self.add(walker.clock, walker)
        self.play(self.clock.animate.set_value(steps), run_time=seconds - 0.5, rate_func=evenly)

    def one_rate_and_two_speeds(self) -> None:
        with self.say(self.story.how_it_went()) as said:
            self.add(self.counter)
            self.run(self.first, self.lesson.steps, said.rest(4))

    def close_by_it_is_a_bowl(self) -> None:
        with self.say(self.story.ellipses()) as said:
            about = words(self.story.alike(), SIZE.label).move_to(self.counter, aligned_edge=LEFT)
            self.play(FadeTransform(self.counter, about), run_time=0.5)
            near = self.map.closeness.animate.set_value(np.log(self.story.near))
            self.play(near, run_time=said.rest(3))
            self.play(FadeTransform(about, self.counter), run_time=0.4)

    def a_walker_goes(self, direction: int) -> None:
        with self.say(self.story.goes(direction)) as said:
            said.until("This")
            if direction == STIFF:
                self.play(FadeOut(self.first), run_time=0.3)
            self.run(self.two.walkers[direction], self.story.steps, said.rest(3))

    def turned_they_are_the_axes(self) -> None:
        with self.say("So the direction matters. Turn the map until the two lie straight.") as said:
            axes = eigen_axes(self.map)
            self.play(*axes[0].grow(), *axes[1].grow(), run_time=1.0)
            said.until("Turn")
            turned = self.map.turn.animate.set_value(upright(self.map))
            self.add(axes)
            self.play(turned, FadeOut(self.cross), run_time=said.rest(2))

    def the_points_complain(self, direction: int) -> None:
        swing = Swing(self.data_panel, self.map, self.story, direction)
        with self.say(self.story.move(direction, swing.x)) as said:
            if direction == STIFF:
                self.ghost = self.data_panel.line(self.convergence.minimum, PALETTE.muted)
                self.play(FadeOut(*self.two, self.counter), FadeIn(self.ghost), run_time=0.4)
            swing.play(self, said.rest(4) - 0.7)

    def how_sharply_it_bends(self) -> None:
        data, self.slices = self.data_panel, Slices(self.below, self.story)
        labels = VGroup(*(curvature(self.story, k) for k in (STIFF, FLAT))).arrange(buff=1.0)
        self.beside = VGroup(self.slices, self.slices.curves, self.top.place(labels))
        with self.say(self.story.bends()) as said:
            self.play(FadeOut(data, data.dots, self.ghost), Create(self.slices), run_time=0.9)
            dots = self.slices.dots_on(self.map)
            self.add(self.slices.curves, *dots)
            for label, k in zip(labels, (STIFF, FLAT), strict=True):
                said.until(self.story.curvature(k))
                across = self.slices.drawn[k].animate.set_value(self.slices.edge(k))
                self.play(across, Write(label), run_time=1.6)
            self.remove(*dots)

    def a_step_takes_off_a_share(self) -> None:
        self.panel = LeftPanel(self.below, self.story, self.clock, self.story.steps)
        with self.say(self.story.law()) as said:
            self.two.start_again()
            self.play(FadeOut(self.beside), FadeIn(self.panel, self.counter), run_time=0.6)
            self.play(*map(GrowFromCenter, self.two.dots), Create(self.two.bars), run_time=0.6)
            self.add(self.panel.curves, *self.two.dots)
            self.law = self.top.place(law())
            going = self.two.go_on(self.story.first)
            self.play(Write(self.law), *going, run_time=said.rest(3))

    def the_flat_part_is_left(self) -> None:
        with self.say(self.story.left()) as said:
            self.play(FadeIn(self.panel.readings), run_time=0.4)
            self.play(*self.two.go_on(self.story.steps), run_time=said.rest(3), rate_func=evenly)

    def in_powers_of_ten_they_are_straight(self) -> None:
        before, last = self.panel, self.story.last
        self.panel = LeftPanel(self.below, self.story, self.clock, last, powers=True)
        with self.say(self.story.half_lives()) as said:
            self.remove(before.curves)
            self.play(before.turn_into(self.panel))
            self.labels = VGroup(*map(self.panel.label, (STIFF, FLAT)))
            for label, word in zip(self.labels, ("one", "other"), strict=True):
                said.until(word)
                self.play(Write(label), run_time=0.9)
        self.panel.curves.resume_updating()

    def it_could_have_been_known(self, step: int) -> None:
        with self.say(arriving(step)) as said:
            self.play(*self.two.go_on(step), run_time=said.rest(4) - 1, rate_func=evenly)
            self.labels.add(mark := self.panel.mark(step))
            self.play(Create(mark), run_time=1.0)

    def how_many_times_stiffer(self) -> None:
        bars = KappaBars(self.right, self.story)
        beside = self.panel, self.panel.curves, self.labels, self.law, self.counter
        with self.say(self.story.how_many_times()) as said:
            self.play(FadeOut(*beside), GrowFromEdge(bars, LEFT), run_time=1.0)
            self.play(bars.times.animate.set_value(bars.kappa), run_time=2.5)
            self.play(Write(bars.law), run_time=said.rest(1))

    def why_not_push_the_rate(self) -> None:
        with self.say(who_pays()) as said:
            self.play(*self.two.go_on(0), run_time=1.0)
            self.play(*self.two.go_on(self.story.steps), run_time=said.rest(3), rate_func=evenly)
