"""One step: against the gradient, by the learning rate, both parameters at once."""

from functools import cached_property

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    LaggedStart,
    ReplacementTransform,
    Rotate,
    Succession,
    VGroup,
    VMobject,
)

from gdmath import Momentum, descend
from gdmath.mistakes import Ascent, descend_sequentially
from scenes.ch06_one_step.story import the_rate, without_the_minus
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import Bearing, MapPanel, closer, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.text import MomentumRow, SlopeEquations, StepEquations, taken_up, words
from scenes.kit.text.rule_words import rule_name
from scenes.kit.text.update_panel import DECIMALS
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import as_given, fill, fixed, suited, told_apart, unicode_name


class OneStep(Chapter):
    """The gradient at the guess, turned round, scaled down, and walked once."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.the_guess_is_a_dot()
        self.the_gradient_points_uphill()
        self.the_step_goes_the_other_way()
        self.it_does_not_point_at_the_minimum()
        self.the_learning_rate_makes_it_short()
        self.both_parameters_move_at_once()
        self.the_line_moves_with_it()
        self.without_the_minus_it_climbs()
        if np.isfinite(self.mixed):
            self.one_after_the_other_is_another_step()
        else:
            self.one_after_the_other_leads_nowhere()
        if isinstance(self.lesson.rule, Momentum):
            self.from_now_on_it_remembers(self.lesson.rule)
        self.hold()

    def lay_out(self) -> None:
        """Two panels over the equations; nothing is shown yet."""
        panels, self.strip = STAGE.rows(4.3, 1.35, gap=0.15)
        left, self.right = panels.columns(1, 1.15, gap=0.6)
        self.clock = DescentClock(self.trajectory)
        self.data_panel = DataPanel(left, self.loss, self.trajectory.parameters)
        self.map_panel = MapPanel(
            self.right, self.loss, self.convergence, self.trajectory.parameters, margin=0.25
        )
        self.start, self.after = self.trajectory.parameters[:2]
        self.gradient = self.trajectory.gradients[0]
        rule = Ascent(self.lesson.learning_rate)
        self.uphill_step = descend(self.loss, rule, self.start, 1)
        # As long as the way to the minimum: a direction to look at, not yet a step.
        self.reach = 0.35 * np.linalg.norm(self.convergence.minimum - self.start)
        self.add(self.clock)

    def the_guess_is_a_dot(self) -> None:
        data, map_ = self.data_panel, self.map_panel
        self.line, self.dot = data.line(lambda: self.clock.parameters), map_.dot(self.start)
        self.star = map_.minimum()
        with self.say(
            "The guess once more: a {graph} on the left, a dot on the map of the loss.",
            graph=self.graph,
        ):
            self.play(FadeIn(data, data.dots), FadeIn(map_.bands, map_), run_time=1.0)
            self.play(Create(self.line), Create(map_.rings), run_time=1.2)
            self.play(FadeIn(self.star), FadeIn(self.dot), run_time=0.6)

    def the_gradient_points_uphill(self) -> None:
        uphill = self.gradient / np.linalg.norm(self.gradient)
        self.uphill = self.map_panel.arrow(self.start, 0.5 * self.reach * uphill)
        with self.say(
            "The gradient points straight across the ring, the way the loss grows fastest."
        ):
            self.play(GrowArrow(self.uphill), run_time=1.2)
        first, second = map(unicode_name, self.lesson.parameters)
        self.slopes = SlopeEquations(self.strip, self.trajectory, self.lesson)
        with self.say(
            "Its two parts are the slopes of the loss along {first} and along {second}.",
            first=first,
            second=second,
        ):
            self.play(FadeIn(self.slopes), run_time=1.0)

    def the_step_goes_the_other_way(self) -> None:
        downhill = -self.gradient / np.linalg.norm(self.gradient)
        self.downhill = self.map_panel.arrow(
            self.start, self.reach * downhill, against=self.gradient
        )
        with self.say("So we turn round. The minus sign in the update is this half turn."):
            turn = Rotate(
                self.uphill, np.pi, about_point=self.map_panel.point(*self.start), run_time=1.4
            )
            lengthen = ReplacementTransform(self.uphill, self.downhill, run_time=0.5)
            self.play(Succession(turn, lengthen))

    def it_does_not_point_at_the_minimum(self) -> None:
        minimum = self.convergence.minimum
        angle = self.trajectory.angle_to(minimum)[0]
        self.bearing = bearing = Bearing(self.map_panel, self.start, minimum, self.downhill, angle)
        allow(
            "overlap",
            self.map_panel.rings,
            bearing.number,
            reason="a ring may pass beneath the degrees, which have a dark rim",
        )
        with self.say(
            "It does not point at the minimum: here it is {angle}° off.", angle=fixed(angle, 1)
        ):
            self.play(Create(bearing.line), run_time=1.0)
            self.play(Create(bearing.arc), FadeIn(bearing.number), run_time=0.8)

    def the_learning_rate_makes_it_short(self) -> None:
        rate = as_given(self.lesson.learning_rate)
        length = float(np.linalg.norm(self.after - self.start))
        step = self.map_panel.arrow(self.start, self.after - self.start, against=self.gradient)
        ends = [self.start, self.uphill_step.parameters[1], self.after]
        map_ = self.map_panel
        self.close = MapPanel(self.right, self.loss, self.convergence, ends, margin=0.2, close=True)
        comes_close = closer(self.close, map_)
        if not comes_close:
            held = [*self.trajectory.parameters, *ends]
            self.close = MapPanel(self.right, self.loss, self.convergence, held, margin=0.25)
        self.close_dot = self.close.dot(lambda: self.clock.parameters)
        self.close_step = self.close.arrow(
            self.start, self.after - self.start, against=self.gradient
        )
        leaving = [map_.bands, map_.rings, self.star, self.dot, step]
        coming = [self.close.bands, self.close.rings, self.close_dot]
        if not comes_close:
            coming.append(self.close.minimum())
        told = suited([length])(length)
        with self.say(the_rate(rate, told, bool(length < self.reach), comes_close)):
            self.play(
                FadeOut(self.bearing), ReplacementTransform(self.downhill, step), run_time=1.4
            )
            self.play(zoom(self.map_panel, self.close, leaving, coming))
            self.play(GrowArrow(self.close_step), run_time=0.8)

    def both_parameters_move_at_once(self) -> None:
        self.equations = StepEquations(self.strip, self.trajectory, self.lesson)
        legs = self.close.legs(self.start, self.after)
        first, second = map(unicode_name, self.lesson.parameters)
        with self.say(
            "Its two legs are the changes in {first} and in {second}, from one and the "
            "same gradient.",
            first=first,
            second=second,
        ):
            slopes, equations = self.slopes.lines, self.equations.lines
            both = zip(slopes, equations, strict=True)
            self.play(
                LaggedStart(*(Create(leg) for leg in legs), lag_ratio=1),
                *(taken_up(slope, equation, "slope") for slope, equation in both),
                run_time=2.0,
            )

    def the_line_moves_with_it(self) -> None:
        before, after = told_apart(*self.trajectory.losses[:2])
        path = self.close.path(self.clock)
        self.add(path)
        with self.say(
            "The dot walks the arrow, the {graph} moves with it, and the loss falls from "
            "{before} to {after}.",
            graph=self.graph,
            before=before,
            after=after,
        ):
            self.play(self.clock.animate.set_value(1), run_time=2.5)

    def without_the_minus_it_climbs(self) -> None:
        wrong = self.uphill_step
        climb = self.close.arrow(self.start, wrong.parameters[1] - self.start, PALETTE.muted)
        with self.say(without_the_minus(wrong.losses)):
            self.play(GrowArrow(climb), run_time=1.2)

    @cached_property
    def mixed(self) -> float:
        """The second parameter after a step whose slope already knows the first's new value."""
        rate = self.lesson.learning_rate
        return float(descend_sequentially(self.loss, rate, self.start, 1).parameters[1, 1])

    def one_after_the_other_leads_nowhere(self) -> None:
        first, second = map(unicode_name, self.lesson.parameters)
        self.note: VMobject = VGroup()
        with self.say(
            "Use the new {first} for the slope in {second}, and there is no slope to go by.",
            first=first,
            second=second,
        ):
            self.wait(1)

    def one_after_the_other_is_another_step(self) -> None:
        first, second = map(unicode_name, self.lesson.parameters)
        written, _ = told_apart(self.mixed, float(self.after[1]), DECIMALS)
        shown = fill("with the new {name}: {value}", name=first, value=written)
        self.note = note = words(shown, SIZE.small, PALETTE.muted)
        room = self.strip.width - 0.3 - note.width
        fit = min(1.0, room / self.equations.lines[-1].width)
        note.next_to(self.equations.copy().scale(fit).lines[-1], RIGHT, buff=0.3)
        missing = max(0.0, note.get_right()[0] - self.strip.right) * LEFT
        note.shift(missing)
        with self.say(
            "Use the new {first} for the slope in {second}, and {second} becomes "
            "{value}: not a gradient step.",
            first=first,
            second=second,
            value=written,
        ):
            self.play(self.equations.animate.scale(fit).shift(missing), FadeIn(note), run_time=1.0)

    def from_now_on_it_remembers(self, rule: Momentum) -> None:
        """Show the rule of which this first step, taken from rest, is a plain one."""
        row = MomentumRow(self.strip, rule)
        kept = as_given(rule.momentum)
        with self.say(
            "This first step began at rest. From now on {rule} keeps {kept} of the velocity v.",
            rule=rule_name(rule),
            kept=kept,
        ):
            self.play(FadeOut(self.equations, self.note), run_time=0.6)
            self.play(FadeIn(row), run_time=1.0)
