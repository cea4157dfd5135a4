"""The storyboard of chapter 8: two slices, one surface, and a descent that does not roll."""

from functools import cached_property

import numpy as np
from manim import Create, FadeIn, FadeOut, Succession, ValueTracker, VGroup, Write

from scenes.ch08_the_bowl.depth.bowl import Bowl
from scenes.ch08_the_bowl.depth.bowl_axes import floor_edge, loss_scale, parameter_scale
from scenes.ch08_the_bowl.depth.downhill import Downhill
from scenes.ch08_the_bowl.depth.viewpoint import (
    DRIFT,
    FRONT,
    RAISED,
    SIDE,
    TOP,
    UNFOLDING,
    Viewpoint,
)
from scenes.ch08_the_bowl.readings import Readings
from scenes.ch08_the_bowl.story import Story
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, evenly
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.updaters import Parameters


class TheBowl(Chapter):
    """Two slices, one surface, the map it is from above, and a descent that does not roll."""

    def construct(self) -> None:
        self.title_card()
        self.lay_out()
        self.one_parameter_alone()
        self.the_other_alone()
        self.slices_join_into_a_surface()
        self.rings_lie_level()
        self.from_above_it_is_the_map()
        self.height_is_the_loss()
        self.the_gradient_lies_in_the_map()
        self.raised_it_is_the_slope()
        self.nothing_rolls()
        self.steps_die_with_the_slope()
        self.hold()

    @cached_property
    def story(self) -> Story:
        """What there is to tell of this lesson's bowl."""
        return Story(self.lesson, self.trajectory, self.convergence)

    def lay_out(self) -> None:
        """A bowl and a viewpoint in front of it; nothing is shown yet."""
        room, column = STAGE.columns(4, 1, gap=0.2)
        self.clock = DescentClock(self.trajectory)
        self.viewpoint = Viewpoint(SIDE, FRONT)
        seen = self.trajectory.parameters
        self.bowl = Bowl(room, self.loss, self.convergence, seen, self.viewpoint)
        self.scales = [parameter_scale(self.bowl, index) for index in (0, 1)]
        self.scales.append(loss_scale(self.bowl))
        self.viewpoint.look(self.bowl.view(SIDE, FRONT))
        self.bowl.spread.set_value(0)
        self.slices = [self.bowl.slice_along(index) for index in (0, 1)]
        self.downhill = Downhill(self.bowl, self.trajectory, self.at)
        self.readings = Readings(column, self.story)

    def at(self) -> Parameters:
        """Where the descent is by the clock, shape (2,)."""
        return self.clock.parameters

    def one_parameter_alone(self) -> None:
        edge = floor_edge(self.bowl)
        allow("overlap", edge, self.scales[-1], reason="opening, a corner passes the lowest number")
        with self.say(self.story.one_alone()):
            self.play(FadeIn(edge, *self.scales), run_time=1.0)
            self.trace(1)

    def the_other_alone(self) -> None:
        with self.say(self.story.the_other_alone()):
            self.play(self.bowl.seen_from(0, FRONT))
            self.trace(0)

    def trace(self, index: int) -> None:
        """A dot runs through the values of one parameter and draws the slice of the loss."""
        low, high = self.bowl.places_along(index)[[0, -1], index]
        knob = ValueTracker(low)

        def place() -> Parameters:
            place = self.convergence.minimum.copy()
            place[index] = knob.get_value()
            return place

        dot, drop = self.bowl.dot(place), self.bowl.drop(place)
        self.play(FadeIn(drop, dot), run_time=0.4)
        draws, runs = Create(self.slices[index]), knob.animate.set_value(high)
        self.play(draws, runs, run_time=2.2, rate_func=evenly)
        self.play(FadeOut(drop, dot), run_time=0.4)

    def slices_join_into_a_surface(self) -> None:
        with self.say(self.story.a_surface()) as said:
            self.play(self.bowl.seen_from(UNFOLDING, RAISED))
            said.until("with one")
            self.surface = self.bowl.surface()
            self.add(self.surface, *self.slices)
            self.play(self.bowl.spread.animate.set_value(1), run_time=3.0, rate_func=evenly)

    def rings_lie_level(self) -> None:
        heights = self.story.heights
        self.rings, self.shadows = self.bowl.rings(heights), self.bowl.rings_on_map(heights)
        allow("contrast", self.rings, self.shadows, reason="each recedes in turn behind the other")
        with self.say(
            "Its height z is the loss. Where the loss is the same, a ring lies level on it."
        ) as said:
            self.play(FadeOut(*self.slices), Write(self.readings.law()), run_time=1.2)
            said.until("ring")
            self.play(Succession(*(Create(ring, run_time=0.65) for ring in self.rings)))
            self.add(self.rings)

    def from_above_it_is_the_map(self) -> None:
        with self.say("From straight above there is no height to see: what is left is the map."):
            self.play(self.bowl.seen_from(0, TOP))

    def height_is_the_loss(self) -> None:
        bowl = self.bowl
        self.on_surface = VGroup(bowl.drop(self.at), bowl.dot_on_map(self.at), bowl.dot(self.at))
        height = self.readings.height(lambda: float(self.loss.value(self.at())))
        azimuth = bowl.clear_azimuth(self.story.azimuth, RAISED, DRIFT)
        with self.say(self.story.the_start_rises()) as said:
            self.play(FadeIn(self.on_surface, self.shadows), run_time=0.6)
            self.play(bowl.seen_from(azimuth, RAISED))
            said.until("loss")
            self.play(FadeIn(height), run_time=0.6)

    def the_gradient_lies_in_the_map(self) -> None:
        arrow = self.downhill.arrow()
        allow("contrast", arrow, reason="shadows of rings pass beneath it")
        allow("contrast", self.on_surface[1], reason="the arrow on which it lies starts from it")
        self.add(arrow, self.on_surface)
        with self.say(self.story.in_the_map()) as said:
            self.show_through(surface=0.3, rings=0.35, shadows=0.8)
            said.until("a part")
            self.play(self.downhill.grown.animate.set_value(1), run_time=1.5)

    def show_through(self, surface: float, rings: float, shadows: float) -> None:
        """Let the surface be clear or solid, with its rings and their shadows on the map."""
        self.play(
            self.surface.opacity.animate.set_value(surface),
            self.rings.animate.set_stroke(opacity=rings),
            self.shadows.animate.set_stroke(opacity=shadows),
            run_time=1.0,
        )

    def raised_it_is_the_slope(self) -> None:
        self.tangent = self.downhill.tangent()
        beside = "in a steep valley the tangent runs down close beside the drop"
        allow("contrast", self.tangent, self.on_surface[0], reason=beside)
        slope = self.readings.slope(lambda: float(np.hypot(*self.downhill.slope())))
        with self.say(self.story.raised()):
            self.add(self.tangent, self.on_surface)
            self.play(self.downhill.raised.animate.set_value(1), run_time=2.0)
            self.play(FadeIn(slope), run_time=0.6)

    def nothing_rolls(self) -> None:
        paths = VGroup(self.bowl.path_on_map(self.clock), self.bowl.path(self.clock))
        with self.say(self.story.nothing_rolls()):
            self.play(FadeOut(self.tangent), run_time=0.5)
            self.show_through(surface=1, rings=1, shadows=0.3)
            self.add(paths, self.on_surface)
            goes_on = self.clock.animate.set_value(self.downhill.stop)
            self.play(goes_on, run_time=2.5, rate_func=evenly)

    def steps_die_with_the_slope(self) -> None:
        azimuth, elevation, *_ = self.viewpoint.state
        with self.say(self.story.comes_to_rest()):
            rest = self.clock.animate.set_value(self.trajectory.steps)
            turn = self.bowl.seen_from(azimuth + DRIFT, elevation)
            self.play(rest, turn, run_time=5.5, rate_func=evenly)
