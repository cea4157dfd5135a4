"""Why it crawls: one rate does for two directions, and the bowl is far flatter along one."""

import numpy as np
from manim import (
    ApplyMethod,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    smooth,
)

from gdmath import to_typst
from gdmath.local_quadratic import AS_GOOD_AS
from scenes.ch09_why_it_crawls.decay_law import coordinate_letter, decay_law
from scenes.ch09_why_it_crawls.decay_panel import FLAT, STIFF, DecayPanel, grow_out_of
from scenes.ch09_why_it_crawls.directions_table import DirectionsTable
from scenes.ch09_why_it_crawls.effect import effect_of_a_move, turning_point
from scenes.ch09_why_it_crawls.near_minimum import CloseBy, close_by, swings
from scenes.ch09_why_it_crawls.share_bar import ShareBar
from scenes.ch09_why_it_crawls.story import (
    each_has_its_factor,
    how_it_went,
    in_powers_of_ten,
    left_over,
    the_two_directions,
    what_is_left,
    who_leads,
    whose_fault,
)
from scenes.kit.arrival import CLOSE, arrival, whole_way
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.depth.viewpoint import evenly
from scenes.kit.frame import STAGE
from scenes.kit.maps import RoundMap, coordinate_bars, eigen_axes, parameter_axes, upright
from scenes.kit.panels import DataPanel, post
from scenes.kit.text import formula, maths
from scenes.kit.theme import PALETTE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import fill, fixed, message, whole

MARGIN = 1.2
SWING = 0.35
"""How far the line is moved along an eigenvector, as a share of the map's reach."""


class WhyItCrawls(Chapter):
    """The map turned to the bowl's own two directions, where a step is two multiplications."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.it_slows_to_a_crawl()
        self.the_bowl_has_two_directions()
        self.turned_they_are_the_axes()
        self.what_each_does_to_the_line(STIFF)
        self.what_each_does_to_the_line(FLAT)
        if self.close_by is not None:
            self.close_by_the_rings_are_ellipses(self.close_by)
        self.each_coordinate_has_its_factor()
        self.the_stiff_part_dies()
        self.the_flat_part_is_left()
        self.in_powers_of_ten_they_are_straight()
        self.they_arrive_late()
        self.it_is_the_bowl()
        self.hold()

    def lay_out(self) -> None:
        """Line and curves on the left, the round map on the right, numbers beneath."""
        panels, strip = STAGE.rows(4.25, 1.4, gap=0.15)
        self.left, right = panels.columns(1.3, 1, gap=0.5)
        table, self.beneath = strip.columns(1.3, 1, gap=0.5)
        self.way = whole_way(self.loss, self.trajectory, self.convergence)
        self.clock = self.told = DescentClock(self.way)
        self.reach = MARGIN * float(np.linalg.norm(self.lesson.start - self.convergence.minimum))
        self.close_by = close_by(self.loss, self.convergence, self.reach, MARGIN)
        self.last, around = self.lesson.steps, None
        if self.close_by is not None:
            self.told, self.last = DescentClock(self.close_by.descent), self.close_by.descent.steps
            around, self.reach = self.close_by.rays, self.close_by.rays.reach
        level = float(self.trajectory.losses[0])
        self.map = RoundMap(right, self.loss, self.convergence, self.reach, level, rays=around)
        self.swings = swings(self.loss, self.convergence, SWING * self.reach, level)
        best, moves = self.convergence.minimum, (self.convergence.eigenvectors * self.swings).T
        seen = np.vstack([self.trajectory.parameters, best + moves, best - moves])
        self.data_panel = DataPanel(self.left, self.loss, seen)
        self.letter = coordinate_letter(self.lesson)
        self.table = DirectionsTable(
            table, self.convergence, self.lesson.learning_rate, self.told, self.letter
        )
        self.add(self.clock)

    def here(self) -> Parameters:
        """Where the descent is."""
        return self.clock.parameters

    def it_slows_to_a_crawl(self) -> None:
        data, map_ = self.data_panel, self.map
        self.line, self.dot = data.line(self.here), map_.dot(self.here)
        self.star, self.path = map_.minimum(), map_.path(self.clock)
        names = [to_typst(parameter) for parameter in self.lesson.parameters]
        self.cross = parameter_axes(map_, names)
        with self.say(how_it_went(self.trajectory)):
            self.play(FadeIn(data, data.dots), FadeIn(map_, self.cross), run_time=0.8)
            self.play(Create(map_.rings), FadeIn(self.line, self.star, self.dot), run_time=1.0)
            self.add(self.path, self.dot)
            self.play(
                self.clock.animate.set_value(self.lesson.steps), run_time=3.5, rate_func=evenly
            )

    def the_bowl_has_two_directions(self) -> None:
        self.axes = eigen_axes(self.map)
        with self.say(the_two_directions(near=self.close_by is not None)):
            for axis in self.axes:
                self.play(*axis.grow(), run_time=1.2)
            self.add(self.axes)
            self.play(FadeIn(self.table.names, self.table.curvatures), run_time=0.8)

    def turned_they_are_the_axes(self) -> None:
        with self.say("Turn the map until they lie straight."):
            self.play(self.map.turn.animate.set_value(upright(self.map)), run_time=2.4)

    def what_each_does_to_the_line(self, direction: int) -> None:
        """Walk to and fro along one eigenvector, and watch the line."""
        theory, data = self.convergence, self.data_panel
        way = theory.eigenvectors[:, direction]
        swing = ValueTracker(0.0)

        def at() -> Parameters:
            return np.asarray(theory.minimum + swing.get_value() * way, dtype=float)

        line, dot, bars = data.line(at), self.map.dot(at), data.residuals(at)
        x = turning_point(data, way)
        does = effect_of_a_move(data, x, direction == FLAT, theory.condition_number)
        with self.say(
            message("A move along the flat direction {does}.", does=does)
            if direction == FLAT
            else message("A move along the stiff direction {does}.", does=does)
        ):
            if direction == STIFF:
                self.ghost = data.line(theory.minimum, PALETTE.muted).set_stroke(width=2)
                leaving = FadeOut(self.line, self.path, self.dot)
                self.play(leaving, FadeIn(self.ghost), run_time=0.6)
            mark = post(data, x) if x is not None else VGroup()
            self.play(FadeIn(bars, line, dot), FadeIn(mark), run_time=0.5)
            far = self.swings[direction]
            for to, run_time in ((far, 1.0), (-far, 1.7), (0.0, 1.0)):
                self.play(swing.animate.set_value(to), run_time=run_time, rate_func=smooth)
            self.play(FadeOut(bars, line, dot, mark), run_time=0.4)

    def close_by_the_rings_are_ellipses(self, surroundings: CloseBy) -> None:
        """Close in on the minimum, and take up a descent that starts there."""
        with self.say(
            "Close to the minimum all rings are almost ellipses: in here every curvature "
            "is the same to within {share} %.",
            share=fixed(100 * AS_GOOD_AS, 0),
        ):
            near = np.log(surroundings.reach)
            self.play(self.map.closeness.animate.set_value(near), run_time=4.0)
        self.clock, self.way, self.path = self.told, self.told.trajectory, self.map.path(self.told)
        self.add(self.clock)

    def each_coordinate_has_its_factor(self) -> None:
        top, self.lower = self.beneath.rows(1, 1, gap=0.1)
        self.law = decay_law(self.letter, self.close_by is None).move_to(top.centre)
        rate, last = self.lesson.learning_rate, self.last
        self.panel = DecayPanel(self.left, self.clock, self.convergence, rate, last, self.letter)
        with self.say(each_has_its_factor(near=self.close_by is not None)):
            self.play(FadeOut(self.data_panel, self.data_panel.dots, self.ghost), run_time=0.6)
            self.clock.set_value(0)
            self.path.resume_updating().update()
            self.bars = coordinate_bars(self.map, self.here)
            self.curves = self.panel.curves()
            self.play(
                FadeIn(self.panel, self.table.sizes), FadeIn(self.bars, self.dot), run_time=0.8
            )
            self.play(FadeIn(self.law), FadeIn(self.table.factors), run_time=0.8)
            self.add(self.path, self.curves, self.dot)

    def the_stiff_part_dies(self) -> None:
        self.shares = ShareBar(self.lower, self.convergence, self.here)
        rate = self.lesson.learning_rate
        step, sentence = who_leads(self.way, self.convergence, rate, self.last)
        self.names = self.panel.labels(0.72, 0.1)
        with self.say(sentence):
            self.play(FadeIn(self.shares), run_time=0.6)
            self.go_on_to(step, run_time=4.4)

    def go_on_to(self, step: int, run_time: float) -> None:
        """Let the descent go on, and its curves get their names."""
        on = ApplyMethod(self.clock.set_value, step, rate_func=evenly)
        self.play(on, *self.panel.naming(self.names, step), run_time=run_time)

    def the_flat_part_is_left(self) -> None:
        last = self.last
        self.left_over = left_over(self.way, self.convergence, last)
        near = 1.35 * float(np.linalg.norm(self.here() - self.convergence.minimum))
        closer = near < 0.5 * np.exp(self.map.closeness.get_value())
        left = what_is_left(last, *self.left_over)
        with self.say(message("Come closer. {left}", left=left) if closer else left):
            if closer:
                # Before the descent goes on: as the map closes in, what shrinks would seem to grow.
                self.play(self.map.closeness.animate.set_value(np.log(near)), run_time=1.8)
            self.go_on_to(last, run_time=3.0)

    def in_powers_of_ten_they_are_straight(self) -> None:
        slow, fast = self.convergence.half_lives(self.lesson.learning_rate)
        near = self.close_by is not None
        with self.say(in_powers_of_ten(fixed(fast, 1), fixed(slow, 1), near)):
            self.become(self.last)
            self.play(FadeIn(self.table.half_lives), run_time=0.8)

    def become(self, last: int) -> None:
        """Let the curves go on in a panel of powers of ten that reaches to step ``last``."""
        panel = self.panel.in_powers(last)
        curves, names = panel.curves(), panel.labels(0.72, 0.6)
        self.remove(self.curves)
        self.play(
            *self.panel.give_way(panel),
            grow_out_of(self.curves, curves),
            *(ReplacementTransform(old, new) for old, new in zip(self.names, names, strict=True)),
            run_time=2.0,
        )
        self.panel, self.curves, self.names = panel, curves, names

    def they_arrive_late(self) -> None:
        arrived = arrival(self.way, self.convergence)
        if self.close_by is not None or arrived is None or arrived <= self.last:
            return
        with self.say(
            "So it takes {arrived} steps until both parameters are within {close} %.",
            arrived=whole(arrived),
            close=fixed(100 * CLOSE, 0),
        ):
            self.become(arrived)
            mark = self.panel.mark(arrived, fill("step {step}", step=whole(arrived)))
            self.play(self.clock.animate.set_value(arrived), run_time=3.0, rate_func=evenly)
            self.play(FadeIn(mark), run_time=0.5)

    def it_is_the_bowl(self) -> None:
        kappa = fixed(self.convergence.condition_number, 2)
        ratio = maths(formula('kappa = lambda_"stiff" \\/ lambda_"flat" = {kappa}', kappa=kappa))
        with self.say(whose_fault(*self.left_over, kappa, near=self.close_by is not None)):
            ratio.move_to(self.lower.centre)
            self.play(FadeOut(self.shares), FadeIn(ratio), run_time=0.8)
