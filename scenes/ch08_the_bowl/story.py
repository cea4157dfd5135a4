"""What chapter 8 tells of a lesson's bowl: where its slices are held, and how its dot moves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, Lesson, PlainDescent, Trajectory
from gdmath.landscape import levels
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    fixed,
    message,
    rule_name,
    suited,
    unicode_name,
    whole,
)

RINGS = 5
"""Number of rings that lie on the bowl."""
DECIMALS = 2
"""Decimals of a loss, a slope, and a parameter that is held."""
NEARLY = 0.01
"""Share of the first loss above the minimum up to which a descent is as good as done."""
BEHIND = np.radians([165, 15])
"""Azimuths in the picture to one side and a little behind, left and right."""


@dataclass(frozen=True)
class Story:
    """The facts of a lesson's ``trajectory`` on its bowl, and the sentences that depend on them.

    ``theory`` is what its loss promises.
    """

    lesson: Lesson
    trajectory: Trajectory
    theory: Convergence

    @property
    def first_slope(self) -> float:
        """Length of the gradient at the start."""
        return float(np.hypot(*self.trajectory.gradients[0]))

    @property
    def heights(self) -> FloatArray:
        """(k,): the losses at which rings lie on the bowl."""
        first, least = float(self.trajectory.losses[0]), self.theory.minimum_loss
        return np.asarray(levels(first, least, RINGS))

    @property
    def azimuth(self) -> float:
        """The nearer azimuth that has the slope at the start to one side and a little behind."""
        first, second = self.trajectory.gradients[0]
        turns = (BEHIND - np.arctan2(second, first) + np.pi) % (2 * np.pi) - np.pi
        return float(turns[np.argmin(np.abs(turns))])

    @cached_property
    def write_loss(self) -> Callable[[float], Number]:
        """How losses of the descent are written."""
        return suited(self.trajectory.losses, DECIMALS)

    @cached_property
    def write_slope(self) -> Callable[[float], Number]:
        """How lengths of its gradients are written."""
        return suited([self.first_slope], DECIMALS)

    @property
    def _names(self) -> Values:
        first, second = map(unicode_name, self.lesson.parameters)
        return {"first": first, "second": second}

    def _held(self, index: int) -> Number:
        value = float(self.theory.minimum[index])
        return suited([value], DECIMALS)(value)

    def one_alone(self) -> Message:
        """What the second parameter draws alone."""
        return message(
            "Hold {first} at {held}, change {second} alone, and the loss draws a curve.",
            held=self._held(0),
            **self._names,
        )

    def the_other_alone(self) -> Message:
        """What the first parameter draws alone."""
        return message(
            "A quarter turn: now {second} is held, at {held}, and {first} draws another.",
            held=self._held(1),
            **self._names,
        )

    def a_surface(self) -> Message:
        """What all such curves make."""
        return message(
            "Both are slices of one thing: with one for every {second}, they make a surface.",
            second=self._names["second"],
        )

    def the_start_rises(self) -> Message:
        """How high the start is."""
        return message(
            "Tilt it, and the start rises from its place on the map up to its loss, z = {loss}.",
            loss=self.write_loss(self.trajectory.losses[0]),
        )

    def in_the_map(self) -> Message:
        """Where the gradient lies."""
        return message(
            "Minus the gradient has a part for {first} and a part for {second}, but none "
            "upwards: it lies in the map.",
            **self._names,
        )

    def raised(self) -> Message:
        """What the length of the gradient is."""
        return message(
            "Raised to the surface it is the slope: {slope} of loss down for each unit "
            "along the map.",
            slope=self.write_slope(self.first_slope),
        )

    def nothing_rolls(self) -> Message:
        """That the dot moves by steps alone."""
        moves = (
            message("Nothing rolls")
            if isinstance(self.lesson.rule, PlainDescent)
            else message("It moves by steps alone")
        )
        return message(
            "{moves}. Stop stepping, even on the open slope, and the dot stays where it is.",
            moves=moves,
        )

    def comes_to_rest(self) -> Message:
        """What a step knows of the slope, or how far off the steepest direction one goes."""
        if isinstance(self.lesson.rule, PlainDescent):
            return message(
                "Each step knows only the slope beneath it; as that fades, so do the steps, "
                "and the dot rests."
            )
        above = self.trajectory.losses[:-1] - self.theory.minimum_loss
        (underway,) = np.nonzero(above > NEARLY * above[0])
        angles = self.trajectory.step_angles[: underway[-1] + 1]
        worst = int(np.nanargmax(angles))
        return message(
            "With {rule} a step need not go straight down: step {step} is {angle}° "
            "off the steepest way.",
            rule=rule_name(self.lesson.rule),
            step=whole(worst + 1),
            angle=fixed(angles[worst], 1),
        )
