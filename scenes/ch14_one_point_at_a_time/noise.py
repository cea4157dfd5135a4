"""The second half of chapter 14: noisy points, on which a walker rests only if its rate sinks."""

from functools import cached_property

from manim import FadeIn, FadeOut, Mobject, ReplacementTransform, Star, VGroup

from scenes.ch14_one_point_at_a_time.one_point import pulls
from scenes.ch14_one_point_at_a_time.story import CAREFUL, PASSES, Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import Region
from scenes.kit.maps import MapPanel, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.run import Run
from scenes.kit.scoreboard import Scoreboard
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import significant


class WithNoise(Chapter):
    """Beats that go on from a walker that has come to rest on the map `close`."""

    close: MapPanel
    noisy_map: MapPanel
    last_map: MapPanel
    data: DataPanel
    dots: VGroup
    star: Star
    on_close: list[Mobject]
    top: Region
    board: Scoreboard
    rate: Quantity
    present: Run
    noisy: Run
    careful: Run
    whole: Run

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's points, one at a time."""
        return Story(self.loss, self.convergence, self.graph)

    def real_points_are_noisy(self) -> None:
        close, noisy = self.close, self.noisy_map
        star, (track, dot) = noisy.minimum().set_z_index(1), self.noisy.on_map(noisy)
        self.pulls = pulls(noisy, self.noisy.clock, self.story.rate, self.story.count)
        with self.say(self.story.noisy_points()) as said:
            said.until("noisy")
            shake = ReplacementTransform(self.dots, self.data.dots)
            over = FadeOut(close, close.bands, close.rings, self.on_close[0])
            under = FadeIn(noisy, noisy.bands, noisy.rings)
            self.play(shake, over, under, ReplacementTransform(self.star, star), run_time=1.8)
            self.remove(self.on_close[1])
            self.present = self.noisy
            self.add(track, dot)
            self.play(FadeIn(self.pulls), run_time=1.0)
        self.star, self.on_close = star, [track, dot]

    def it_never_rests(self) -> None:
        count = self.story.count
        with self.say("Now the pulls cancel only on average, and the walker never rests."):
            self.swap_board(self.noisy)
            self.play(self.noisy.to(count), run_time=3.0)
            self.remove(self.pulls)
            self.play(self.noisy.to(PASSES * count), run_time=3.0)

    def let_the_rate_sink(self) -> None:
        track, dot = self.careful.on_map(self.noisy_map)
        with self.say(
            "A smaller rate, a smaller cloud, a slower walk. So start large, and let the rate sink."
        ):
            self.on_close[0].set_stroke(width=0, background=True)
            self.play(self.on_close[0].animate.set_stroke(PALETTE.scaffold, opacity=0.6))
            self.remove(self.on_close[1])
            self.present = self.careful
            self.add(track, dot)
            self.swap_board(self.careful)
            self.play(self.careful.to(CAREFUL * self.story.count), run_time=6.5)
        self.on_close = [*self.on_close[:1], track, dot]

    def rough_at_first(self) -> None:
        """All the way once more, from the lesson's start, while the rate sinks."""
        noisy, last = self.noisy_map, self.last_map
        leaving = [noisy.bands, noisy.rings, self.star, *self.on_close]
        track, dot = self.whole.on_map(last)
        with self.say(
            "Rough and quick at first, careful at the end. Is every landscape this kind?"
        ):
            coming = [last.bands, last.rings, last.minimum()]
            self.play(zoom(noisy, last, leaving, coming))
            self.present = self.whole
            self.add(track, dot)
            self.swap_board(self.whole)
            self.play(self.whole.to(CAREFUL * self.story.count), run_time=5.0)

    def swap_board(self, run: Run) -> None:
        """Let the loss and the rate be those of ``run`` from now on."""
        board = Scoreboard(self.top, self.story.names[:1], (run,))
        rate = Quantity(
            "eta",
            lambda: significant(self.story.rate_of(run.trajectory, run.clock.step), 2),
            self.board.below,
            SIZE.equation,
        )
        self.remove(self.board.rows[0], self.rate)
        self.add(board.rows[0], rate)
        self.board, self.rate = board, rate
