"""The storyboard of chapter 12: the descent's last line, and the best one found by solving."""

from functools import cached_property

import numpy as np
import sympy as sp
from manim import LEFT, UP, Create, FadeIn, FadeOut, GrowFromCenter, LaggedStart, VGroup, Write

from scenes.ch12_check_the_answer.normal_system import answers, normal_system
from scenes.ch12_check_the_answer.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel
from scenes.kit.panels import DataPanel
from scenes.kit.text import Equation, by_meaning, plain_rule
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import whole


class CheckTheAnswer(Chapter):
    """The descent's last line, and the least-squares line found beside it by solving."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.the_descent_stands_here()
        self.at_the_bottom_the_gradient_vanishes()
        self.two_equations_for_two_numbers()
        self.solve_them()
        self.how_far_off_was_the_descent()
        if self.story.least > 0:
            self.how_much_was_left()
        self.was_it_for_nothing()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent and of its solution."""
        return Story(self.lesson, self.convergence, self.trajectory)

    def lay_out(self) -> None:
        """Two panels over a strip for equations; nothing is shown yet."""
        panels, self.strip = STAGE.rows(4.25, 1.4, gap=0.15)
        left, right = panels.columns(1, 1.15, gap=0.6)
        trajectory = self.trajectory
        self.clock = DescentClock(trajectory, trajectory.steps)
        self.data_panel = DataPanel(left, self.loss, trajectory.parameters)
        near = trajectory.parameters[trajectory.steps // 3 :]
        self.map_panel = MapPanel(right, self.loss, self.convergence, near, margin=0.3)
        self.add(self.clock)

    def the_descent_stands_here(self) -> None:
        data, map_, last = self.data_panel, self.map_panel, self.story.stood
        self.line, self.dot = data.line(last), map_.dot(last)
        path = map_.path(self.clock)
        with self.say(
            "After {steps} steps the descent stands here.", steps=whole(self.trajectory.steps)
        ):
            self.play(FadeIn(data, data.dots), FadeIn(map_.bands, map_, map_.rings), run_time=1.0)
            self.play(Create(self.line), FadeIn(path, self.dot), run_time=1.0)

    def at_the_bottom_the_gradient_vanishes(self) -> None:
        colouring, columns = by_meaning(self.lesson.parameters), self.strip.columns(1, 1)
        self.vanishing = VGroup(
            *(
                column.place(Equation(sp.Eq(slope, 0, evaluate=False), SIZE.label, colouring))
                for slope, column in zip(self.derivation.gradient, columns, strict=True)
            )
        )
        with self.say("But what are we looking for? The point where both slopes are zero.") as said:
            said.until("both slopes")
            self.play(Write(self.vanishing), run_time=1.8)

    def two_equations_for_two_numbers(self) -> None:
        self.system = self.strip.place(normal_system(self.story))
        middle = self.system.get_center()
        with self.say(
            "Two equations for two numbers. Summed over the points, they become these."
        ) as said:
            rows = [
                FadeOut(slope, target_position=middle + lift * UP, scale=0.5)
                for slope, lift in zip(self.vanishing, (0.2, -0.2), strict=True)
            ]
            self.play(*rows, run_time=0.8)
            said.until("become")
            self.play(Write(self.system), run_time=1.4)

    def solve_them(self) -> None:
        best = self.data_panel.line(self.story.equations.solution, PALETTE.ink)
        self.answers, star = answers(self.story, self.strip), self.map_panel.minimum()
        with self.say(self.story.solved()):
            self.play(self.system.animate.shift(2.2 * LEFT), run_time=0.8)
            self.play(FadeIn(self.answers), GrowFromCenter(star), run_time=1.0)
            self.play(Create(best), run_time=1.2)

    def how_far_off_was_the_descent(self) -> None:
        map_, ends = self.map_panel, np.array([self.story.stood, self.story.equations.solution])
        lengths = np.diff(map_.c2p(ends), axis=0)[0, :2]
        self.legs = map_.legs(*ends) if self.story.shows(lengths) else VGroup()
        with self.say(self.story.how_far_off()):
            if self.legs:
                self.play(LaggedStart(*map(Create, self.legs), lag_ratio=1), run_time=2.4)
            else:
                self.play(self.line.animate.set_stroke(opacity=0.7), run_time=0.8)

    def how_much_was_left(self) -> None:
        with self.say(self.story.how_much_was_left()):
            self.wait(1)

    def was_it_for_nothing(self) -> None:
        with self.say(
            "Was it needed, then? Not here: with a linear model and squares, one can simply solve."
        ):
            self.wait(1)
        with self.say(
            "Change the model or the loss, and these equations are gone. The gradient stays."
        ) as said:
            self.play(FadeOut(self.system, self.answers, self.legs), run_time=1.0)
            said.until("gradient")
            self.play(Write(self.strip.place(plain_rule(SIZE.title))), run_time=1.6)
