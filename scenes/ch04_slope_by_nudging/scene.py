"""Slope by nudging: a second point close by measures the slope, until rounding spoils it."""

import numpy as np
from manim import DOWN, LEFT, UP, Create, FadeIn, FadeOut, GrowFromCenter, ValueTracker

from gdmath import to_typst
from gdmath.differences import forward_difference
from scenes.ch04_slope_by_nudging.error_panel import ErrorPanel
from scenes.ch04_slope_by_nudging.slice_panel import SlicePanel
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, Region
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import power_of_ten, significant, suited, unicode_name

WIDE = 0.6
NARROWER = 50
FARTHEST = 2.0
"""How far a nudge may go, in ways from the start to the best value of the parameter."""


class SlopeByNudging(Chapter):
    """One parameter is held, the other nudged, by as little as a computer can."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.hold_one_parameter_and_move_the_other()
        self.a_second_point_gives_a_slope()
        self.the_line_turns_as_the_nudge_shrinks()
        self.what_is_left_is_half_the_curvature()
        self.smaller_is_not_always_better()
        self.nudge_both_ways()
        self.what_a_nudge_is_good_for()
        self.hold()

    def lay_out(self) -> None:
        """A slice of the loss on the left, room for the errors on the right, numbers below."""
        panels, strip = STAGE.rows(4.6, 1.05, gap=0.15)
        left, self.right = panels.columns(1, 1, gap=0.7)
        start, self.index = self.lesson.start, 0
        self.at = float(start[self.index])
        self.slope = float(self.loss.gradient(start)[self.index])
        self.curvature = float(self.loss.hessian(start)[self.index, self.index])
        # So wide a nudge that the secant plainly misses the tangent on a curve of this curvature.
        # Where there is next to no curvature that would be far beyond all the lesson is about.
        way = abs(self.convergence.minimum[self.index] - self.at) or abs(self.at) or 1.0
        far = min(abs(self.slope / self.curvature), FARTHEST * way)
        self.wide = WIDE * far * np.sign(-self.slope)
        power = np.floor(np.log10(abs(self.wide) / NARROWER))
        self.narrow = float(10**power * np.sign(self.wide))
        self.nudge = ValueTracker(self.wide)
        reach = sorted([self.at - 0.35 * self.wide, self.at + 1.25 * self.wide])
        self.panel = SlicePanel(left, self.loss, self.index, start, *reach)
        name = to_typst(self.lesson.parameters[self.index])
        write_nudge = suited([self.wide])
        self.write = suited([self.slope])
        entries = (
            ("h", PALETTE.ink, lambda: write_nudge(self.h())),
            (
                f"(L({name} + h) - L({name})) / h",
                PALETTE.ink,
                lambda: self.write(self.quotient()),
            ),
            (
                f"(partial L)/(partial {name})",
                PALETTE.gradient,
                lambda: self.write(self.slope),
            ),
        )
        self.readings = [
            Quantity(label, text, self.seat(column), SIZE.label, color)
            for column, (label, color, text) in zip(
                strip.columns(1, 1.7, 1.2), entries, strict=True
            )
        ]

    def h(self) -> float:
        """The nudge of the moment."""
        return float(self.nudge.get_value())

    def quotient(self) -> float:
        """The slope of the secant of the moment."""
        return float(forward_difference(self.loss, self.lesson.start, self.index, self.h()))

    def seat(self, column: Region) -> Parameters:
        """Where a number of the strip begins."""
        return np.array([column.left + 0.2, column.centre[1] - 0.1, 0.0])

    def hold_one_parameter_and_move_the_other(self) -> None:
        moved, held = map(unicode_name, self.lesson.parameters)
        panel = self.panel
        self.dot = panel.dot(lambda: self.at)
        with self.say(
            "Hold {held} still and move {moved} alone: the loss becomes a curve.",
            held=held,
            moved=moved,
        ):
            self.play(FadeIn(panel), run_time=0.8)
            self.play(Create(panel.curve()), run_time=1.6)
            self.play(GrowFromCenter(self.dot), run_time=0.6)

    def a_second_point_gives_a_slope(self) -> None:
        panel = self.panel
        second = panel.dot(lambda: self.at + self.h())
        self.secant, self.legs = panel.secant(self.at, self.h), panel.legs(self.at, self.h)
        with self.say("How steep is it here? Take a second point, h further on, and join the two."):
            self.play(FadeIn(self.readings[0]), GrowFromCenter(second), run_time=0.8)
            self.play(Create(self.secant), run_time=1.2)
        with self.say("Rise over run: {slope}.", slope=self.write(self.quotient())):
            self.play(Create(self.legs), FadeIn(self.readings[1]), run_time=1.2)
        self.second = second

    def the_line_turns_as_the_nudge_shrinks(self) -> None:
        with self.say(
            "Now let h shrink. The line turns and settles on the tangent, whose slope is exact."
        ):
            self.play(self.nudge.animate.set_value(self.narrow), run_time=4.0)
            self.play(Create(self.panel.tangent(self.at)), FadeIn(self.readings[2]), run_time=1.0)

    def what_is_left_is_half_the_curvature(self) -> None:
        error = self.quotient() - self.slope
        with self.say(
            "At h = {h} it is still {error} off: the curve bends between the two points, "
            "and the line does not.",
            h=significant(self.h(), 1),
            error=suited([error])(abs(error)),
        ):
            self.play(self.nudge.animate.set_value(self.wide), run_time=1.6)
            self.play(self.nudge.animate.set_value(self.narrow), run_time=1.6)

    def smaller_is_not_always_better(self) -> None:
        self.errors = ErrorPanel(self.right, self.loss, self.index, self.lesson.start)
        best, _ = self.errors.best("forward")
        forward = self.errors.curve("forward")
        with self.say("So is a smaller h always better? Let us measure the error as h shrinks."):
            self.play(FadeIn(self.errors), run_time=0.8)
            self.play(Create(forward), run_time=3.0)
            self.play(FadeIn(self.errors.label("forward", "one way", UP)), run_time=0.4)
        with self.say(
            "Only down to about {best}. Below that, the two losses agree in almost all digits.",
            best=power_of_ten(best),
        ):
            self.wait(1)
        with self.say(
            "Their difference is mostly rounding, and dividing by a tiny h magnifies it."
        ):
            self.wait(1)

    def nudge_both_ways(self) -> None:
        best, error = self.errors.best("central")
        central = self.errors.curve("central", PALETTE.parameters)
        with self.say(
            "Nudge both ways and average: at h = {best} the error is {error}.",
            best=power_of_ten(best),
            error=power_of_ten(error),
        ):
            self.play(Create(central), run_time=2.6)
            both = self.errors.label("central", "both ways", DOWN + LEFT, PALETTE.parameters)
            self.play(FadeIn(both), run_time=0.4)

    def what_a_nudge_is_good_for(self) -> None:
        with self.say(
            "Nudging is how one checks a slope. To know it exactly, differentiate the loss."
        ):
            self.play(FadeOut(self.legs, self.second), run_time=0.8)
