"""Hops of a descent on a round map: one that leaves it, and one that is as an arrow."""

import numpy as np
from manim import Arrow, ValueTracker, VGroup
from numpy.typing import ArrayLike, NDArray

from gdmath import FloatArray
from scenes.ch11_fix_the_bowl.number_columns import found_in_z, mapped_to_x
from scenes.ch11_fix_the_bowl.story import MARGIN, Story
from scenes.kit.frame import Region
from scenes.kit.maps import RoundMap
from scenes.kit.maps.eigen_axes import unit
from scenes.kit.maps.heights import cased
from scenes.kit.panels import DataPanel
from scenes.kit.proof.trace import bind
from scenes.kit.text import Quantity, formula, maths
from scenes.kit.theme import PALETTE, SIZE, STROKE
from scenes.kit.wording import as_given, significant

INSET, DIGITS = 0.4, 3


class Flight(VGroup):
    """The first steps in percent at the lesson's rate; the map grows so that the `dot` stays there.

    `numbers` are the rate and the loss, `hops` how many steps have been taken.
    """

    def __init__(self, map_: RoundMap, panel: DataPanel, story: Story, region: Region) -> None:
        loss = panel.loss
        self.map, self.hops = map_, ValueTracker(0.0)
        self.places = story.percent.to_original(story.first_steps.parameters)
        self.dot = map_.dot(lambda: self.here())
        below = region.centre.copy()
        below[:2] = region.left, region.bottom + 0.1
        rate = maths(formula("eta = {rate}", rate=as_given(story.rate)), SIZE.equation)
        rate.move_to(np.array([region.right - rate.width / 2, region.top - INSET / 2, 0]))

        def height() -> str:
            return significant(float(loss.value(self.here())), DIGITS)

        height_now = Quantity("L", height, below, SIZE.equation, PALETTE.loss, "loss in flight")
        self.numbers = VGroup(rate, height_now)
        self.line = panel.line(lambda: self.here())
        super().__init__(self.dot, self.line, self.numbers)

        def widen(_: object) -> None:
            off = map_.shown() @ (self.here() - map_.theory.minimum)
            reach = max(story.reach, MARGIN * float(np.linalg.norm(off)))
            map_.closeness.set_value(float(np.log(reach)))

        map_.closeness.add_updater(widen)

    def here(self) -> FloatArray:
        """Where it has got to, as parameters of x."""
        return at_hop(self.places, self.hops.get_value())


class OneStep(VGroup):
    """A dot and a line that take the one step of the round bowl, as far as `taken`."""

    def __init__(self, map_: RoundMap, panel: DataPanel, places: FloatArray) -> None:
        self.taken, self.places = ValueTracker(0.0), places
        self.dot, self.line = map_.dot(lambda: self.here()), panel.line(lambda: self.here())
        super().__init__(self.dot, self.line)
        self.arrow = step_arrow(map_, *places)

    def here(self) -> FloatArray:
        """Where it has got to, as parameters of x."""
        return at_hop(self.places, self.taken.get_value())


class Misread(VGroup):
    """The line of the numbers `found` in z, as far as they are `read` as if they were those in x.

    `translated` are what they are in x.
    """

    def __init__(self, panel: DataPanel, region: Region, story: Story) -> None:
        self.read, places = ValueTracker(0.0), np.array([story.theory.minimum, story.unmapped])
        line = panel.line(lambda: at_hop(places, self.read.get_value()), PALETTE.gradient)
        super().__init__(line)
        upper, lower = region.rows(1, 1)
        self.found, self.translated = found_in_z(upper, story), mapped_to_x(lower, story)


def step_arrow(plane: RoundMap, tail: ArrayLike, head: ArrayLike) -> Arrow:
    """The step from one pair of parameters to another, both (2,), as the window shows it now."""
    move = np.asarray(head, dtype=float) - np.asarray(tail, dtype=float)
    start, end = plane.c2p(np.array([tail, head], dtype=float))
    arrow = Arrow(start, end, buff=0, color=PALETTE.gradient, stroke_width=STROKE.arrow)
    bind(
        arrow,
        "direction of the step",
        lambda: unit(np.diff(plane.p2c([arrow.get_start(), arrow.get_end()]), axis=0)[0]),
        lambda: unit(move),
    )
    return cased(arrow).set_z_index(2)


def at_hop(places: NDArray[np.float64], hop: float) -> NDArray[np.float64]:
    """Where one is after so many hops, each straight from one of ``places`` (k, 2) to the next."""
    count = np.arange(len(places))
    return np.array([np.interp(hop, count, column) for column in places.T])
