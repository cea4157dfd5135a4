"""How big can the step be: creeping, gliding, bouncing and blowing up are one number apart."""

import numpy as np
import sympy as sp
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    SurroundingRectangle,
    VMobject,
    linear,
)

from gdmath import PlainDescent, Trajectory, compile_loss, convergence, descend
from gdmath.mistakes import descend_root, summed
from gdmath.requirements import is_mean_square
from scenes.ch10_how_big_a_step.story import (
    ahead_of_the_others,
    end_of_a_root,
    rounded,
    steps_of_a_root,
    the_sum_blows_up,
)
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE, TITLE, Region
from scenes.kit.maps import RateMap
from scenes.kit.maps.rate_map import DIGITS
from scenes.kit.panels import LogPanel, beside
from scenes.kit.proof.trace import decoration
from scenes.kit.text import LOSS, Equation, by_meaning, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import Number, as_given, significant, whole

STEPS = 40
LONGER = 200
FEW, BLOWN = 3, 10
NAMES = (("mean", DOWN + LEFT), ("sum", RIGHT), ("root of the mean", UP + LEFT))
FIRST, ABOVE = 4, 0.1
SMALL, MIDDLE, BEYOND = 0.12, 0.6, 1.015
"""Three of the rates, as shares of the largest stable one; theory gives the other three."""


class HowBigAStep(Chapter):
    """Six descents from one start on one clock, each at a learning rate of its own."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.six_rates_start_together()
        self.the_first_steps_tell_them_apart()
        self.small_ones_creep()
        self.one_kills_the_stiff_part_at_once()
        self.the_best_lets_both_parts_shrink_alike()
        self.beyond_the_bound_it_blows_up()
        self.the_bound_is_the_curvature()
        self.a_sum_is_steeper_than_a_mean()
        if is_mean_square(self.lesson):
            self.a_root_never_settles()
        self.hold()

    def lay_out(self) -> None:
        """Six small maps in two rows, by growing rate; nothing is shown yet."""
        theory = self.convergence
        bound, to_the_floor = theory.largest_stable_rate, float(1 / theory.eigenvalues[1])
        rates = (
            rounded(SMALL * bound, 0, to_the_floor),
            to_the_floor,
            rounded(MIDDLE * bound, to_the_floor, theory.best_rate),
            theory.best_rate,
            bound,
            BEYOND * bound,
        )
        seen = np.array([self.lesson.start, 2 * theory.minimum - self.lesson.start])
        regions = [
            cell for row in STAGE.rows(1, 1, gap=0.25) for cell in row.columns(1, 1, 1, gap=0.5)
        ]
        self.maps = [
            RateMap(region, self.loss, theory, rate, seen, STEPS)
            for region, rate in zip(regions, rates, strict=True)
        ]
        self.pointer = VMobject()
        self.add(*(panel.clock for panel in self.maps))

    def six_rates_start_together(self) -> None:
        count = whole(len(self.maps))
        with self.say(
            "One map, one start, {count} learning rates. Which of them would you trust?",
            count=count,
        ):
            self.play(LaggedStart(*map(FadeIn, self.maps), lag_ratio=0.25), run_time=3.0)

    def the_first_steps_tell_them_apart(self) -> None:
        with self.say(
            "{steps} steps each. Some glide, some leap across the valley and back.",
            steps=whole(FIRST),
        ):
            self.run_to(FIRST, run_time=4.0)
        with self.say("Now let them all go on to step {steps}.", steps=whole(STEPS)):
            self.run_to(STEPS, run_time=5.0)

    def small_ones_creep(self) -> None:
        panel = self.maps[0]
        with self.say(
            "At {rate} it glides in, then creeps: the loss is {loss}.",
            rate=self.rate(panel),
            loss=self.end(panel),
        ):
            self.point_at(panel)

    def one_kills_the_stiff_part_at_once(self) -> None:
        panel = self.maps[1]
        with self.say(
            "At {rate}, one over the larger eigenvalue, the first step reaches the valley floor.",
            rate=self.rate(panel),
        ):
            self.point_at(panel)

    def the_best_lets_both_parts_shrink_alike(self) -> None:
        panel, earlier = self.maps[3], self.maps[2]
        factor = significant(self.convergence.best_factor, 3)
        with self.say(
            "At {rate} both parts shrink alike, to {factor} of themselves every step.",
            rate=self.rate(panel),
            factor=factor,
        ):
            self.point_at(panel)
        ahead = min((panel, earlier), key=lambda run: run.clock.trajectory.losses[-1])
        smaller = ahead is earlier
        with self.say(ahead_of_the_others(whole(STEPS), self.rate(ahead), smaller)):
            self.point_at(ahead)

    def beyond_the_bound_it_blows_up(self) -> None:
        bound, beyond = self.maps[4:]
        with self.say(
            "At {rate} it bounces between two sides for ever, and gains nothing.",
            rate=self.rate(bound),
        ):
            self.point_at(bound)
        with self.say(
            "A little more, {rate}, and it blows up: the loss is {loss}.",
            rate=self.rate(beyond),
            loss=self.end(beyond),
        ):
            self.point_at(beyond)

    def the_bound_is_the_curvature(self) -> None:
        bound, given = self.convergence.largest_stable_rate, self.lesson.learning_rate
        share = significant(bound / given, 2)
        rates = sp.Symbol("eta") < 2 / sp.Symbol("lambda_max")
        self.law = Equation(rates, SIZE.small, by_meaning(()))
        self.law.align_to(TITLE.right * RIGHT + TITLE.top * UP, UP + RIGHT)
        with self.say(
            "The bound is two over the larger eigenvalue: {times} times the {rate} of our lesson.",
            times=share,
            rate=as_given(given),
        ):
            self.point_at(self.maps[4])
            self.play(FadeIn(self.law, shift=0.15 * UP), run_time=0.8)

    def a_sum_is_steeper_than_a_mean(self) -> None:
        """The same rate on the sum over the points, beside their mean; both told as the mean."""
        steep = compile_loss(summed(self.lesson))
        allowed = convergence(steep).largest_stable_rate
        # So few points that a small rate would do for their sum as well need a larger one.
        beyond = (m.learning_rate for m in self.maps if m.learning_rate > BEYOND * allowed)
        rate, start = next(beyond, self.maps[-1].learning_rate), self.lesson.start
        mean = descend(self.loss, PlainDescent(rate), start, LONGER)
        few = self.steps_to_blow_up(descend(steep, PlainDescent(rate), start, LONGER))
        wild = descend(steep, PlainDescent(rate), start, few)
        root = descend_root(self.loss, rate, start, LONGER)
        losses = [self.loss.value(run.parameters) for run in (mean, wild, root)]
        losses = losses if is_mean_square(self.lesson) else losses[:2]
        panel = LogPanel(STAGE, losses, LONGER, '"step"', LOSS.name)
        colors = (PALETTE.parameters, PALETTE.gradient, PALETTE.ink)
        inner = panel.inside(STAGE)
        # Above the axis; to the right a name may stand beyond the last step.
        self.room = Region(inner.left, inner.bottom + ABOVE, STAGE.right, STAGE.top)
        self.lines = [panel.c2p(panel.rows(series)) for series in losses]
        self.curves, self.named = [], list[VMobject]()
        for run, series, color in zip((mean, wild, root), losses, colors, strict=False):
            clock, rows = DescentClock(run), panel.rows(series)
            self.curves.append(
                (clock, panel.curve(clock, rows, color), panel.head(clock, rows, color))
            )
        bound = significant(allowed, 3)
        count = whole(self.lesson.x.size)
        with self.say(
            "Forget to divide by {count}, and all slopes are {count} times as steep: the "
            "bound is {bound}.",
            count=count,
            bound=bound,
        ):
            self.play(FadeOut(*self.maps, self.pointer, self.law), FadeIn(panel), run_time=1.0)
            self.follow(0, LONGER, 2.5)
        with self.say(the_sum_blows_up(as_given(rate), whole(few), at_once=few == FEW)):
            self.follow(1, few, 1.5)
        self.root, self.mean = np.sqrt(losses[-1]), np.sqrt(losses[0])

    def steps_to_blow_up(self, run: Trajectory) -> int:
        """After how many steps the loss is far above where it began: a `FEW` at least."""
        losses = self.loss.value(run.parameters)
        (risen,) = np.nonzero(~(losses < BLOWN * losses[0]))
        return max(FEW, int(risen[0])) if risen.size else run.steps

    def a_root_never_settles(self) -> None:
        with self.say(
            "And the root of the mean? {its_steps}",
            its_steps=steps_of_a_root(self.root),
        ):
            self.follow(2, LONGER, 3.5)
        with self.say(end_of_a_root(self.root, float(self.mean[-1]))):
            self.wait(1)

    def follow(self, k: int, steps: int, run_time: float) -> None:
        """Let the curve ``k`` run to its end, and say there whose it is."""
        clock, curve, head = self.curves[k]
        self.add(clock, curve, head)
        self.play(clock.animate.set_value(steps), run_time=run_time, rate_func=linear)
        name, side = NAMES[k]
        label = words(name, SIZE.small, head.get_color().to_hex())
        self.named.append(beside(label, head, side, self.room, self.lines, self.named))
        self.play(FadeIn(label), run_time=0.4)

    def run_to(self, step: int, run_time: float) -> None:
        """Let all six clocks run to ``step``."""
        clocks = [panel.clock.animate.set_value(step) for panel in self.maps]
        self.play(*clocks, run_time=run_time, rate_func=linear)

    def point_at(self, panel: RateMap) -> None:
        """Draw a frame round one map, or let it come there from another."""
        frame = decoration(SurroundingRectangle(panel.map, color=PALETTE.ink, buff=0.05))
        comes = ReplacementTransform(self.pointer, frame) if self.pointer else Create(frame)
        self.play(comes, run_time=0.8)
        self.pointer = frame

    def rate(self, panel: RateMap) -> Number:
        """The learning rate of a map, as written above it."""
        return as_given(panel.learning_rate)

    def end(self, panel: RateMap) -> Number:
        """The loss a map ends with."""
        return significant(float(panel.clock.trajectory.losses[-1]), DIGITS)
