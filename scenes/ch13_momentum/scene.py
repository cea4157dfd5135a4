"""Momentum: a step that remembers the ones before carries speed, and so is more than a big one."""

import numpy as np
import sympy as sp
from manim import Circumscribe, Create, FadeIn, FadeOut, LaggedStart, Mobject, linear

from gdmath import FloatArray, PlainDescent, Trajectory, descend, to_typst
from gdmath.requirements import is_mean_square
from gdmath.rules import Momentum, UpdateRule
from scenes.ch13_momentum.scoreboard import Scoreboard
from scenes.ch13_momentum.story import after_the_run, at_the_larger_rate, at_their_best
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, RateMap, velocity_arrow, zoom
from scenes.kit.panels import LogPanel, floor_under
from scenes.kit.run import Run, overtakes, stays_on, swing
from scenes.kit.text import LOSS, MomentumRule
from scenes.kit.theme import PALETTE
from scenes.kit.wording import as_given, fill, significant, significant_apart, whole

SHARES = 0.9, 0.8, 0.7, 0.5, 0.3
"""Of its velocity that momentum may keep, the usual first: where a loss is no bowl it may be flung
to where there is no loss."""
STEPS, SHORT_RUN = 100, 20
REACH = 4
"""Steps as long as the velocity arrow: the single one would be too short to see."""


class WithMomentum(Chapter):
    """Plain descent and momentum from one start on one clock, then both at momentum's best."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.plain_descent_forgets()
        self.momentum_remembers()
        self.it_gathers_speed()
        self.it_runs_past_the_floor()
        self.it_swings_in()
        if self.big in self.runs:
            self.is_it_only_a_bigger_step()
            self.a_bigger_step_does_not_swing()
        self.come_close()
        if self.loss.is_quadratic:
            self.three_maps_at_higher_rates()
            self.the_bound_has_moved()
            self.nothing_is_faster()
        self.hold()

    def lay_out(self) -> None:
        """The map on the left; the rule, the scoreboard and the losses on the right."""
        rate, rule = self.lesson.learning_rate, self.lesson.rule
        shares = (rule.momentum,) if isinstance(rule, Momentum) else SHARES
        self.share = next(filter(self.comes_down, shares), shares[-1])
        self.big_rate = rate / (1 - self.share)
        self.times = significant(1 / (1 - self.share), 2)
        plain, heavy = self.descend(PlainDescent(rate)), self.descend(Momentum(rate, self.share))
        left, right = STAGE.columns(1, 1.2, gap=0.5)
        seen = np.vstack([plain.parameters, heavy.parameters, self.begins(self.big_rate)])
        self.map_panel = MapPanel(left, self.loss, self.convergence, seen, margin=0.1)
        big = self.descend_on_map(self.big_rate)
        self.plain, self.heavy, self.big = runs = [
            Run(run, color, name=name, rooted=is_mean_square(self.lesson))
            for run, name, color in (
                (plain, "plain", PALETTE.muted),
                (heavy, "momentum", PALETTE.parameters),
                (big, fill("plain, {times} η", times=self.times), PALETTE.ink),
            )
        ]
        # A big step may lead to where the loss has no value.
        self.runs = [run for run in runs if np.isfinite(run.trajectory.losses).all()]
        self.measure = "RMSE" if is_mean_square(self.lesson) else "loss"
        top, bottom = right.rows(1.75, 3.85, gap=0.2)
        formulas, table = top.columns(1, 1.2, gap=0.5)
        self.rule = MomentumRule(formulas, rate, self.share)
        self.scoreboard = Scoreboard(table, self.runs, self.measure)
        losses = [run.trajectory.losses for run in self.runs]
        self.least = floor_under(losses, self.convergence.minimum_loss)
        losses = [values - self.least for values in losses]
        name = LOSS - sp.Symbol("L_min") if self.least else LOSS
        self.curves = LogPanel(bottom, losses, STEPS, '"step"', to_typst(name))
        self.on_wide_map: list[Mobject] = []
        self.add(*(run.clock for run in self.runs))

    def plain_descent_forgets(self) -> None:
        map_ = self.map_panel
        star = map_.minimum()
        self.on_wide_map += [map_.bands, map_.rings, star]
        with self.say("Plain descent forgets: each step knows only the slope where it stands."):
            self.play(FadeIn(map_.bands, map_), Create(map_.rings), run_time=1.4)
            self.play(FadeIn(star), FadeIn(self.put_on_map(self.plain)), run_time=0.6)
            self.play(FadeIn(self.rule.plain), run_time=0.8)

    def momentum_remembers(self) -> None:
        with self.say(
            "Momentum keeps {share} of its velocity, adds the new slope, and steps by that.",
            share=as_given(self.share),
        ):
            self.play(self.rule.remember(run_time=1.8))
            self.play(FadeIn(self.put_on_map(self.heavy)), run_time=0.6)

    def it_gathers_speed(self) -> None:
        velocity = velocity_arrow(self.map_panel, self.heavy.clock, REACH)
        self.on_wide_map.append(velocity)
        self.crossing, self.turn = swing(self.heavy.trajectory, self.convergence)
        (plain, plain_head), (heavy, heavy_head) = (
            run.on_curves(self.curves, excess_of=self.least) for run in (self.plain, self.heavy)
        )
        rows = self.scoreboard.rows[:2]
        allow("contrast", heavy, heavy_head, reason="all losses begin at one point")
        with self.say("Same start, same rate, both at rest. The arrow is the velocity: it grows."):
            self.play(FadeIn(self.curves, self.scoreboard.heading), run_time=0.8)
            self.play(FadeIn(*rows, plain_head, heavy_head), run_time=0.6)
            self.add(plain, heavy, velocity)
            self.run_to(self.crossing, run_time=4.0)

    def it_runs_past_the_floor(self) -> None:
        with self.say(
            "At the valley floor the slope is gone but the speed is not: it runs up the "
            "far side, until step {turn}.",
            turn=whole(self.turn),
        ):
            self.run_to(self.turn, run_time=4.0)

    def it_swings_in(self) -> None:
        with self.say("It swings back, in ever smaller arcs, and drifts along the valley."):
            self.run_to(STEPS, run_time=6.0)
        heavy, plain = (run.told(STEPS) for run in (self.heavy, self.plain))
        with self.say(after_the_run(STEPS, heavy, plain, is_mean_square(self.lesson))):
            self.wait(0.5)

    def is_it_only_a_bigger_step(self) -> None:
        self.curve, head = self.big.on_curves(self.curves, excess_of=self.least)
        allow("contrast", self.curve, head, reason="losses that run together lie on each other")
        with self.say(
            "Only a bigger step? On an even slope {share} adds up to {times} times the rate.",
            share=as_given(self.share),
            times=self.times,
        ):
            dot = self.put_on_map(self.big)
            self.play(FadeIn(self.scoreboard.rows[2], dot, head), run_time=1.0)

    def a_bigger_step_does_not_swing(self) -> None:
        """Let plain descent try the larger rate; what becomes of it depends on the lesson."""
        self.add(self.curve)
        losses = self.descend(PlainDescent(self.big_rate)).losses
        goes_straight = bool(self.big_rate < 1 / self.convergence.eigenvalues[1])
        verdict = at_the_larger_rate(losses, goes_straight)
        with self.say(
            "Plain descent at {times} times the rate: {verdict}.", times=self.times, verdict=verdict
        ):
            run = self.big.clock.animate.set_value(STEPS)
            self.play(run, run_time=5.0, rate_func=linear)

    def come_close(self) -> None:
        """Enlarge where the tracks end: there the swinging is as wide as the valley is long."""
        later = self.heavy.trajectory.parameters[min(2 * self.turn, STEPS - 1) :]
        wide = self.map_panel
        close = MapPanel(wide.region, self.loss, self.convergence, later, margin=0.1)
        coming: list[Mobject] = [close.bands, close.rings, close.minimum()]
        for run in (self.plain, self.big, self.heavy):
            if run in self.runs and run.enters(close) is not None:
                coming += run.on_map(close)
        with self.say("Close up: a plain path glides along the valley, momentum spirals in."):
            self.play(zoom(wide, close, self.on_wide_map, coming))

    def three_maps_at_higher_rates(self) -> None:
        """Plain descent at its best rate and at momentum's, beside momentum at its best."""
        theory, start = self.convergence, self.lesson.start
        self.best_rate, self.best_share = theory.best_momentum
        best = self.descend(Momentum(self.best_rate, self.best_share))
        steps = overtakes(best, self.descend(PlainDescent(theory.best_rate)), SHORT_RUN)
        seen = np.vstack([start, 2 * theory.minimum - start, best.parameters[: steps + 1]])
        pairs = (theory.best_rate, 0.0), (self.best_rate, 0.0), (self.best_rate, self.best_share)
        # A dot that leaves its map stands on the border for a moment, and must clear the captions.
        stage, _ = STAGE.rows(50, 1, gap=0)
        self.maps = [
            RateMap(region, self.loss, theory, rate, seen, steps, momentum)
            for region, (rate, momentum) in zip(stage.columns(1, 1, 1), pairs, strict=True)
        ]
        kept = [self.running_title, *(run.clock for run in self.runs)]
        leaving = [mobject for mobject in self.mobjects if mobject not in kept]
        plain = whole(len(self.maps) - 1)
        with self.say(
            "They part at high rates: {plain} plain runs, and one with momentum.", plain=plain
        ):
            self.play(FadeOut(*leaving), run_time=0.8)
            self.add(*(panel.clock for panel in self.maps))
            self.play(LaggedStart(*map(FadeIn, self.maps), lag_ratio=0.3), run_time=2.0)

    def the_bound_has_moved(self) -> None:
        theory = self.convergence
        bounds = theory.largest_stable_rate, theory.momentum_bound(self.best_share)
        rate, plain, moved = map(as_given, (self.best_rate, *bounds))
        with self.say(
            "{rate} is beyond plain descent's bound, {plain}: it blows up. Momentum moves "
            "the bound to {moved}.",
            rate=rate,
            plain=plain,
            moved=moved,
        ):
            runs = [m.clock.animate.set_value(m.clock.trajectory.steps) for m in self.maps]
            self.play(*runs, run_time=7.0, rate_func=linear)

    def nothing_is_faster(self) -> None:
        plain, _, heavy = self.maps
        least, more = (float(m.clock.trajectory.losses[-1]) for m in (heavy, plain))
        ends = significant_apart(least, more, digits=2)
        with self.say(at_their_best(plain.clock.trajectory.steps, *ends)):
            for panel in (heavy, plain):
                frame = Circumscribe(panel.map, color=PALETTE.ink, buff=0.05, stroke_width=3)
                self.play(frame, run_time=1.6)

    def put_on_map(self, run: Run) -> Mobject:
        """The dot of a run on the wide map, where from now on it leaves a track."""
        track, dot = run.on_map(self.map_panel)
        self.on_wide_map += [track, dot]
        self.add(track)
        return dot

    def descend(self, rule: UpdateRule, steps: int = STEPS) -> Trajectory:
        """A descent of the lesson by ``rule``."""
        return descend(self.loss, rule, self.lesson.start, steps)

    def comes_down(self, share: float) -> bool:
        """Whether momentum that keeps ``share`` has a loss at every step, and the last is lower."""
        losses = self.descend(Momentum(self.lesson.learning_rate, share)).losses
        return bool(np.isfinite(losses).all() and losses[-1] < losses[0])

    def begins(self, learning_rate: float) -> FloatArray:
        """What must be on the map of a plain descent: all of it, or its first step if it fails."""
        run = self.descend(PlainDescent(learning_rate))
        return run.parameters if run.losses[-1] < run.losses[0] else run.parameters[:2]

    def descend_on_map(self, learning_rate: float) -> Trajectory:
        """A plain descent, which ends before it leaves the map if it blows up."""
        rule = PlainDescent(learning_rate)
        return self.descend(rule, max(1, stays_on(self.descend(rule), self.map_panel)))

    def run_to(self, step: int, run_time: float) -> None:
        """Let plain descent and momentum run to ``step`` together."""
        clocks = [run.clock.animate.set_value(step) for run in (self.plain, self.heavy)]
        self.play(*clocks, run_time=run_time, rate_func=linear)
