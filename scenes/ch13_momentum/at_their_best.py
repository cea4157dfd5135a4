"""The second half of chapter 13: beyond plain descent's limit, and both rules at their best."""

from functools import cached_property

from manim import Create, FadeIn, FadeOut, Mobject

from scenes.ch13_momentum.kept import KeptPanel
from scenes.ch13_momentum.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.run import Run
from scenes.kit.scoreboard import Scoreboard
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE

MAP, SIDE = STAGE.columns(1.15, 1, gap=0.5)
HEAD, BODY = SIDE.rows(1.95, 3.55, gap=0.3)
"""The map is on the left; beside it numbers over a panel."""


class AtTheirBest(Chapter):
    """Beats that take the place of a race on the map `close`: `on_close`, and `race` beside it."""

    close: MapPanel
    race: list[Mobject]
    on_close: list[Mobject]
    names: tuple[str, ...]
    last: Run
    step: Quantity

    @cached_property
    def story(self) -> Story:
        """What there is to tell of momentum on this lesson's loss."""
        return Story(self.loss, self.convergence)

    def push_harder(self) -> None:
        """A rate beyond the limit, on a map that has room for the first hops."""
        story = self.story
        self.map_ = MapPanel(MAP, self.loss, self.convergence, story.seen_at_best, 0.05)
        self.kept = KeptPanel(BODY, self.convergence)
        self.facts, pushed = self.kept.facts(HEAD), Run(story.pushed, PALETTE.parameters)
        self.pushed = pushed.on_map(self.map_)
        with self.say(story.push_harder()):
            coming = [self.map_.bands, self.map_.rings, self.map_.minimum(), self.pushed[1]]
            self.play(FadeOut(*self.race), zoom(self.close, self.map_, self.on_close, coming))
            self.play(FadeIn(self.kept), run_time=0.6)
            self.play(*map(Create, self.kept.curves), FadeIn(*self.kept.labels), run_time=1.6)
        with self.say(story.the_limit()) as said:
            self.add(pushed.clock, self.pushed[0])
            self.play(FadeIn(self.kept.dot, self.facts[0]), run_time=0.6)
            said.until("limit")
            self.play(Create(self.kept.limit), FadeIn(*self.facts[1:]), run_time=0.8)
            self.play(pushed.to(pushed.trajectory.steps), run_time=2.4)

    def the_limit_moves(self) -> None:
        _, share = self.convergence.best_momentum
        with self.say(self.story.the_limit_moves()) as said:
            self.play(FadeOut(*self.pushed), run_time=0.4)
            said.until("limit")
            self.play(self.kept.share.animate.set_value(share), run_time=5.0)

    def nothing_is_faster(self) -> None:
        best, colors = self.story.at_their_best, (PALETTE.parameters, PALETTE.ink)
        plain, heavy = map(Run, best, colors)
        board = Scoreboard(HEAD, self.names[:2], (plain, heavy))
        step = board.step_of(heavy)
        paths = [*plain.on_map(self.map_), *heavy.on_map(self.map_)]
        with self.say(self.story.nothing_is_faster()):
            self.add(plain.clock, heavy.clock)
            self.play(FadeOut(self.facts), FadeIn(*paths, board, step), run_time=0.6)
            self.play(*(run.to(self.story.ahead) for run in (plain, heavy)), run_time=5.0)
        self.last = heavy
        kept = self.kept
        self.race = [board, step, kept, *kept.labels, *kept.curves, kept.limit, kept.dot]

    def what_next(self) -> None:
        """Let the last descent go once more, beside all the points that it asks."""
        at, seen = self.last.clock, self.last.trajectory.parameters[: self.last.clock.step + 1]
        data = DataPanel(SIDE, self.loss, seen)
        at.set_value(0)
        line, bars = data.line(lambda: at.parameters), data.residuals(lambda: at.parameters)
        with self.say("With memory or without, each step still asks every single point. Must it?"):
            self.play(FadeOut(*self.race, self.step), FadeIn(data, data.dots, line), run_time=0.8)
            self.play(Create(bars, lag_ratio=0.1), run_time=1.6)
            self.play(self.last.to(self.story.ahead), run_time=3.0)
