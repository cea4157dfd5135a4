"""The stage of chapter 16: one number of several descents beside a map of their tracks."""

from collections.abc import Callable
from functools import cached_property
from itertools import chain

from manim import FadeIn, FadeOut, VGroup, VMobject

from scenes.ch16_behind_the_curve.story import Story, parting
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import MapPanel
from scenes.kit.run import Run
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.watch_panel import WatchPanel
from scenes.kit.wording import Message

BROAD = 2.5 * STROKE.path
"""Width of a line that is seen on both sides of another one."""


class Stage(Chapter):
    """A chapter with three descents; what is watched of two of them fills all of it at first."""

    def setup(self) -> None:
        """One large panel at first; later the same on the left, and a map on the right."""
        self.left, right = STAGE.columns(1.2, 1, gap=0.5)
        own, twin, mirror = self.story.descents
        self.own = Run(own, PALETTE.parameters)
        self.twin, self.mirror = Run(twin, PALETTE.stiff, BROAD), Run(mirror, PALETTE.ink, BROAD)
        self.both, self.losses = (self.twin, self.own), (twin.losses, own.losses)
        self.watch = WatchPanel(STAGE, self.both, self.losses, "L")
        self.watch.paint(PALETTE.loss)
        self.close, self.wide = (
            MapPanel(right, self.loss, self.convergence, seen)
            for seen in (self.story.ends, self.story.seen)
        )
        self.mark: VMobject = VGroup()
        self.add(*(run.clock for run in (self.own, self.twin, self.mirror)))

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's descent and its twins."""
        return Story(self.loss, self.trajectory, self.convergence)

    def put_on(self, map_: MapPanel) -> None:
        """Have the loss and the tracks of both descents on a map that is not yet shown."""
        self.map, self.tracks = map_, {run: run.on_map(map_) for run in self.both}
        ground = [map_.bands, map_.rings, map_.minimum()]
        self.on_map = [*ground, *chain(*self.tracks.values())]

    def turn_into(self, watch: WatchPanel) -> None:
        """Let the curves go on in another panel."""
        before, self.watch = self.watch, watch
        self.remove(*before.drawn)
        self.play(*before.turn_into(watch), run_time=2.0)
        watch.go_on()

    def run_to(self, step: int, *runs: Run, run_time: float) -> None:
        """Let the clocks of ``runs`` go to ``step`` together."""
        self.play(*(run.to(step) for run in runs), run_time=run_time)

    def part(
        self, watch: WatchPanel, told: Callable[[int | None], Message], *never: VMobject
    ) -> None:
        """Let the curves go on in powers of ten, and mark where they part; else show ``never``."""
        twin, own = watch.heights
        first = parting(own, twin, watch.line_width)
        with self.say(told(first)):
            self.play(FadeOut(self.mark), run_time=0.3)
            self.turn_into(watch)
            self.mark = watch.mark(first) if first is not None else VGroup(*never)
            self.play(FadeIn(self.mark), run_time=0.6)
