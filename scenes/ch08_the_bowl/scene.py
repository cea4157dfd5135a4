"""The storyboard of chapter 8: the map is tilted, and it is a bowl with the descent on its wall."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from manim import Create, FadeIn, FadeOut, GrowArrow, ValueTracker, VGroup, VMobject

from scenes.ch08_the_bowl.depth.bowl import Bowl, Ring
from scenes.ch08_the_bowl.depth.surface import Surface
from scenes.ch08_the_bowl.depth.viewpoint import CLEAR, DIM, DRIFT, RAISED, SKEW
from scenes.ch08_the_bowl.readings import Readings
from scenes.ch08_the_bowl.story import Story
from scenes.ch08_the_bowl.tangent import Tangent
from scenes.ch08_the_bowl.walk import Walk
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, evenly
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.updaters import Parameters


class TheBowl(Chapter):
    """The map is tilted, curves join into a bowl, and the descent runs down its wall."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(*self.opening())
        self.how_deep_is_it()
        self.walk_across()
        self.walk_the_other_way()
        self.all_curves_are_a_bowl()
        self.rings_are_level_lines()
        self.the_guess_is_up_on_the_wall()
        self.the_gradient_lies_in_the_map()
        self.it_is_the_slope()
        self.the_whole_descent()
        self.nothing_rolls()
        self.why_does_it_creep()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's bowl."""
        return Story(self.lesson, self.trajectory, self.convergence)

    def lay_out(self) -> None:
        """The map of the whole bowl, seen from above, and what comes to stand on it."""
        _, column = STAGE.columns(5, 1, gap=0.2)
        self.clock, self.risen = DescentClock(self.trajectory), ValueTracker(0.0)
        bowl = self.bowl = Bowl(STAGE, self.loss, self.convergence, self.trajectory.parameters)
        self.star = bowl.minimum()
        self.shadow = bowl.path(DescentClock(self.trajectory, self.trajectory.steps))
        allow("contrast", self.shadow, reason="it recedes when the descent has risen from it")
        self.drop = bowl.drop(self.at, self.risen.get_value)
        self.dot = bowl.dot(self.at, risen=self.risen.get_value)
        self.readings = Readings(column, self.story)
        self.tangent = Tangent(bowl, self.trajectory, self.story.write_slope)

    def at(self) -> Parameters:
        """Where the descent is by the clock, shape (2,)."""
        return self.clock.parameters

    def opening(self) -> tuple[FadeIn, ...]:
        """The map comes, with all that is known of it."""
        bowl = self.bowl
        return FadeIn(bowl.bands), FadeIn(bowl), FadeIn(*bowl.rings), FadeIn(self.star)

    def how_deep_is_it(self) -> None:
        bowl = self.bowl
        with self.say(self.story.the_map()) as said:
            self.play(Create(self.shadow), run_time=1.4)
            said.until("How")
            self.play(FadeOut(bowl), run_time=0.4)
            self.play(bowl.viewpoint.turn(SKEW, RAISED), bowl.light.animate.set_value(DIM))

    def walk_across(self) -> None:
        with self.say(self.story.across()) as said:
            self.slices = VGroup(self.walk(self.story.order[0], lambda: said.until("loss")))

    def walk_the_other_way(self) -> None:
        with self.say(self.story.the_other_way()) as said:
            said.ends_paragraph()
            self.slices.add(self.walk(self.story.order[1], lambda: said.until("draws")))

    def walk(self, index: int, until: Callable[[], None]) -> VMobject:
        """Someone walks across the map along a parameter, and a curve is drawn above."""
        walk, along = Walk(self.bowl, index), ValueTracker(0.0)
        way, curve = walk.way(), walk.curve()
        allow("overlap", self.bowl.rings, way, reason="beyond the rim a ring may go on")
        drop = self.bowl.drop(lambda: walk.at(along.get_value()))
        self.play(Create(way[0]), FadeIn(way[1]), run_time=0.8)
        until()
        self.add(drop)
        walks = along.animate.set_value(1.0)
        self.play(Create(curve), walks, run_time=2.2, rate_func=evenly)
        self.play(FadeOut(drop, way), run_time=0.4)
        return curve

    def all_curves_are_a_bowl(self) -> None:
        self.surface = Surface(self.bowl, np.eye(2)[self.story.order[0]])
        with self.say(self.story.all_ways()):
            self.add(self.surface, self.slices)
            self.play(self.surface.spread.animate.set_value(1.0), run_time=3.5, rate_func=evenly)
            self.play(
                FadeOut(self.slices),
                self.shadow.animate.set_stroke(opacity=DIM),
                run_time=0.5,
            )

    def rings_are_level_lines(self) -> None:
        with self.say(self.story.rings()):
            for ring in self.bowl.rings:
                assert isinstance(ring, Ring)
                self.add(ring)
                self.play(ring.risen.animate.set_value(1.0), run_time=0.6)

    def the_guess_is_up_on_the_wall(self) -> None:
        bowl = self.bowl
        height = self.readings.height(lambda: float(self.loss.value(self.at())))
        azimuth = bowl.facing(self.trajectory.parameters[0])
        with self.say(self.story.the_guess()) as said:
            self.play(bowl.viewpoint.turn(azimuth, RAISED))
            said.until("here")
            self.add(self.drop)
            self.play(FadeIn(self.dot), run_time=0.4)
            self.play(self.risen.animate.set_value(1.0), run_time=1.2)
            self.play(FadeIn(height), run_time=0.5)

    def the_gradient_lies_in_the_map(self) -> None:
        self.arrow = self.tangent.arrow()
        with self.say(self.story.no_upward_part()) as said:
            self.play(self.surface.opacity.animate.set_value(CLEAR), run_time=0.8)
            said.until("lies")
            self.play(GrowArrow(self.arrow), run_time=1.2)

    def it_is_the_slope(self) -> None:
        triangle = self.triangle = self.tangent.triangle()
        labels = self.labels = self.tangent.labels(triangle)
        allow(
            "overlap",
            self.surface,
            self.bowl.rings,
            labels,
            reason="they stand before a bowl that is clear",
        )
        slope = self.readings.slope(lambda: self.tangent.slope)
        with self.say(self.story.fall(self.tangent.run)) as said:
            self.play(Create(triangle[0]), FadeIn(labels[0]), run_time=0.8)
            said.until("falls")
            self.play(Create(triangle[1]), FadeIn(labels[1]), run_time=0.8)
            self.play(Create(triangle[2]), FadeIn(slope), run_time=0.8)
        self.slope = slope

    def the_whole_descent(self) -> None:
        self.path = self.bowl.path(self.clock, 1.0)
        with self.say(self.story.from_the_side()):
            self.play(
                FadeOut(self.arrow, self.triangle, self.labels, self.slope),
                self.surface.opacity.animate.set_value(1.0),
                run_time=0.8,
            )
            self.add(self.path, self.dot)
            self.run_to(self.trajectory.steps, 4.0)

    def nothing_rolls(self) -> None:
        azimuth, elevation = self.bowl.viewpoint.state
        with self.say(self.story.nothing_rolls()) as said:
            said.ends_paragraph()
            self.run_to(self.story.stop, 1.5)
            said.until("Stop")
            self.play(self.bowl.viewpoint.turn(azimuth + DRIFT, elevation, run_time=4.0))

    def why_does_it_creep(self) -> None:
        with self.say(self.story.why_does_it_creep()):
            self.run_to(self.trajectory.steps, 6.0)

    def run_to(self, step: int, run_time: float) -> None:
        """Let the clock run to ``step``."""
        self.play(self.clock.animate.set_value(step), run_time=run_time, rate_func=evenly)
