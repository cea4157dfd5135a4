"""The storyboard of chapter 13: plain descent and momentum on one clock, then each at its best."""

from functools import cached_property

from manim import Circumscribe, Create, FadeIn, FadeOut, LaggedStart, Mobject, linear

from scenes.ch13_momentum.losses import Losses
from scenes.ch13_momentum.scoreboard import Scoreboard
from scenes.ch13_momentum.story import STEPS, Story
from scenes.ch13_momentum.velocity import velocity_arrow
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, RateMap, zoom
from scenes.kit.run import Run
from scenes.kit.text import MomentumRule
from scenes.kit.theme import PALETTE
from scenes.kit.wording import as_given, whole


class WithMomentum(Chapter):
    """Plain descent and momentum from one start on one clock, then both at momentum's best."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.plain_descent_forgets()
        self.momentum_remembers()
        self.it_gathers_speed()
        if self.story.swing is None:
            self.it_never_comes_across()
        else:
            self.it_runs_past_the_floor(self.story.swing[1])
            self.it_swings_in()
        self.what_both_have_come_to()
        if self.big in self.runs:
            self.is_it_only_a_bigger_step()
        if self.story.swing is not None:
            self.come_close(self.story.swing[1])
        if self.loss.is_quadratic:
            self.three_maps_at_higher_rates()
            self.the_bound_has_moved()
            self.nothing_is_faster()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of momentum on this lesson's loss."""
        return Story(self.loss, self.convergence)

    def lay_out(self) -> None:
        """The map on the left; the rule, the scoreboard and the losses on the right."""
        story, theory = self.story, self.convergence
        left, right = STAGE.columns(1, 1.2, gap=0.5)
        top, bottom = right.rows(1.75, 3.85, gap=0.2)
        formulas, table = top.columns(1, 1.2, gap=0.5)
        self.map_panel = MapPanel(left, self.loss, theory, story.seen, margin=0.1)
        self.plain = Run(story.plain, PALETTE.muted)
        self.heavy = Run(story.heavy, PALETTE.parameters)
        self.big = Run(story.big_within(self.map_panel.bounds), PALETTE.ink)
        self.runs = [self.plain, self.heavy, self.big][: len(story.names)]
        self.rule = MomentumRule(formulas, story.rate, story.share)
        self.scoreboard = Scoreboard(table, story, self.runs)
        self.losses = Losses(bottom, self.runs, theory.minimum_loss, STEPS)
        self.add(*(run.clock for run in self.runs))

    def plain_descent_forgets(self) -> None:
        map_ = self.map_panel
        star = map_.minimum()
        self.on_wide_map: list[Mobject] = [map_.bands, map_.rings, star]
        with self.say("Plain descent forgets: each step knows only the slope where it stands."):
            self.play(FadeIn(map_.bands, map_), Create(map_.rings), run_time=1.4)
            self.play(FadeIn(star), FadeIn(self.put_on_map(self.plain)), run_time=0.6)
            self.play(FadeIn(self.rule.plain), run_time=0.8)

    def momentum_remembers(self) -> None:
        with self.say(
            "Momentum keeps {share} of its velocity, adds the new slope, and steps by that.",
            share=as_given(self.story.share),
        ) as said:
            self.play(self.rule.remember(run_time=1.8))
            said.until("steps")
            self.play(FadeIn(self.put_on_map(self.heavy)), run_time=0.6)

    def it_gathers_speed(self) -> None:
        until, velocity = self.story.gathers_until, velocity_arrow(self.map_panel, self.heavy.clock)
        self.on_wide_map.append(velocity)
        (plain, plain_head), (heavy, heavy_head) = map(self.losses.of, (self.plain, self.heavy))
        allow("contrast", heavy, heavy_head, reason="all losses begin at one point")
        with self.say("Same start, same rate, both at rest. The arrow is the velocity: it grows."):
            self.play(FadeIn(self.losses, self.scoreboard.heading), run_time=0.8)
            self.play(FadeIn(*self.scoreboard.rows[:2], plain_head, heavy_head), run_time=0.6)
            self.add(plain, heavy, velocity)
            self.play(self.plain.to(until), self.heavy.to(until), run_time=4.0)

    def it_never_comes_across(self) -> None:
        with self.say("It goes on, and in all its steps it never comes across the valley floor."):
            self.play(self.plain.to(STEPS), self.heavy.to(STEPS), run_time=6.0)

    def it_runs_past_the_floor(self, turn: int) -> None:
        with self.say(
            "At the valley floor the slope is gone but the speed is not: it runs up the "
            "far side, until step {turn}.",
            turn=whole(turn),
        ) as said:
            said.until("speed")
            self.play(self.plain.to(turn), self.heavy.to(turn), run_time=4.0)

    def it_swings_in(self) -> None:
        with self.say("It swings back, in ever smaller arcs, and drifts along the valley."):
            self.play(self.plain.to(STEPS), self.heavy.to(STEPS), run_time=6.0)

    def what_both_have_come_to(self) -> None:
        with self.say(self.story.what_both_have_come_to()):
            self.wait(0.5)

    def is_it_only_a_bigger_step(self) -> None:
        curve, head = self.losses.of(self.big)
        allow("contrast", curve, head, reason="losses that run together lie on each other")
        with self.say(
            "Only a bigger step? On an even slope {share} adds up to {times} times the rate.",
            share=as_given(self.story.share),
            times=self.story.times,
        ) as said:
            said.until("adds up")
            row, dot = self.scoreboard.rows[2], self.put_on_map(self.big)
            self.play(FadeIn(row, dot, head), run_time=1.0)
        with self.say(self.story.at_the_bigger_rate()):
            self.add(curve)
            self.play(self.big.to(STEPS), run_time=5.0)

    def come_close(self, turn: int) -> None:
        """Enlarge where the tracks end: there the swinging is as wide as the valley is long."""
        wide, later = self.map_panel, self.story.heavy.parameters[min(2 * turn, STEPS - 1) :]
        close = MapPanel(wide.region, self.loss, self.convergence, later, margin=0.1)
        coming: list[Mobject] = [close.bands, close.rings, close.minimum()]
        for run in (self.plain, *self.runs[2:], self.heavy):
            if run.trajectory.inside(close.bounds)[-1]:
                coming += run.on_map(close)
        with self.say("Close up: a plain path glides along the valley, momentum spirals in."):
            self.play(zoom(wide, close, self.on_wide_map, coming))

    def three_maps_at_higher_rates(self) -> None:
        story, theory = self.story, self.convergence
        # A dot that leaves its map stands on the border for a moment, and must clear the captions.
        stage, _ = STAGE.rows(50, 1, gap=0)
        self.maps = [
            RateMap(region, self.loss, theory, rate, story.seen_at_best, story.ahead, momentum)
            for region, (rate, momentum) in zip(stage.columns(1, 1, 1), story.pairs, strict=True)
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
        with self.say(self.story.the_bound()):
            runs = [m.clock.animate.set_value(self.story.ahead) for m in self.maps]
            self.play(*runs, run_time=7.0, rate_func=linear)

    def nothing_is_faster(self) -> None:
        plain, _, heavy = self.maps
        with self.say(self.story.nothing_is_faster()):
            for panel in (heavy, plain):
                frame = Circumscribe(panel.map, color=PALETTE.ink, buff=0.05, stroke_width=3)
                self.play(frame, run_time=1.6)

    def put_on_map(self, run: Run) -> Mobject:
        """The dot of a run on the wide map, where from now on it leaves a track."""
        track, dot = run.on_map(self.map_panel)
        self.on_wide_map += [track, dot]
        self.add(track)
        return dot
