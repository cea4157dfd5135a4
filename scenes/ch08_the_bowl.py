"""The bowl: the loss is a surface, the path lies on it, and the gradient lies in the map below."""

import numpy as np
from manim import Create, FadeIn, FadeOut, Succession, ValueTracker, VGroup, Write
from numpy.typing import NDArray

from gdmath.landscape import levels
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock, evenly
from scenes.kit.depth.bowl import Bowl
from scenes.kit.depth.bowl_scales import floor_edge, loss_scale, parameter_scale
from scenes.kit.depth.downhill import Downhill
from scenes.kit.depth.viewpoint import FRONT, TOP, Viewpoint
from scenes.kit.frame import STAGE
from scenes.kit.layout.waiver import allow
from scenes.kit.text import Quantity, height_law, seat
from scenes.kit.text.rule_words import how_it_comes_to_rest, how_it_moves
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording import suited, unicode_name

RINGS, LONG = 5, 6
SIDE, RAISED = -np.pi / 2, np.radians(28)
UNFOLDING, DRIFT = np.radians(-24), np.radians(10)


class TheBowl(Chapter):
    """Two slices, one surface, the map it is from above, and a descent that does not roll."""

    def construct(self) -> None:
        self.title_card()
        self.set_up()
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

    def set_up(self) -> None:
        """A bowl and a viewpoint in front of it; nothing is shown yet."""
        room, self.column = STAGE.columns(4, 1, gap=0.2)
        self.clock = DescentClock(self.trajectory)
        self.viewpoint = Viewpoint(SIDE, FRONT)
        self.bowl = Bowl(
            room, self.loss, self.convergence, self.trajectory.parameters, self.viewpoint
        )
        self.scales = [parameter_scale(self.bowl, index) for index in (0, 1)]
        self.scales.append(loss_scale(self.bowl))
        self.viewpoint.look(self.bowl.view(SIDE, FRONT))
        self.bowl.spread.set_value(0)
        self.names = [unicode_name(symbol) for symbol in self.lesson.parameters]
        self.write = suited(self.trajectory.losses, 2)
        self.first_slope = float(np.hypot(*self.trajectory.gradients[0]))
        told = self.first_slope, float(self.trajectory.losses[0])
        longest = max(len(suited([value], 2)(value)) for value in told)
        self.size = SIZE.equation if longest < LONG else SIZE.label
        self.held = [suited([value], 2)(value) for value in self.convergence.minimum]
        self.slices = [self.bowl.slice_along(index) for index in (0, 1)]

    def at(self) -> NDArray[np.float64]:
        return self.clock.parameters

    def one_parameter_alone(self) -> None:
        first, second = self.names
        edge = floor_edge(self.bowl)
        allow("overlap", edge, self.scales[-1], reason="opening, a corner passes the lowest number")
        with self.say(
            "Hold {first} at {held}, change {second} alone, and the loss draws a curve.",
            first=first,
            held=self.held[0],
            second=second,
        ):
            self.play(FadeIn(edge, *self.scales), run_time=1.0)
            self.trace(1)

    def the_other_alone(self) -> None:
        first, second = self.names
        with self.say(
            "A quarter turn: now {second} is held, at {held}, and {first} draws another.",
            second=second,
            held=self.held[1],
            first=first,
        ):
            self.play(self.bowl.seen_from(0, FRONT))
            self.trace(0)

    def trace(self, index: int) -> None:
        """A dot runs through the values of one parameter and draws the slice of the loss."""
        low, high = self.bowl.places_along(index)[[0, -1], index]
        knob = ValueTracker(low)

        def place() -> NDArray[np.float64]:
            place = self.convergence.minimum.copy()
            place[index] = knob.get_value()
            return place

        dot, drop = self.bowl.dot(place), self.bowl.drop(place)
        self.play(FadeIn(drop, dot), run_time=0.4)
        self.play(
            Create(self.slices[index]),
            knob.animate.set_value(high),
            run_time=2.2,
            rate_func=evenly,
        )
        self.play(FadeOut(drop, dot), run_time=0.4)

    def slices_join_into_a_surface(self) -> None:
        with self.say(
            "Both are slices of one thing: with one for every {second}, they make a surface.",
            second=self.names[1],
        ):
            self.play(self.bowl.seen_from(UNFOLDING, RAISED))
            self.surface = self.bowl.surface()
            self.add(self.surface, *self.slices)
            self.play(self.bowl.spread.animate.set_value(1), run_time=3.0, rate_func=evenly)

    def rings_lie_level(self) -> None:
        heights = levels(float(self.trajectory.losses[0]), self.convergence.minimum_loss, RINGS)
        self.rings, self.shadows = self.bowl.rings(heights), self.bowl.rings_on_map(heights)
        allow("contrast", self.rings, self.shadows, reason="each recedes in turn behind the other")
        with self.say(
            "Its height z is the loss. Where the loss is the same, a ring lies level on it."
        ):
            law = seat(height_law(self.lesson.parameters, self.column.width), self.seat(0))
            self.play(FadeOut(*self.slices), Write(law), run_time=1.2)
            self.play(Succession(*(Create(ring, run_time=0.65) for ring in self.rings)))
            self.add(self.rings)

    def seat(self, row: int) -> NDArray[np.float64]:
        return np.array([self.column.left, self.column.top - 0.9 - 0.85 * row, 0])

    def from_above_it_is_the_map(self) -> None:
        with self.say("From straight above there is no height to see: what is left is the map."):
            self.play(self.bowl.seen_from(0, TOP))

    def height_is_the_loss(self) -> None:
        bowl, losses = self.bowl, self.trajectory.losses
        self.on_surface = VGroup(bowl.drop(self.at), bowl.dot_on_map(self.at), bowl.dot(self.at))
        reading = Quantity(
            "z",
            lambda: self.write(float(self.loss.value(self.at()))),
            self.seat(1),
            self.size,
            PALETTE.loss,
            "loss",
        )
        with self.say(
            "Tilt it, and the start rises from its place on the map up to its loss, z = {loss}.",
            loss=self.write(losses[0]),
        ):
            self.play(FadeIn(self.on_surface, self.shadows), run_time=0.6)
            self.play(bowl.seen_from(self.facing(), RAISED))
            self.play(FadeIn(reading), run_time=0.6)

    def facing(self) -> float:
        """The nearer azimuth that has the slope at the start to one side and a little behind."""
        first, second = self.trajectory.gradients[0]
        sides = np.radians([165, 15]) - np.arctan2(second, first)
        turns = (sides + np.pi) % (2 * np.pi) - np.pi
        return self.bowl.clear_azimuth(float(turns[np.argmin(np.abs(turns))]), RAISED, DRIFT)

    def the_gradient_lies_in_the_map(self) -> None:
        first, second = self.names
        self.downhill = Downhill(self.bowl, self.trajectory, self.at)
        arrow = self.downhill.arrow()
        allow("contrast", arrow, reason="shadows of rings pass beneath it")
        allow("contrast", self.on_surface[1], reason="the arrow on which it lies starts from it")
        self.add(arrow, self.on_surface)
        with self.say(
            "Minus the gradient has a part for {first} and a part for {second}, but none "
            "upwards: it lies in the map.",
            first=first,
            second=second,
        ):
            self.show_through(surface=0.3, rings=0.35, shadows=0.8)
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
        write = suited([self.first_slope], 2)
        self.tangent = self.downhill.tangent()
        allow(
            "contrast",
            self.tangent,
            self.on_surface[0],
            reason="in a steep valley the tangent runs down close beside the drop",
        )
        self.slope = Quantity(
            "norm(nabla L)",
            lambda: write(float(np.hypot(*self.downhill.slope()))),
            self.seat(2),
            self.size,
            PALETTE.gradient,
            "length of the gradient",
        )
        with self.say(
            "Raised to the surface it is the slope: {slope} of loss down for each unit "
            "along the map.",
            slope=write(self.first_slope),
        ):
            self.add(self.tangent, self.on_surface)
            self.play(self.downhill.raised.animate.set_value(1), run_time=2.0)
            self.play(FadeIn(self.slope), run_time=0.6)

    def nothing_rolls(self) -> None:
        paths = VGroup(self.bowl.path_on_map(self.clock), self.bowl.path(self.clock))
        with self.say(
            "{moves}. Stop stepping, even on the open slope, and the dot stays where it is.",
            moves=how_it_moves(self.lesson.rule),
        ):
            self.play(FadeOut(self.tangent), run_time=0.5)
            self.show_through(surface=1, rings=1, shadows=0.3)
            self.add(paths, self.on_surface)
            self.play(
                self.clock.animate.set_value(self.downhill.stop), run_time=2.5, rate_func=evenly
            )

    def steps_die_with_the_slope(self) -> None:
        azimuth, elevation, *_ = self.viewpoint.state
        with self.say(how_it_comes_to_rest(self.lesson.rule, self.trajectory, self.convergence)):
            rest = self.clock.animate.set_value(self.trajectory.steps)
            turn = self.bowl.seen_from(azimuth + DRIFT, elevation)
            self.play(rest, turn, run_time=5.5, rate_func=evenly)
