"""Check the answer: for a line and a squared loss, two equations give it without a single step."""

import numpy as np
import sympy as sp
from manim import (
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    MathTypst,
    VGroup,
    Write,
)

from gdmath import to_typst
from gdmath.normal_equations import normal_equations
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel
from scenes.kit.panels import DataPanel
from scenes.kit.text import Equation, Quantity, by_meaning, formula, maths, plain_rule
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import power_of_ten, significant, suited, unicode_name, whole

DECIMALS = 5
SUMS = 3
SHORTEST = 0.4
"""The picture length from which on a leg is seen beside the dot and the star at its ends."""


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
        self.was_it_for_nothing()
        self.hold()

    def lay_out(self) -> None:
        """Two panels over a strip for equations; nothing is shown yet."""
        panels, self.strip = STAGE.rows(4.25, 1.4, gap=0.15)
        left, right = panels.columns(1, 1.15, gap=0.6)
        self.equations = normal_equations(self.lesson)
        trajectory = self.trajectory
        self.clock = DescentClock(trajectory, trajectory.steps)
        self.data_panel = DataPanel(left, self.loss, trajectory.parameters)
        near = trajectory.parameters[trajectory.steps // 3 :]
        self.map_panel = MapPanel(right, self.loss, self.convergence, near, margin=0.3)
        self.add(self.clock)

    def the_descent_stands_here(self) -> None:
        data, map_, last = self.data_panel, self.map_panel, self.trajectory.parameters[-1]
        self.line, self.dot = data.line(last), map_.dot(last)
        path = map_.path(self.clock)
        with self.say(
            "After {steps} steps the descent stands here.", steps=whole(self.trajectory.steps)
        ):
            self.play(FadeIn(data, data.dots), FadeIn(map_.bands, map_, map_.rings), run_time=1.0)
            self.play(Create(self.line), FadeIn(path, self.dot), run_time=1.0)

    def at_the_bottom_the_gradient_vanishes(self) -> None:
        colouring = by_meaning(self.lesson.parameters)
        columns = self.strip.columns(1, 1)
        self.vanishing = VGroup(
            *(
                column.place(Equation(sp.Eq(slope, 0, evaluate=False), SIZE.label, colouring))
                for slope, column in zip(self.derivation.gradient, columns, strict=True)
            )
        )
        with self.say("But what are we looking for? The point where both slopes are zero."):
            self.play(Write(self.vanishing), run_time=1.8)

    def two_equations_for_two_numbers(self) -> None:
        self.system = self.strip.place(self.normal_system())
        with self.say("Two equations for two numbers. Summed over the points, they become these."):
            middle = self.system.get_center()
            rows = [
                FadeOut(slope, target_position=middle + lift * UP, scale=0.5)
                for slope, lift in zip(self.vanishing, (0.2, -0.2), strict=True)
            ]
            self.play(*rows, run_time=0.8)
            self.play(Write(self.system), run_time=1.4)

    def normal_system(self) -> MathTypst:
        """XᵀXθ = Xᵀy, with the sums over the points as numbers."""
        (m00, m01), (m10, m11) = (
            [suited([entry], SUMS)(entry) for entry in row] for row in self.equations.matrix
        )
        right = [suited([entry], SUMS)(entry) for entry in self.equations.right_side]
        names = [to_typst(parameter) for parameter in self.lesson.parameters]
        markup = formula(
            "mat({m00}, {m01}; {m10}, {m11})"
            " vec({{ {first} : first }}, {{ {second} : second }}) = vec({right0}, {right1})",
            m00=m00,
            m01=m01,
            m10=m10,
            m11=m11,
            first=names[0],
            second=names[1],
            right0=right[0],
            right1=right[1],
        )
        system = maths(markup, SIZE.label)
        for name in ("first", "second"):
            system.select(name).set_color(PALETTE.parameters)
        return system

    def solve_them(self) -> None:
        answer = self.equations.solution
        names = [unicode_name(symbol) for symbol in self.lesson.parameters]
        self.best = self.data_panel.line(answer, PALETTE.ink)
        self.star = self.map_panel.minimum()
        # Well inside the strip, unless the names are long.
        widest = max(self.answer(k, self.strip.centre).width for k in range(2))
        left = self.strip.right - max(3.1, widest)
        self.answers = VGroup(
            *(
                self.answer(k, np.array([left, self.strip.centre[1] + lift, 0.0]))
                for k, lift in enumerate((0.15, -0.55))
            )
        )
        first, second = (suited([value], DECIMALS)(value) for value in answer)
        with self.say(
            "Solve them: {first} is {a} and {second} is {b}. No step was taken.",
            first=names[0],
            a=first,
            second=names[1],
            b=second,
        ):
            self.play(self.system.animate.shift(2.2 * np.array([-1.0, 0.0, 0.0])), run_time=0.8)
            self.play(FadeIn(self.answers), GrowFromCenter(self.star), run_time=1.0)
            self.play(Create(self.best), run_time=1.2)

    def answer(self, index: int, anchor: Parameters) -> Quantity:
        """A parameter of the solution, its name and number beginning at ``anchor``."""
        name, value = self.lesson.parameters[index], self.equations.solution[index]
        return Quantity(
            to_typst(name),
            lambda: suited([value], DECIMALS)(value),
            anchor,
            SIZE.equation,
            PALETTE.parameters,
        )

    def how_far_off_was_the_descent(self) -> None:
        reached, least = float(self.trajectory.losses[-1]), self.convergence.minimum_loss
        stood, names = (
            self.trajectory.parameters[-1],
            list(map(unicode_name, self.lesson.parameters)),
        )
        gap = np.abs(stood - self.equations.solution)
        self.legs = self.legs_from(stood)
        with self.say(
            "The descent was still {a} off in {first}, and {b} in {second}.",
            a=significant(gap[0], 2),
            first=names[0],
            b=significant(gap[1], 2),
            second=names[1],
        ):
            if self.legs:
                self.play(LaggedStart(*map(Create, self.legs), lag_ratio=1), run_time=2.4)
            else:
                self.play(self.line.animate.set_stroke(opacity=0.7), run_time=0.8)
        if least > 0:
            with self.say(
                "Its loss was {reached}. The least possible is about {least}.",
                reached=significant(reached, 2),
                least=power_of_ten(least),
            ):
                self.wait(1)

    def legs_from(self, stood: Parameters) -> VGroup:
        """What was missing in each parameter as dashed lines, if both are long enough to see."""
        ends = np.array([stood, self.equations.solution])
        lengths = np.abs(np.diff(self.map_panel.c2p(ends), axis=0))[0, :2]
        return self.map_panel.legs(*ends) if lengths.min() > SHORTEST else VGroup()

    def was_it_for_nothing(self) -> None:
        with self.say(
            "Was it needed, then? Not here: with a linear model and squares, one can simply solve."
        ):
            self.wait(1)
        with self.say(
            "Change the model or the loss, and these equations are gone. The gradient stays."
        ):
            self.play(FadeOut(self.system, self.answers, self.legs), run_time=1.0)
            self.play(Write(self.strip.place(plain_rule(SIZE.title))), run_time=1.6)
