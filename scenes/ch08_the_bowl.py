"""The bowl: the loss is a surface over the parameters; the path lies on it, and the gradient lies in the map below."""

import numpy as np
from manim import DOWN, LEFT, Create, FadeIn, FadeOut, LaggedStart, Write
from numpy.typing import NDArray

from gdmath.landscape import levels
from scenes.kit.bowl import Bowl
from scenes.kit.bowl_scales import floor_edge, loss_scale, parameter_scale
from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE, Region
from scenes.kit.numbers import fixed
from scenes.kit.quantity import Quantity
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.typeset import maths
from scenes.kit.viewpoint import FRONT, TOP, Viewpoint, evenly

RINGS = 5
RAISED = np.radians(30)
ARROW_SHARE = 0.75
STOP_SHARE = 0.35


class TheBowl(Chapter):
    """Two slices, one surface, the map it is seen as from above, and a descent that does not roll."""

    def construct(self) -> None:
        self.title_card()
        self.set_up()
        self.one_parameter_alone()
        self.the_other_alone()
        self.slices_join_into_a_surface()
        self.rings_lie_level()
        self.from_above_it_is_the_map()
        self.height_is_the_loss()
        self.gradient_lies_in_the_map()
        self.its_lift_is_the_slope()
        self.nothing_rolls()
        self.steps_die_with_the_slope()
        self.hold()

    def set_up(self) -> None:
        """Make the bowl and all that stands on it; nothing is shown yet."""
        stage, self.column = STAGE.columns(2.6, 1, gap=0.3)
        room = Region(stage.left + 0.9, stage.bottom + 0.85, stage.right - 0.3, stage.top - 0.1)
        self.clock = DescentClock(self.trajectory)
        self.viewpoint = Viewpoint(-np.pi / 2, FRONT)
        self.bowl = Bowl(
            room, self.loss, self.convergence, self.trajectory.parameters, self.viewpoint
        )
        self.bowl.spread.set_value(0)
        self.names = [str(symbol) for symbol in self.lesson.parameters]
        self.slices = [self.bowl.slice(0), self.bowl.slice(1)]

    def at(self) -> NDArray[np.float64]:
        """Where the descent is."""
        return self.clock.parameters

    def downhill(self) -> NDArray[np.float64]:
        """An arrow against the gradient, of such a length that the first one's tangent stays above the floor."""
        gradient = self.trajectory.gradients[0]
        drop = ARROW_SHARE * (self.trajectory.losses[0] - self.convergence.minimum_loss)
        return -self.loss.gradient(self.at()) * drop / (gradient @ gradient)

    def one_parameter_alone(self) -> None:
        """Hold the first parameter: the loss is a curve over the second."""
        first, second = self.names
        held = fixed(self.convergence.minimum[0])
        bowl = self.bowl
        self.frame_lines = [
            floor_edge(bowl),
            *(parameter_scale(bowl, k) for k in (0, 1)),
            loss_scale(bowl),
        ]
        with self.say(f"Hold {first} at {held} and change {second} alone: the loss draws a curve."):
            self.play(FadeIn(*self.frame_lines), run_time=1.0)
            self.play(Create(self.slices[1]), run_time=2.5)

    def the_other_alone(self) -> None:
        """Turn by a quarter: the loss over the first parameter, the second held."""
        first, second = self.names
        held = fixed(self.convergence.minimum[1])
        with self.say(
            f"A quarter turn, and {second} is held, at {held}: another curve, over {first}."
        ):
            self.play(self.viewpoint.turn(azimuth=0))
            self.play(Create(self.slices[0]), run_time=1.8)

    def slices_join_into_a_surface(self) -> None:
        """All the slices together are the surface."""
        first, second = self.names
        self.height_law = maths("z = L(a, b)", SIZE.equation)
        with self.say(
            f"Both are slices of one surface: over every ({first}, {second}), as high as the loss there."
        ):
            self.play(self.viewpoint.turn(azimuth=np.radians(-24), elevation=RAISED))
            surface = self.bowl.surface()
            self.add(surface, *self.slices)
            self.play(self.bowl.spread.animate.set_value(1), run_time=3.0)
            self.play(Write(self.height_law), run_time=1)

    def rings_lie_level(self) -> None:
        """A ring joins the places of equal loss, so it lies level."""
        heights = levels(float(self.trajectory.losses[0]), self.convergence.minimum_loss, RINGS)
        self.rings = [self.bowl.ring(level) for level in heights]
        with self.say(
            "Where the loss is the same, the surface is level: each ring lies at its own height."
        ):
            self.play(*(FadeOut(s) for s in self.slices), run_time=0.8)
            self.play(
                LaggedStart(*(Create(ring) for ring in self.rings), lag_ratio=0.4), run_time=3.5
            )

    def from_above_it_is_the_map(self) -> None:
        """Seen from straight above, the surface is the map."""
        with self.say("From straight above the heights are gone, and what is left is the map."):
            self.play(self.viewpoint.turn(azimuth=0, elevation=TOP))

    def height_is_the_loss(self) -> None:
        """The start rises from the map to its loss."""
        bowl = self.bowl
        start = fixed(self.trajectory.losses[0])
        dot, shadow, drop = bowl.dot(self.at), bowl.shadow(self.at), bowl.drop(self.at)
        with self.say(
            f"Tilt it, and the start rises off its place on the map, up to its loss: z = {start}."
        ):
            self.play(FadeIn(drop, shadow, dot), run_time=0.6)
            self.play(self.viewpoint.turn(azimuth=self.facing(), elevation=RAISED))
        self.dot = dot

    def facing(self) -> float:
        """The azimuth that shows the start at a side and a little behind, the nearer of the two sides."""
        across, along = self.trajectory.parameters[0] - self.convergence.minimum
        angle = np.arctan2(along, across)
        sides = np.radians([165, 15]) - angle
        turns = (sides + np.pi) % (2 * np.pi) - np.pi
        return float(turns[np.argmin(np.abs(turns))])

    def gradient_lies_in_the_map(self) -> None:
        """The gradient has two parts: it is an arrow in the map."""
        first, second = self.names
        arrow = self.bowl.arrow(self.at, self.downhill)
        with self.say(
            f"The gradient has a part for {first} and one for {second}, none for z: it lies in the map."
        ):
            self.play(FadeIn(arrow))
        self.arrow = arrow

    def its_lift_is_the_slope(self) -> None:
        """Lifted onto the surface, the arrow is the slope."""
        slope = float(np.hypot(*self.trajectory.gradients[0]))
        lift = self.bowl.slope(self.at, self.downhill)
        with self.say(
            f"Lifted to the surface it shows the slope: {fixed(slope)} down for every unit along the map."
        ):
            self.play(FadeIn(lift))
        self.play(FadeOut(lift))

    def nothing_rolls(self) -> None:
        """Stop counting and the dot stays: there is no inertia."""
        losses = self.trajectory.losses
        pause = int(np.argmax(losses <= STOP_SHARE * losses[0]))
        path, shade = self.bowl.path(self.clock), self.bowl.path(self.clock, floor=True)
        self.add(shade, path, self.dot)
        with self.say(
            "Nothing rolls here: stop stepping, and the dot stays where it is, on the open slope."
        ):
            self.play(self.clock.animate.set_value(pause), run_time=3, rate_func=evenly)

    def steps_die_with_the_slope(self) -> None:
        """As the gradient vanishes, the steps do."""
        with self.say(
            "Each step asks only for the slope beneath it; as that vanishes, the dot comes to rest."
        ):
            self.play(self.clock.animate.set_value(self.trajectory.steps), run_time=5)
