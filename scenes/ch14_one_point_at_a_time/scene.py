"""The storyboard of chapter 14: steps by single points beside full steps, and then with noise."""

from functools import cached_property

from manim import Circle, Circumscribe, Create, FadeIn, FadeOut, LaggedStart, ReplacementTransform

from scenes.ch14_one_point_at_a_time.losses import PASS_TIME, LossesByPass
from scenes.ch14_one_point_at_a_time.one_point import PointAsked, fan, slopes_within, step_arrow
from scenes.ch14_one_point_at_a_time.story import PASSES, Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.maps import LiveArrow, MapPanel, zoom
from scenes.kit.panels import DataPanel
from scenes.kit.run import Run
from scenes.kit.theme import PALETTE, STROKE
from scenes.kit.wording import whole


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
        self.measure_what_is_left()
        self.pass_after_pass_it_jitters()
        if self.story.exact:
            self.exact_points_let_it_settle()
        self.real_points_are_noisy()
        self.noise_keeps_it_jittering()
        self.a_smaller_rate_makes_a_smaller_cloud()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's points, one at a time."""
        return Story(self.loss, self.convergence, self.graph)

    def lay_out(self) -> None:
        """The map on the left, the points on the right, under them the formulas or the losses."""
        story, theory = self.story, self.convergence
        self.full = Run(story.full, PALETTE.muted)
        self.single, self.noisy, self.calm = (
            Run(descent, PALETTE.parameters, STROKE.contour)
            for descent in (story.single, story.noisy, story.calm)
        )
        left, right = STAGE.columns(1, 1.1, gap=0.5)
        top, self.bottom = right.rows(1, 1, gap=0.3)
        self.wide = MapPanel(left, self.loss, theory, story.first_pass, margin=0.1)
        self.close = MapPanel(left, self.loss, theory, story.later, margin=0.05)
        shaken = story.noisy_loss, story.noisy_theory
        self.noisy_map = MapPanel(left, *shaken, story.later, margin=0.05)
        self.data_panel = DataPanel(top, story.noisy_loss, story.lines)
        self.dots = self.data_panel.dots_at(story.points)
        self.present = self.single
        self.line = self.data_panel.line(lambda: self.present.clock.parameters)
        self.add(*(run.clock for run in (self.full, self.single, self.noisy, self.calm)))

    def each_point_has_its_own_gradient(self) -> None:
        data, map_ = self.data_panel, self.wide
        self.track, self.dot = self.single.on_map(map_)
        self.arrows = fan(map_, self.lesson.start, self.story.rate)
        self.star = map_.minimum()
        self.slopes = slopes_within(self.bottom.rows(1, 1), self.lesson)
        with self.say("The loss is a mean over points, and so is its gradient."):
            self.play(FadeIn(map_.bands, map_, data), Create(map_.rings), run_time=1.2)
            points = LaggedStart(*map(FadeIn, self.dots), lag_ratio=0.03)
            self.play(points, Create(self.line), FadeIn(self.star, self.dot), run_time=1.2)
        with self.say(
            "Each of the {count} points has its own, and would take a step of its own.",
            count=whole(self.story.count),
        ) as said:
            self.play(FadeIn(self.slopes), run_time=0.8)
            said.until("would")
            self.play(LaggedStart(*map(FadeIn, self.arrows), lag_ratio=0.08), run_time=2.2)

    def a_full_step_waits_for_all(self) -> None:
        start, after = self.story.full.parameters[:2]
        self.full_on_map = self.full.on_map(self.wide)
        track, dot = self.full_on_map
        mean = LiveArrow(self.wide, start, after - start, "step")
        with self.say("A full step waits for all of them, takes the mean, and moves once.") as said:
            merged = [mean.copy() for _ in self.arrows]
            self.play(*map(ReplacementTransform, self.arrows, merged), run_time=1.4)
            self.remove(*merged)
            self.add(mean, track)
            self.play(FadeIn(dot), run_time=0.2)
            said.until("moves")
            self.play(self.full.clock.animate.set_value(1), run_time=1.4)
            self.play(FadeOut(mean), run_time=0.4)

    def a_single_point_is_enough_to_move(self) -> None:
        self.point = PointAsked(self.data_panel, self.loss, self.single.clock)
        self.arrow = step_arrow(self.wide, self.single.clock)
        with self.say("Or do not wait: look at one point, and take its step at once.") as said:
            self.point.take_turns(self.dots)
            self.add(self.track)
            self.play(FadeIn(self.point, self.arrow), run_time=0.8)
            said.until("take")
            for step in range(1, 5):
                self.play(self.single.to(step), run_time=0.8)

    def one_pass_asks_every_point(self) -> None:
        with self.say("Then the next point, and the next, until each has had its turn: one pass."):
            self.play(self.single.to(self.story.count), run_time=5.5)

    def the_same_work_went_further(self) -> None:
        with self.say(self.story.the_same_work()):
            self.play(FadeOut(self.point, self.arrow), run_time=0.6)
            for dot in (self.dot, self.full_on_map[1]):
                self.play(Circumscribe(dot, Circle, color=PALETTE.ink, buff=0.1), run_time=1.6)

    def measure_what_is_left(self) -> None:
        wide, close = self.wide, self.close
        runs = self.full, self.single, self.noisy, self.calm
        self.losses = LossesByPass(self.bottom, self.story, *runs)
        (full, full_head), (single, head) = self.losses.full, self.losses.single
        leaving = wide.bands, wide.rings, self.star, *self.full_on_map, self.track, self.dot
        self.star, (self.track, self.dot) = close.minimum(), self.single.on_map(close)
        coming = close.bands, close.rings, self.star.set_z_index(1), self.track, self.dot
        with self.say("Come closer, and measure how far the loss lies above its minimum."):
            self.play(FadeOut(self.slopes), run_time=0.4)
            self.play(FadeIn(self.losses, full_head, head), run_time=0.8)
            self.add(full, single)
            self.play(zoom(wide, close, leaving, coming))

    def pass_after_pass_it_jitters(self) -> None:
        full, single, count = self.full, self.single, self.story.count
        # The smooth path comes onto this map only later than the jittering one.
        entry = min(PASSES, max(2.0, self.close.entry(full.clock)))
        self.tracks = [self.track]
        with self.say("Pass after pass it jitters, for every point pulls its own way."):
            run_time = PASS_TIME * (entry - 1)
            self.play(full.to(entry), single.to(entry * count), run_time=run_time)
            if entry < PASSES:
                self.tracks += full.on_map(self.close)
                self.add(*self.tracks[1:])
                run_time = PASS_TIME * (PASSES - entry)
                self.play(full.to(PASSES), single.to(PASSES * count), run_time=run_time)

    def exact_points_let_it_settle(self) -> None:
        with self.say(
            "Yet it settles: one {graph} meets all points, and there none pulls.", graph=self.graph
        ):
            self.wait(1)

    def real_points_are_noisy(self) -> None:
        close, noisy, losses = self.close, self.noisy_map, self.losses
        star, (track, dot) = noisy.minimum().set_z_index(1), self.noisy.on_map(noisy)
        jump = [Create(losses.jump(losses.single[0], losses.noisy[0]))] if self.story.exact else []
        with self.say(self.story.noisy_points()):
            shake = ReplacementTransform(self.dots, self.data_panel.dots)
            self.play(shake, FadeOut(*losses.full), *jump, run_time=1.6)
            over = FadeOut(close, close.bands, close.rings, *self.tracks)
            under = FadeIn(noisy, noisy.bands, noisy.rings)
            self.play(over, under, ReplacementTransform(self.star, star), run_time=1.4)
            self.remove(self.dot)
            self.add(track, dot)
        self.track, self.dot, self.present = track, dot, self.noisy

    def noise_keeps_it_jittering(self) -> None:
        curve, head = self.losses.noisy
        with self.say(self.story.a_cloud()):
            self.add(curve, head, self.losses.label(self.story.goes_on, curve))
            self.play(self.noisy.to(PASSES * self.story.count), run_time=7.0)

    def a_smaller_rate_makes_a_smaller_cloud(self) -> None:
        (curve, head), self.present = self.losses.calm, self.calm
        on_map, label = self.calm.on_map(self.noisy_map), self.losses.label("lower rate", curve)
        with self.say(self.story.a_smaller_cloud()):
            self.add(*on_map, curve, head, label)
            self.remove(self.dot)
            self.play(self.track.animate.set_stroke(PALETTE.scaffold, opacity=0.6), run_time=0.8)
            self.play(self.calm.to(PASSES * self.story.count), run_time=6.0)
