"""The storyboard of chapter 4: a second point measures the slope, until rounding spoils it."""

from functools import cached_property

from manim import DOWN, LEFT, UP, Create, FadeIn, FadeOut, GrowFromCenter, ValueTracker

from scenes.ch04_slope_by_nudging.error_panel import ErrorPanel
from scenes.ch04_slope_by_nudging.readings import readings
from scenes.ch04_slope_by_nudging.slice_panel import SlicePanel
from scenes.ch04_slope_by_nudging.story import INDEX, Story
from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.theme import PALETTE
from scenes.kit.wording import power_of_ten


class SlopeByNudging(Chapter):
    """One parameter is held, the other nudged, by as little as a computer can."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.hold_one_parameter_and_move_the_other()
        self.a_second_point_is_joined()
        self.rise_over_run_is_a_slope()
        self.the_line_turns_as_the_nudge_shrinks()
        self.what_is_left_is_half_the_curvature()
        self.is_smaller_always_better()
        self.only_down_to_some_power_of_ten()
        self.below_that_it_is_rounding()
        self.nudge_both_ways()
        self.what_a_nudge_is_good_for()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's slope."""
        return Story(self.loss, float(self.convergence.minimum[INDEX]))

    def lay_out(self) -> None:
        """Put a slice of the loss on the left, numbers below, and leave room for the errors."""
        panels, strip = STAGE.rows(4.6, 1.05, gap=0.15)
        left, self.right = panels.columns(1, 1, gap=0.7)
        self.nudge = ValueTracker(self.story.wide)
        self.panel = SlicePanel(left, self.loss, INDEX, self.lesson.start, *self.story.reach)
        self.h, self.quotient, self.slope = readings(strip, self.story, self.nudge.get_value)

    def hold_one_parameter_and_move_the_other(self) -> None:
        moved, held = self.parameter_names
        at = self.story.at
        with self.say(
            "Hold {held} still and move {moved} alone: the loss becomes a curve.",
            held=held,
            moved=moved,
        ) as said:
            self.play(FadeIn(self.panel), run_time=0.8)
            said.until("becomes")
            self.play(Create(self.panel.curve()), run_time=1.6)
            self.play(GrowFromCenter(self.panel.dot(lambda: at)), run_time=0.6)

    def a_second_point_is_joined(self) -> None:
        at, nudge = self.story.at, self.nudge.get_value
        self.second = self.panel.dot(lambda: at + nudge())
        with self.say(
            "How steep is it here? Take a second point, h further on, and join the two."
        ) as said:
            said.until("second")
            self.play(FadeIn(self.h), GrowFromCenter(self.second), run_time=0.8)
            said.until("join")
            self.play(Create(self.panel.secant(at, nudge)), run_time=1.2)

    def rise_over_run_is_a_slope(self) -> None:
        story = self.story
        self.legs = self.panel.legs(story.at, self.nudge.get_value)
        with self.say("Rise over run: {slope}.", slope=story.written(story.quotient(story.wide))):
            self.play(Create(self.legs), FadeIn(self.quotient), run_time=1.2)

    def the_line_turns_as_the_nudge_shrinks(self) -> None:
        with self.say(
            "Now let h shrink. The line turns and settles on the tangent, whose slope is exact."
        ) as said:
            self.play(self.nudge.animate.set_value(self.story.narrow), run_time=4.0)
            said.until("tangent")
            tangent = self.panel.tangent(self.story.at)
            self.play(Create(tangent), FadeIn(self.slope), run_time=1.0)

    def what_is_left_is_half_the_curvature(self) -> None:
        with self.say(self.story.what_is_left()):
            self.play(self.nudge.animate.set_value(self.story.wide), run_time=1.6)
            self.play(self.nudge.animate.set_value(self.story.narrow), run_time=1.6)

    def is_smaller_always_better(self) -> None:
        self.errors = ErrorPanel(self.right, self.loss, INDEX, self.lesson.start)
        forward = self.errors.curve("forward")
        with self.say("So is a smaller h always better? Let us measure the error as h shrinks."):
            self.play(FadeIn(self.errors), run_time=0.8)
            self.play(Create(forward), run_time=3.0)
            self.play(FadeIn(self.errors.label("forward", "one way", UP)), run_time=0.4)

    def only_down_to_some_power_of_ten(self) -> None:
        best, _ = self.errors.best("forward")
        with self.say(
            "Only down to about {best}. Below that, the two losses agree in almost all digits.",
            best=power_of_ten(best),
        ):
            self.wait(1)

    def below_that_it_is_rounding(self) -> None:
        with self.say(
            "Their difference is mostly rounding, and dividing by a tiny h magnifies it."
        ):
            self.wait(1)

    def nudge_both_ways(self) -> None:
        best, error = self.errors.best("central")
        central = self.errors.curve("central", PALETTE.parameters)
        with self.say(
            "Nudge both ways and average: at h = {best} the error is {error}.",
            best=power_of_ten(best),
            error=power_of_ten(error),
        ):
            self.play(Create(central), run_time=2.6)
            both = self.errors.label("central", "both ways", DOWN + LEFT, PALETTE.parameters)
            self.play(FadeIn(both), run_time=0.4)

    def what_a_nudge_is_good_for(self) -> None:
        with self.say(
            "Nudging is how one checks a slope. To know it exactly, differentiate the loss."
        ):
            self.play(FadeOut(self.legs, self.second), run_time=0.8)
