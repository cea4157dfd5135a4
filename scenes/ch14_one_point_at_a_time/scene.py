"""One point at a time: a step by a single point is crude and cheap, and noise unsettles it."""

import numpy as np
import sympy as sp
from manim import (
    Circle,
    Circumscribe,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    LaggedStartMap,
    Mobject,
    ReplacementTransform,
    linear,
)

from gdmath import PlainDescent, convergence, descend, to_typst
from scenes.ch14_one_point_at_a_time.one_point import (
    PointAsked,
    descend_singly,
    fan,
    gentle_rate,
    point_slopes_within,
    points_of,
    unsettled,
)
from scenes.ch14_one_point_at_a_time.story import a_cloud, noisy_points
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import LiveArrow, MapPanel, step_arrow, zoom
from scenes.kit.panels import DataPanel, LogPanel
from scenes.kit.run import Run
from scenes.kit.text import LOSS
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording import significant, whole

PASSES = 20
SLOW_STEPS = 4
PASS_TIME = 0.36
SHARE = 0.2
"""The learning rate, as a share of the largest that is stable on every single point."""
CALM = 0.1
"""The lower rate at the end, as a share of that."""
SEED = 3


class OnePointAtATime(Chapter):
    """A pass of single-point steps beside one full step, then many passes, then with noise."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.each_point_has_its_own_gradient()
        self.a_full_step_waits_for_all()
        self.a_single_point_is_enough_to_move()
        self.one_pass_asks_every_point()
        self.the_same_work_went_further()
        self.pass_after_pass_it_jitters()
        if self.exact:
            self.exact_points_let_it_settle()
        self.real_points_are_noisy()
        self.noise_keeps_it_jittering()
        self.a_smaller_rate_makes_a_smaller_cloud()
        self.hold()

    def lay_out(self) -> None:
        """The map on the left, the points on the right, under them the formulas or the losses."""
        self.count = self.lesson.x.size
        start, minimum = self.lesson.start, self.convergence.minimum
        self.rate = gentle_rate(self.loss, minimum, SHARE)
        self.noisy_loss = unsettled(self.loss, self.convergence, SEED)
        self.exact = self.noisy_loss is not self.loss
        self.noisy_theory = convergence(self.noisy_loss)
        shaky, rate = self.noisy_loss, self.rate
        single = descend_singly(self.loss, rate, start, PASSES, SEED)
        noisy = descend_singly(shaky, rate, single.parameters[-1], PASSES, SEED + 1)
        calm = descend_singly(shaky, CALM * rate, noisy.parameters[-1], PASSES, SEED + 2)
        full = descend(self.loss, PlainDescent(self.rate), start, PASSES)
        self.full = Run(full, "full steps", PALETTE.muted)
        self.single, self.noisy, self.calm = (
            Run(run, "single points", PALETTE.parameters, STROKE.contour)
            for run in (single, noisy, calm)
        )
        left, right = STAGE.columns(1, 1.1, gap=0.5)
        top, self.bottom = right.rows(1, 1, gap=0.3)
        both = np.stack([minimum, self.noisy_theory.minimum])
        first_pass = single.parameters[: self.count + 1]
        self.data_panel = DataPanel(top, self.noisy_loss, np.vstack([first_pass, both]))
        self.dots = points_of(self.data_panel, self.lesson)
        self.wide = MapPanel(left, self.loss, self.convergence, first_pass, margin=0.1)
        seen = np.vstack([single.parameters[self.count :], noisy.parameters, both])
        self.close = MapPanel(left, self.loss, self.convergence, seen, margin=0.05)
        self.noisy_map = MapPanel(left, self.noisy_loss, self.noisy_theory, seen, margin=0.05)
        self.add(*(run.clock for run in (self.full, self.single, self.noisy, self.calm)))

    def each_point_has_its_own_gradient(self) -> None:
        data, map_, start = self.data_panel, self.wide, self.lesson.start
        self.present = self.single
        self.line, star = data.line(lambda: self.present.clock.parameters), map_.minimum()
        self.full_track, self.full_dot = self.full.on_map(map_)
        self.track, self.dot = self.single.on_map(map_)
        self.slopes = point_slopes_within(self.bottom.rows(1, 1), self.lesson)
        self.arrows = fan(map_, start, self.rate)
        self.on_wide_map: list[Mobject] = [map_.bands, map_.rings, star]
        with self.say("The loss is a mean over points, and so is its gradient."):
            self.play(FadeIn(map_.bands, map_, data), Create(map_.rings), run_time=1.2)
            points = LaggedStart(*map(FadeIn, self.dots), lag_ratio=0.03)
            self.play(points, Create(self.line), FadeIn(star, self.dot), run_time=1.2)
        with self.say(
            "Each of the {count} points has its own, and would take a step of its own.",
            count=whole(self.count),
        ):
            self.play(FadeIn(self.slopes), run_time=0.8)
            self.play(LaggedStartMap(FadeIn, self.arrows, lag_ratio=0.08), run_time=2.2)

    def a_full_step_waits_for_all(self) -> None:
        start, after = self.full.trajectory.parameters[:2]
        mean = LiveArrow(self.wide, start, after - start, "step")
        with self.say("A full step waits for all of them, takes the mean, and moves once."):
            merged = [mean.copy() for _ in self.arrows]
            self.play(*map(ReplacementTransform, self.arrows, merged), run_time=1.4)
            self.remove(*merged)
            self.add(mean, self.full_track)
            self.play(FadeIn(self.full_dot), run_time=0.2)
            self.play(self.full.clock.animate.set_value(1), run_time=1.4)
            self.play(FadeOut(mean), run_time=0.4)
        self.on_wide_map += [self.full_track, self.full_dot, self.track, self.dot]

    def a_single_point_is_enough_to_move(self) -> None:
        self.point = PointAsked(self.data_panel, self.loss, self.single.clock)
        self.arrow = step_arrow(self.wide, self.single.clock)
        with self.say("Or do not wait: look at one point, and take its step at once."):
            self.point.take_turns(self.dots)
            self.add(self.track)
            self.play(FadeIn(self.point, self.arrow), run_time=0.8)
            for step in range(1, SLOW_STEPS + 1):
                self.let_run(0.8, (self.single, step))

    def one_pass_asks_every_point(self) -> None:
        with self.say("Then the next point, and the next, until each has had its turn: one pass."):
            self.let_run(5.5, (self.single, self.count))

    def the_same_work_went_further(self) -> None:
        ends = self.single.trajectory.losses[self.count], self.full.trajectory.losses[1]
        single, full = (significant(float(loss), 3) for loss in ends)
        with self.say(
            "The same {count} gradients: a loss of {single}, against {full} after one full step.",
            count=whole(self.count),
            single=single,
            full=full,
        ):
            self.play(FadeOut(self.point, self.arrow), run_time=0.6)
            for dot in (self.dot, self.full_dot):
                self.play(Circumscribe(dot, Circle, color=PALETTE.ink, buff=0.1), run_time=1.6)

    def pass_after_pass_it_jitters(self) -> None:
        floor, noisy_floor = self.convergence.minimum_loss, self.noisy_theory.minimum_loss
        stride = 1 / self.count
        runs = (
            (self.full, 0, 1, floor),
            (self.single, 0, stride, floor),
            (self.noisy, PASSES, stride, noisy_floor),
            (self.calm, 2 * PASSES, stride, noisy_floor),
        )
        series = [run.trajectory.losses - lowest for run, _, _, lowest in runs]
        name = to_typst(LOSS - sp.Symbol("L_min"))
        self.curves = LogPanel(self.bottom, series, 3 * PASSES, '"pass"', name)
        self.drawn = [run.on_curves(self.curves, *place) for run, *place in runs]
        for curve, head in self.drawn:
            allow("contrast", curve, head, reason="where one run ends, the next begins")
        (full, full_head), (single, head) = self.drawn[:2]
        close, (track, dot) = self.close, self.single.on_map(self.close)
        self.on_close_map = [close.bands, close.rings, close.minimum().set_z_index(1), track, dot]
        with self.say("Come closer, and measure how far the loss lies above its minimum."):
            self.play(FadeOut(self.slopes), run_time=0.4)
            self.play(FadeIn(self.curves, full_head, head), run_time=0.8)
            self.add(full, single)
            self.play(zoom(self.wide, close, self.on_wide_map, self.on_close_map))
        entry = min(PASSES, max(2.0, close.entry(self.full.clock)))
        with self.say("Pass after pass it jitters, for every point pulls its own way."):
            # The smooth path comes onto this map only later than the jittering one.
            self.let_run(
                PASS_TIME * (entry - 1), (self.full, entry), (self.single, entry * self.count)
            )
            if entry < PASSES:
                self.on_close_map += self.full.on_map(close)
                self.add(*self.on_close_map[-2:])
                seconds = PASS_TIME * (PASSES - entry)
                self.let_run(seconds, (self.full, PASSES), (self.single, PASSES * self.count))

    def exact_points_let_it_settle(self) -> None:
        with self.say(
            "Yet it settles: one {graph} meets all points, and there none pulls.", graph=self.graph
        ):
            self.wait(1)

    def real_points_are_noisy(self) -> None:
        noisy, (full, single, shaken, _) = self.noisy_map, self.drawn
        star, (track, dot) = noisy.minimum().set_z_index(1), self.noisy.on_map(noisy)
        bands, rings, old_star, old_track, old_dot, *smooth = self.on_close_map
        with self.say(noisy_points(self.graph, self.exact)):
            jump = [Create(self.curves.jump(single[0], shaken[0]))] if self.exact else []
            shake = ReplacementTransform(self.dots, self.data_panel.dots)
            self.play(shake, FadeOut(*full), *jump, run_time=1.6)
            over = FadeOut(self.close, bands, rings, old_track, *smooth)
            under = FadeIn(noisy, noisy.bands, noisy.rings)
            self.play(over, under, ReplacementTransform(old_star, star), run_time=1.4)
            self.remove(old_dot)
            self.add(track, dot)
        self.on_noisy_map, self.second = [track, dot], "noisy points" if self.exact else "on and on"
        self.present = self.noisy

    def noise_keeps_it_jittering(self) -> None:
        late = self.noisy.trajectory.parameters[PASSES * self.count // 2 :]
        parts = self.noisy_theory.coordinates(late)
        arrived = ((parts.min(axis=0) <= 0) & (parts.max(axis=0) >= 0)).all()
        with self.say(a_cloud(bool(arrived))):
            self.add(*self.drawn[2], self.curves.label(self.second, self.drawn[2][0]))
            self.let_run(7.0, (self.noisy, PASSES * self.count))

    def a_smaller_rate_makes_a_smaller_cloud(self) -> None:
        old_track, old_dot = self.on_noisy_map
        track, dot = self.calm.on_map(self.noisy_map)
        self.present = self.calm
        with self.say(
            "At rate {lower} instead of {rate} the cloud shrinks. Let the rate sink "
            "slowly to zero, and it settles.",
            lower=significant(CALM * self.rate, 1),
            rate=significant(self.rate, 1),
        ):
            self.add(track, dot, *self.drawn[3], self.curves.label("lower rate", self.drawn[3][0]))
            self.remove(old_dot)
            self.play(old_track.animate.set_stroke(PALETTE.scaffold, opacity=0.6), run_time=0.8)
            self.let_run(6.0, (self.calm, PASSES * self.count))

    def let_run(self, run_time: float, *goals: tuple[Run, float]) -> None:
        """Let each run go on to its step, evenly and together."""
        runs = [run.clock.animate.set_value(step) for run, step in goals]
        self.play(*runs, run_time=run_time, rate_func=linear)
