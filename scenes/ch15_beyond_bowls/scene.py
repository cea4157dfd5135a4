"""Beyond bowls: two basins and a saddle, and where each start ends."""

from functools import cached_property

import numpy as np
from manim import (
    Arrow,
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
    rate_functions,
)

from gdmath import Lesson, UpdateRule, descend
from gdmath.requirements import is_line
from gdmath.rules import Adam, PlainDescent
from gdmath.valleys import StationaryPoint, stationary_points, two_basins
from scenes.ch15_beyond_bowls.flock import Flock
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, local_ring, stationary_mark
from scenes.kit.panels import CurvePanel, DataPanel
from scenes.kit.text import LOSS, Equation, colours, plain_rule, predicted
from scenes.kit.theme import SIZE
from scenes.kit.updaters import Parameters
from scenes.kit.wording import Written, fill, fixed, message, significant, unicode_name, whole

REACH = 3.0
COLUMNS, ROWS = 13, 9
FLOCK_STEPS = 80
ADAMS = 10
LOCAL = 0.015


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

    def lay_out(self) -> None:
        """Data and loss on the left, a large map on the right; nothing is shown yet."""
        left, right = STAGE.columns(1, 1.7, gap=0.5)
        self.left, (upper, self.lower) = left, left.rows(1, 1, gap=0.25)
        self.clock = DescentClock(self.trajectory)
        square = REACH * np.array([(-1, -1), (1, 1)])
        self.points = stationary_points(self.loss, ((-REACH, REACH), (-REACH, REACH)))
        self.minima = [point for point in self.points if point.kind == "minimum"]
        self.saddle = next(point for point in self.points if point.kind == "saddle")
        seen = np.vstack([self.trajectory.parameters, *(p.parameters for p in self.minima)])
        self.data_panel = DataPanel(upper, self.loss, seen)
        self.curve_panel = CurvePanel(self.lower, self.clock, self.trajectory.losses, LOSS.name)
        self.map_panel = MapPanel(
            right, self.loss, self.convergence, np.vstack([self.lesson.start, square]), margin=0.0
        )
        self.add(self.clock)

    def one_neuron_is_enough(self) -> None:
        first, second = self.lesson.parameters
        data, map_ = self.data_panel, self.map_panel
        self.line = data.line(lambda: self.clock.parameters)
        formula = Equation(predicted(self.lesson), SIZE.equation, colours(self.lesson))
        self.neuron = self.lower.place(formula)
        with self.say(
            message("A line made a bowl of the loss. A model that bends does not.")
            if is_line(self.given_lesson)
            else message("So far the loss had one basin to speak of. Another model may have more.")
        ):
            self.play(FadeIn(data, data.dots), run_time=1.0)
            self.play(Create(self.line), run_time=1.4)
        with self.say(
            "One neuron: {first} times tanh of {second} x. Still two numbers, still a map.",
            first=unicode_name(first),
            second=unicode_name(second),
        ):
            self.play(FadeIn(map_.bands, map_), Write(self.neuron), run_time=1.2)
            self.play(Create(map_.rings), run_time=1.8)

    def there_are_two_basins(self) -> None:
        self.marks = VGroup(*(stationary_mark(self.map_panel, point) for point in self.minima))
        here, there = map(self.place, self.minima)
        with self.say(
            "Two basins, equally deep: {here} and {there} draw the very same curve.",
            here=here,
            there=there,
        ):
            self.play(GrowFromCenter(self.marks[0]), run_time=0.8)
            self.play(GrowFromCenter(self.marks[1]), run_time=0.8)

    def between_them_lies_a_saddle(self) -> None:
        self.saddle_mark = stationary_mark(self.map_panel, self.saddle)
        with self.say(
            "Between them a pass: no slope there either, but two ways lead down. A saddle."
        ):
            self.play(GrowFromCenter(self.saddle_mark), run_time=1.0)

    def every_start_finds_a_basin(self) -> None:
        across, up = (
            np.linspace(low, high, count + 2)[1:-1]
            for (low, high), count in zip(self.map_panel.bounds, (COLUMNS, ROWS), strict=True)
        )
        starts = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        rule = PlainDescent(self.lesson.learning_rate)
        self.flock = Flock(self.map_panel, self.loss, rule, starts, FLOCK_STEPS)
        allow(
            "contrast",
            self.map_panel.rings,
            self.marks,
            self.saddle_mark,
            reason="a flock walks over them, and they are seen again when it has passed",
        )
        with self.say(
            "Let {count} starts descend at once, and see where each of them ends.",
            count=whole(len(starts)),
        ):
            self.play(FadeIn(self.flock), run_time=0.8)
            run = self.flock.clock.animate.set_value(FLOCK_STEPS)
            self.play(run, run_time=4.0, rate_func=rate_functions.ease_out_sine)
        with self.say(
            "Now back, each in the colour of its basin: the start decides which one you find."
        ):
            painted = self.flock.painted()
            self.play(
                *(Transform(dot, goal) for dot, goal in zip(self.flock, painted, strict=True))
            )
            self.play(self.flock.clock.animate.set_value(0), run_time=2.5)

    def one_of_them_dawdles_at_the_saddle(self) -> None:
        map_, curve, trajectory = self.map_panel, self.curve_panel, self.trajectory
        slopes = np.linalg.norm(trajectory.gradients, axis=1)
        lingering = int(np.argmin(slopes[: trajectory.steps // 2]))
        self.dot = map_.dot(lambda: self.clock.parameters)
        with self.say(
            "A start close to the ridge runs to the saddle, where there is hardly any slope."
        ):
            self.play(FadeOut(self.flock, self.neuron), FadeIn(curve, self.dot), run_time=0.8)
            self.walked, self.fall = map_.path(self.clock), VGroup(curve.curve(), curve.head())
            self.add(self.walked, *self.fall, self.dot)
            self.run_to(lingering, 4.0)
        with self.say(
            "At step {step} the loss looks settled. It is not: off the saddle it falls again.",
            step=whole(lingering),
        ):
            self.run_to(trajectory.steps, 5.0)

    def rules_differ_in_their_first_step(self) -> None:
        rate = ADAMS * self.lesson.learning_rate
        across, up = (np.linspace(low, high, 6)[1:-1] for low, high in self.map_panel.bounds)
        starts = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
        arrows = [self.first_step(start, Adam(rate)) for start in starts]
        growing = [GrowArrow(arrow) for arrow in arrows]
        with self.say(
            "Other rules walk here too. Adam's first step is {rate} in each parameter, "
            "however steep it is.",
            rate=significant(rate, 1),
        ):
            self.play(LaggedStart(*growing, lag_ratio=0.08), run_time=2.4)
        self.arrows = VGroup(*arrows)

    def first_step(self, start: Parameters, rule: UpdateRule) -> Arrow:
        """The arrow of the first step of ``rule`` from ``start``."""
        trajectory = descend(self.loss, rule, start, 1)
        return self.map_panel.arrow(start, trajectory.parameters[1] - trajectory.parameters[0])

    def near_a_minimum_it_is_a_bowl_again(self) -> None:
        theory = self.convergence
        level = theory.minimum_loss + LOCAL * (self.saddle.loss - theory.minimum_loss)
        ring, bowl = self.map_panel.ring(level), local_ring(self.map_panel, theory, level)
        with self.say("And close to a minimum? Take its curvature and draw the ring of that bowl."):
            self.play(FadeOut(self.arrows), run_time=0.6)
            self.play(Create(ring), run_time=1.2)
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
            run = self.flock.clock.animate.set_value(FLOCK_STEPS)
            self.play(run, run_time=4.0, rate_func=rate_functions.ease_out_sine)

    def place(self, point: StationaryPoint) -> Written:
        """The parameters of a stationary point, as a sentence says them."""
        first, second = (fixed(value, 0) for value in point.parameters)
        return fill("({first}, {second})", first=first, second=second)

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=linear)
