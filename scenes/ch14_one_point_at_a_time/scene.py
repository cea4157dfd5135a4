"""The storyboard of chapter 14: steps by single points, on exact points and on noisy ones."""

from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Indicate,
    LaggedStart,
    ReplacementTransform,
)

from scenes.ch14_one_point_at_a_time.noise import WithNoise
from scenes.ch14_one_point_at_a_time.one_point import PointAsked, fan, pulls, step_arrow
from scenes.ch14_one_point_at_a_time.story import PASSES
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.maps import LiveArrow, MapPanel, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.run import Run
from scenes.kit.scoreboard import Scoreboard
from scenes.kit.text import Quantity
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import as_given, counted


class OnePointAtATime(WithNoise):
    """A pass of single-point steps beside one full step, then many passes, then with noise."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(*self.ground), Create(self.wide.rings))
        self.all_points_are_asked()
        self.each_point_has_an_opinion()
        self.a_full_step_waits_for_all()
        self.or_ask_a_single_point()
        self.once_through_all_the_points()
        self.this_has_a_name()
        self.it_jitters()
        if self.story.exact:
            self.one_line_meets_them_all()
        self.real_points_are_noisy()
        self.it_never_rests()
        self.let_the_rate_sink()
        self.rough_at_first()
        self.hold()

    def lay_out(self) -> None:
        """The map on the left, the points on the right, over them what the walkers have come to."""
        story = self.story
        self.full = Run(story.full, PALETTE.ink)
        self.single, self.noisy, self.careful, self.whole = (
            Run(descent, PALETTE.parameters, STROKE.residual)
            for descent in (story.single, story.noisy, story.careful, story.whole)
        )
        left, right = STAGE.columns(1.15, 1, gap=0.5)
        self.top, bottom = right.rows(2.0, 3.7, gap=0.15)
        exact, shaken = (self.loss, self.convergence), (story.noisy_loss, story.noisy_theory)
        self.wide = MapPanel(left, *exact, story.first_pass, margin=0.1)
        self.close = MapPanel(left, *exact, story.later, margin=0.05)
        self.noisy_map = MapPanel(left, *shaken, story.later, margin=0.05)
        self.last_map = MapPanel(left, *shaken, story.whole.parameters, margin=0.1)
        self.data = DataPanel(bottom, story.noisy_loss, story.lines)
        allow("spoken height", *self.data.names, reason="a unit may hold the same number")
        self.dots = self.data.dots_at(story.points)
        self.present = self.single
        self.line = self.data.line(lambda: self.present.clock.parameters)
        self.track, self.dot = self.single.on_map(self.wide)
        self.star = self.wide.minimum()
        self.ground = (
            self.wide.bands,
            self.wide,
            self.star,
            self.data,
            self.dots,
            self.line,
            self.dot,
        )
        self.add(*(run.clock for run in (self.full, self.single, self.noisy)))
        self.add(self.careful.clock, self.whole.clock)

    def all_points_are_asked(self) -> None:
        with self.say(
            "Each step so far asked all {count} points. With a million, that is a slow question.",
            count=counted(self.story.count),
        ) as said:
            said.until("all")
            asked = [Indicate(dot, 2.0, PALETTE.loss) for dot in self.dots]
            self.play(LaggedStart(*asked, lag_ratio=0.15), run_time=4.0)

    def each_point_has_an_opinion(self) -> None:
        self.arrows = fan(self.wide, self.lesson.start, self.story.rate)
        with self.say(
            "Every point has an opinion of its own: its own gradient, its own step."
        ) as said:
            said.until("opinion")
            grown = [GrowFromPoint(arrow, self.dot.get_center()) for arrow in self.arrows]
            self.play(LaggedStart(*grown, lag_ratio=0.08), run_time=3.5)

    def a_full_step_waits_for_all(self) -> None:
        start, after = self.story.full.parameters[:2]
        track, self.other = self.full.on_map(self.wide)
        mean = LiveArrow(self.wide, start, after - start, "step")
        self.board = Scoreboard(self.top, self.story.names, (self.single, self.full))
        with self.say("The full gradient is their mean: ask all, then move once.") as said:
            said.ends_paragraph()
            merged = [mean.copy() for _ in self.arrows]
            said.until("mean")
            self.play(*map(ReplacementTransform, self.arrows, merged), run_time=1.8)
            self.remove(*merged)
            self.add(mean, track)
            self.play(FadeIn(self.other, self.board.rows[1]), run_time=0.3)
            self.play(self.full.to(1), run_time=1.4)
            self.play(FadeOut(mean), run_time=0.3)
        self.on_wide = [self.wide.bands, self.wide.rings, self.star, track, self.other]

    def or_ask_a_single_point(self) -> None:
        self.point = PointAsked(self.data, self.loss, self.single.clock)
        self.arrow = step_arrow(self.wide, self.single.clock)
        self.rate = Quantity(
            "eta", lambda: as_given(self.story.rate), self.board.below, SIZE.equation
        )
        with self.say(
            "Or ask a single point, step at once, and ask the next. The rate here is {rate}.",
            rate=as_given(self.story.rate),
        ) as said:
            said.ends_paragraph()
            self.point.take_turns(self.dots)
            self.add(self.track)
            self.play(FadeIn(self.point, self.arrow, self.board.rows[0]), run_time=0.6)
            for step in range(1, 5):
                self.play(self.single.to(step), run_time=0.8)
            said.until("rate")
            self.play(FadeIn(self.rate), self.single.to(6), run_time=1.2)

    def once_through_all_the_points(self) -> None:
        with self.say(self.story.the_same_work()):
            self.play(self.single.to(self.story.count), run_time=5.0)

    def this_has_a_name(self) -> None:
        with self.say(
            "Points in random order, one at a time: this is stochastic gradient descent."
        ):
            self.play(self.single.to(2 * self.story.count), run_time=4.0)
            self.play(FadeOut(self.point, self.arrow), run_time=0.4)

    def it_jitters(self) -> None:
        close, count = self.close, self.story.count
        self.on_wide += [self.track, self.dot]
        self.star, self.on_close = close.minimum().set_z_index(1), [*self.single.on_map(close)]
        coming = close.bands, close.rings, self.star, *self.on_close
        with self.say(self.story.it_jitters()):
            self.play(FadeOut(self.board.rows[1]), zoom(self.wide, close, self.on_wide, coming))
            self.play(self.single.to(PASSES * count), run_time=5.0)

    def one_line_meets_them_all(self) -> None:
        """Go back, and watch what every single point asks for shrink to nothing."""
        clock, end = self.single.clock, PASSES * self.story.count
        with self.say(
            "Because here one {graph} meets all the points, and at that {graph} nobody pulls.",
            graph=self.graph,
        ):
            self.play(clock.animate.set_value(2 * self.story.count), run_time=1.0)
            asked = pulls(self.close, clock, self.story.rate, end)
            self.play(FadeIn(asked), run_time=0.4)
            self.play(self.single.to(end), run_time=4.0)
            self.remove(asked)
