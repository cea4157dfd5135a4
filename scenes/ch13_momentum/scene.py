"""The storyboard of chapter 13: plain descent and momentum on one clock, then each at its best."""

from manim import Create, FadeIn, FadeOut, GrowFromPoint, LaggedStart, Mobject

from scenes.ch13_momentum.adding_up import Addition, Chain, move_ahead, step_ahead
from scenes.ch13_momentum.at_their_best import BODY, HEAD, MAP, SIDE, AtTheirBest
from scenes.ch13_momentum.descents import ADDED, STEPS
from scenes.ch13_momentum.losses import Losses
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import MapPanel, zoom
from scenes.kit.run import Run
from scenes.kit.scoreboard import Scoreboard
from scenes.kit.text import MomentumRule
from scenes.kit.theme import PALETTE
from scenes.kit.wording import significant


class WithMomentum(AtTheirBest):
    """Plain descent and momentum from one start on one clock, then both at their best."""

    def construct(self) -> None:
        self.lay_out()
        self.plain_descent_forgets()
        self.momentum_remembers()
        self.two_walkers()
        self.it_gathers_speed()
        self.it_swings_in()
        self.what_both_have_come_to()
        if self.big in self.runs:
            self.is_it_only_a_bigger_step()
            self.a_fair_race()
        if self.loss.is_quadratic:
            self.push_harder()
            self.the_limit_moves()
            self.nothing_is_faster()
        self.what_next()
        self.hold()

    def lay_out(self) -> None:
        """Maps on the left, near the start, of it all and near the end; the rest on the right."""
        story, theory = self.story, self.convergence
        self.near = MapPanel(MAP, self.loss, theory, story.first, margin=0.15, close=True)
        self.wide = MapPanel(MAP, self.loss, theory, story.seen, margin=0.1)
        self.close = MapPanel(MAP, self.loss, theory, story.last, margin=0.1)
        self.plain = Run(story.plain, PALETTE.parameters)
        self.heavy = Run(story.heavy, PALETTE.ink)
        self.big = Run(story.big_within(self.wide.bounds), PALETTE.muted)
        self.names = story.names
        self.runs = [self.plain, self.heavy, self.big][: len(self.names)]
        self.rule = MomentumRule(SIDE.rows(1, 2, 1)[1], story.rate, story.share)
        self.scoreboard = Scoreboard(HEAD, self.names, self.runs)
        self.losses = Losses(BODY, self.runs, theory.minimum_loss, STEPS)
        self.add(*(run.clock for run in self.runs))

    def plain_descent_forgets(self) -> None:
        near, clock = self.near, self.plain.clock
        track, dot = self.plain.on_map(near)
        slope = step_ahead(near, clock, self.story.rate)
        self.on_near: list[Mobject] = [near.bands, near.rings]
        ground = FadeIn(near.bands, near, dot, self.rule.plain)
        self.title_card(ground, Create(near.rings))
        with self.say(
            "Plain descent forgets: each step knows only the slope beneath it. "
            "What if it remembered?"
        ) as said:
            self.add(track)
            self.play(GrowFromPoint(slope, dot.get_center()), run_time=0.8)
            for step in range(1, ADDED + 1):
                self.play(self.plain.to(step), run_time=1.3)
            said.until("remembered")
            self.play(self.plain.to(1), run_time=0.8)
            self.play(FadeOut(track, dot, slope), run_time=0.6)

    def momentum_remembers(self) -> None:
        percent = significant(100 * self.story.share, 2)
        self.on_near += self.heavy.on_map(self.near)
        self.plain.clock.set_value(0)
        self.heavy.clock.set_value(1)
        first = Addition(self.near, self.heavy, self.story.share)
        names = first.names(percent)
        with self.say(
            "Keep {percent} % of your last move, and add the new step to it.", percent=percent
        ) as said:
            self.play(self.rule.remember(run_time=1.2), FadeIn(*self.on_near[2:], first))
            self.play(first.stage.animate.set_value(1), run_time=1.0)
            self.play(first.stage.animate.set_value(2), FadeIn(names[0]), run_time=1.0)
            said.until("add")
            self.play(first.stage.animate.set_value(3), FadeIn(names[1]), run_time=1.0)
            self.play(self.heavy.to(2), run_time=1.0)
        self.on_near += [first, *names]

    def two_walkers(self) -> None:
        wide = self.wide
        star, rows = wide.minimum(), self.scoreboard.rows
        self.step = self.scoreboard.step_of(self.heavy)
        with self.say("Two walkers, one start, one rate. One remembers: that is momentum.") as said:
            coming = [wide.bands, wide.rings, star]
            self.play(zoom(self.near, wide, self.on_near, coming))
            for run in (self.heavy, self.plain):
                run.clock.set_value(0)
            self.on_wide = [*coming, *self.plain.on_map(wide), *self.heavy.on_map(wide)]
            self.curves = [*self.losses.of(self.plain), *self.losses.of(self.heavy)]
            allow("contrast", *self.curves, reason="all losses begin at one point")
            self.play(
                FadeOut(self.rule, shift=0.5 * (HEAD.centre - self.rule.get_center())),
                FadeIn(*self.on_wide[3:]),
                FadeIn(self.losses, rows[0], self.step),
                run_time=0.8,
            )
            self.add(*self.curves)
            said.until("remembers")
            self.play(FadeIn(rows[1]), self.plain.to(1), self.heavy.to(1), run_time=0.8)

    def it_gathers_speed(self) -> None:
        move = move_ahead(self.wide, self.heavy.clock)
        self.on_wide.append(move)
        with self.say(self.story.it_gathers_speed()):
            self.add(move)
            self.run_to(self.story.moments[0], 5.0)

    def it_swings_in(self) -> None:
        _, turn, back = self.story.moments
        with self.say(self.story.it_swings_in()):
            self.run_to(turn, 2.0)
            self.run_to(back, 2.0)
            self.on_close = [self.close.bands, self.close.rings, self.close.minimum()]
            for run in (self.plain, self.heavy):
                self.on_close += run.on_map(self.close)
            self.play(zoom(self.wide, self.close, self.on_wide, self.on_close))

    def what_both_have_come_to(self) -> None:
        rows = self.scoreboard.rows[:2]
        with self.say(self.story.what_both_have_come_to()):
            self.run_to(STEPS, 5.0)
        self.last, self.race = self.heavy, [self.losses, *self.curves, *rows]

    def is_it_only_a_bigger_step(self) -> None:
        story, names = self.story, ("one", "left", "less")
        chain = Chain(STAGE, story.share, story.added, story.times)
        with self.say(
            "Is that not just a bigger step? On an even slope the moves add up: "
            "{one}, {left}, {less}, and on to {times}.",
            **dict(zip(names, story.added, strict=True)),
            times=story.times,
        ) as said:
            said.ends_paragraph()
            self.play(
                FadeOut(self.close, *self.on_close, *self.race, self.step),
                FadeIn(chain),
                run_time=1.0,
            )
            grown = [GrowFromPoint(arrow, arrow.get_bottom()) for arrow in chain.arrows]
            for k, length in enumerate(chain.lengths):
                self.play(grown[k], FadeIn(length), run_time=0.6)
                if k == 0:
                    said.until("add up")
            rest = LaggedStart(*grown[len(chain.lengths) :], lag_ratio=0.3)
            self.play(rest, Create(chain.limit), FadeIn(chain.sum), run_time=2.4)
        self.chain = [chain, *chain.arrows, *chain.lengths, chain.limit, chain.sum]

    def a_fair_race(self) -> None:
        curve, head = self.losses.of(self.big)
        allow("contrast", curve, head, reason="losses that run together lie on each other")
        (track, dot), row = self.big.on_map(self.close), self.scoreboard.rows[2]
        with self.say(self.story.the_race()):
            back = FadeIn(self.close, *self.on_close, *self.race, row, head, dot)
            self.play(FadeOut(*self.chain), back, run_time=1.0)
            self.add(curve, track)
            self.play(self.big.to(STEPS), run_time=5.0)
        self.race += [curve, head, row]
        self.on_close += [track, dot]

    def run_to(self, step: float, run_time: float) -> None:
        """Let both descents run to ``step``."""
        self.play(self.plain.to(step), self.heavy.to(step), run_time=run_time)
