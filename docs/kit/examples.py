"""What each builder of the kit draws, in the few lines that a chapter would need for it.

Each method of `Examples` is one picture of docs/kit.md: its docstring is the text, its body the
code. `make gallery` draws them and writes the page; the tests run them all.
"""

import numpy as np
from manim import Mobject, VGroup

from gdmath import Momentum, descend, to_typst
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.maps import (
    Bearing,
    MapPanel,
    RateMap,
    RoundMap,
    eigen_axes,
    parameter_axes,
)
from scenes.kit.panels import CurvePanel, DataPanel, LogPanel, dashed_line, post
from scenes.kit.run import Run
from scenes.kit.scoreboard import Scoreboard
from scenes.kit.text import (
    LOSS,
    Equation,
    MomentumRule,
    Quantity,
    UpdatePanel,
    by_meaning,
    formula,
    maths,
    predicted,
    words,
)
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import fill, fixed, significant, whole


class Examples(Chapter):
    """Examples to copy from: ``self`` is the chapter, with its lesson and its descent."""

    def the_points_and_a_line(self) -> Mobject:
        """The points, and the line that some parameters draw among them."""
        panel = DataPanel(STAGE, self.loss, self.trajectory.parameters)
        return VGroup(panel, panel.dots, panel.line(self.convergence.minimum))

    def residuals(self) -> Mobject:
        """How far off the line each point says it is: upright bars, and one of them spelled out."""
        panel = DataPanel(STAGE, self.loss, self.trajectory.parameters)
        line, bars = panel.line(self.lesson.start), panel.residuals(self.lesson.start)
        return VGroup(panel, bars, panel.dots, line, panel.reading(14, self.lesson.start))

    def squares(self) -> Mobject:
        """The square of each residual as a square, and the mean of them all."""
        panel = DataPanel(STAGE, self.loss, self.trajectory.parameters)
        squares = panel.squares(self.lesson.start)
        return VGroup(panel, squares, panel.dots, panel.line(self.lesson.start))

    def marks_among_the_points(self) -> Mobject:
        """A line that was, and an upright post at some x."""
        panel = DataPanel(STAGE, self.loss, self.trajectory.parameters)
        ghost = dashed_line(panel, self.lesson.start, PALETTE.muted)
        line, mean = panel.line(self.convergence.minimum), float(np.mean(self.lesson.x))
        return VGroup(panel, panel.dots, line, ghost, post(panel, mean))

    def the_map_of_the_loss(self) -> Mobject:
        """The loss over the two parameters: bands, rings, the star at the minimum, and a dot."""
        panel = MapPanel(STAGE, self.loss, self.convergence, self.trajectory.parameters)
        dot = panel.dot(self.lesson.start)
        return VGroup(panel.bands, panel.rings, panel, panel.minimum(), dot)

    def a_path_on_the_map(self) -> Mobject:
        """The descent up to the step of a clock, which all that reads the clock shows alike."""
        clock = DescentClock(self.trajectory, step=40)
        panel = MapPanel(STAGE, self.loss, self.convergence, self.trajectory.parameters)
        path, dot = panel.path(clock), panel.dot(lambda: clock.parameters)
        return VGroup(panel.bands, panel.rings, panel, panel.minimum(), path, dot)

    def an_arrow_and_its_bearing(self) -> Mobject:
        """The first step as an arrow, and the angle between it and the direction of the minimum."""
        panel = MapPanel(STAGE, self.loss, self.convergence, self.trajectory.parameters)
        start, minimum = self.lesson.start, self.convergence.minimum
        slope, angle = self.trajectory.gradients[0], self.trajectory.angle_to(minimum)[0]
        arrow = panel.arrow(start, -0.3 * slope, against=slope)
        bearing = Bearing(panel, start, minimum, arrow, angle)
        return VGroup(panel.bands, panel.rings, panel, panel.minimum(), arrow, bearing)

    def a_curve_over_the_steps(self) -> Mobject:
        """Any series against the step: its curve as far as the clock is, and a dot at its head."""
        clock = DescentClock(self.trajectory, step=120)
        panel = CurvePanel(STAGE, clock, self.trajectory.losses, "L")
        return VGroup(panel, panel.curve(), panel.head())

    def powers_of_ten(self) -> Mobject:
        """Series that fall by many powers of ten, on an axis on which each power is as high."""
        losses = self.trajectory.losses - self.convergence.minimum_loss
        panel = LogPanel(STAGE, [losses], self.trajectory.steps, '"step"', LOSS.name)
        clock = DescentClock(self.trajectory, step=self.trajectory.steps)
        curve = panel.curve(clock, panel.rows(losses))
        return VGroup(panel, curve, panel.label("plain descent", curve))

    def the_round_map(self) -> Mobject:
        """The map about its minimum, round as the bowl is: its own two directions, and the axes."""
        level = float(self.loss.value(self.lesson.start))
        plane = RoundMap(STAGE, self.loss, self.convergence, reach=10.0, level=level)
        names = parameter_axes(plane, [to_typst(name) for name in self.lesson.parameters])
        return VGroup(plane, plane.rings, names, eigen_axes(plane), plane.minimum())

    def the_map_of_a_rate(self) -> Mobject:
        """Small maps of one start, each with a rate of its own and where that leads."""
        start = self.lesson.start
        seen = np.array([start, 2 * self.convergence.minimum - start])
        rates = self.lesson.learning_rate, self.convergence.best_rate
        regions = STAGE.columns(1, 1)
        maps = [
            RateMap(region, self.loss, self.convergence, rate, seen, steps=40)
            for region, rate in zip(regions, rates, strict=True)
        ]
        for one in maps:
            one.clock.set_value(40)
        return VGroup(*maps)

    def words_and_mathematics(self) -> Mobject:
        """Prose, and a formula in Typst mathematics, filled in with numbers that are known."""
        steps = words(fill("after {n} steps", n=whole(self.trajectory.steps)))
        rate = maths(formula("eta = {rate}", rate=fixed(self.lesson.learning_rate)))
        return VGroup(steps, rate).arrange(buff=1.0)

    def an_equation_of_gdmath(self) -> Mobject:
        """An expression of gdmath, every part of it at hand, and coloured by what it means."""
        return Equation(predicted(self.lesson), SIZE.equation, by_meaning(self.lesson.parameters))

    def numbers_that_change(self) -> Mobject:
        """A name and its digits, which follow a value at every frame."""
        clock = DescentClock(self.trajectory, step=40)
        return Quantity(
            LOSS.name,
            lambda: significant(float(self.loss.value(clock.parameters))),
            STAGE.centre,
            SIZE.equation,
            PALETTE.loss,
        )

    def the_update_with_its_numbers(self) -> Mobject:
        """How a step changes both parameters, and what they become by the step of the clock."""
        clock = DescentClock(self.trajectory, step=1)
        return UpdatePanel(STAGE.rows(1, 2)[0], self.derivation, clock)

    def a_board_of_descents(self) -> Mobject:
        """What several descents have come to, each by its own clock."""
        start, steps = self.lesson.start, 40
        rules = self.lesson.rule, Momentum(self.lesson.learning_rate, 0.9)
        colors = PALETTE.parameters, PALETTE.ink
        runs = [
            Run(descend(self.loss, rule, start, steps), color)
            for rule, color in zip(rules, colors, strict=True)
        ]
        for run in runs:
            run.clock.set_value(steps)
        board = Scoreboard(STAGE.rows(1, 2)[0], ["plain", "with memory"], runs)
        board.update()
        return board

    def the_rule_of_momentum(self) -> Mobject:
        """What a move is with momentum, in words, and its two numbers."""
        return MomentumRule(STAGE.rows(1, 2)[0], self.lesson.learning_rate, 0.9)
