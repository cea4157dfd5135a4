"""What chapter 8 tells of a lesson's bowl: its slices, how high the guess is, how the dot moves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, Lesson, PlainDescent, Trajectory, unmet_requirements
from scenes.kit.wording import (
    Message,
    Number,
    Values,
    message,
    significant,
    suited,
    unicode_name,
)
from scenes.outline import entry_of

DECIMALS = 2
"""Decimals of a loss and of a slope."""
FLATTER, MUCH = 1.3, 3.0
"""How many times the curvature of one slice makes the other flatter, or much flatter."""
DOWN, SOON = 0.1, 0.2
"""Share of the first height at which the wall is behind, and of all steps that are few."""
OPEN = 0.3
"""Share of the first height at which a slope is still open ground."""
AFTER = "ch09_why_it_crawls"
"""The chapter that answers the question at the end."""


@dataclass(frozen=True)
class Story:
    """The facts of a lesson's ``trajectory`` on its bowl, and the sentences that depend on them.

    ``theory`` is what its loss promises.
    """

    lesson: Lesson
    trajectory: Trajectory
    theory: Convergence

    @cached_property
    def slope(self) -> float:
        """Length of the gradient at the start."""
        return float(np.hypot(*self.trajectory.gradients[0]))

    @cached_property
    def order(self) -> tuple[int, int]:
        """The parameter along which the loss is steeper, and the other."""
        first = int(np.argmax(np.diag(self.theory.hessian)))
        return first, 1 - first

    @property
    def stop(self) -> int:
        """A step at which the descent is still on the open slope."""
        above = self.trajectory.losses - self.theory.minimum_loss
        return int(np.argmax(above <= OPEN * above[0])) or self.trajectory.steps // 3

    @cached_property
    def write_loss(self) -> Callable[[float], Number]:
        """How losses of the descent are written."""
        return suited(self.trajectory.losses, DECIMALS)

    @cached_property
    def write_slope(self) -> Callable[[float], Number]:
        """How a slope, and how far the loss falls by it, is written."""
        return suited([self.slope], DECIMALS)

    @property
    def _names(self) -> Values:
        first, second = (unicode_name(self.lesson.parameters[index]) for index in self.order)
        return {"first": first, "second": second}

    def the_map(self) -> Message:
        """What the map leaves open."""
        return message("You have seen the map from above. How deep is the valley?")

    def across(self) -> Message:
        """What the steeper parameter draws alone."""
        return message(
            "Walk straight across it, along {first}, and the loss draws this curve.",
            first=self._names["first"],
        )

    def the_other_way(self) -> Message:
        """What the other parameter draws alone."""
        steep, flat = np.diag(self.theory.hessian)[list(self.order)]
        second = self._names["second"]
        if steep > MUCH * flat:
            return message(
                "Walk across it along {second}, and it draws another, much flatter one.",
                second=second,
            )
        if steep > FLATTER * flat:
            return message(
                "Walk across it along {second}, and it draws another, flatter one.", second=second
            )
        return message("Walk across it along {second}, and it draws another.", second=second)

    def all_ways(self) -> Message:
        """What all such curves make."""
        return message("Walk in every direction, and all these curves together are a bowl.")

    def rings(self) -> Message:
        """What a ring of the map is on the bowl."""
        return message("Every ring on the map is a level line of this bowl.")

    def the_guess(self) -> Message:
        """How high the start is."""
        return message(
            "Walk round it: here is our guess, {loss} up on the wall.",
            loss=self.write_loss(self.trajectory.losses[0]),
        )

    def no_upward_part(self) -> Message:
        """Where the gradient lies."""
        return message(
            "Minus the gradient has no upward part: it lies down in the map, and says which way "
            "to go."
        )

    def fall(self, run: float) -> Message:
        """How far the loss falls along the tangent over so many units of the map."""
        if run == 1:
            return message(
                "Follow it one unit: at this slope, the wall falls by {slope}.",
                slope=self.write_slope(self.slope),
            )
        return message(
            "Follow it for {run}: at this slope, the wall falls by {fall}.",
            run=significant(run, 1),
            fall=self.write_slope(run * self.slope),
        )

    def from_the_side(self) -> Message:
        """That the descent is seen anew."""
        return message("And now the whole descent, as it looks from the side.")

    def nothing_rolls(self) -> Message:
        """That the dot moves by steps alone."""
        if isinstance(self.lesson.rule, PlainDescent):
            return message(
                "Does the ball roll? No: nothing here has speed. Stop stepping, and it stays "
                "where it is."
            )
        return message(
            "Does the ball roll? No: it moves by steps alone. Stop stepping, and it stays where "
            "it is."
        )

    def why_does_it_creep(self) -> Message:
        """How it goes on, and what that makes us ask."""
        above = self.trajectory.losses - self.theory.minimum_loss
        soon = int(np.argmax(above <= DOWN * above[0])) or self.trajectory.steps
        if soon > SOON * self.trajectory.steps:
            return message("Each step knows only the slope beneath it. How far does that lead?")
        asks = not set(entry_of(AFTER).needs) & set(unmet_requirements(self.lesson))
        if asks:
            return message(
                "It shoots down the wall at once, and then it creeps along the floor. Why does it "
                "creep?"
            )
        return message("It shoots down the wall at once, and then it creeps along the floor.")
