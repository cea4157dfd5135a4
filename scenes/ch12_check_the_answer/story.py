"""What chapter 12 tells of the answer that can be solved for, and of how near the descent came."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, Lesson, NormalEquations, Trajectory, normal_equations
from scenes.kit.wording import Message, Number, message, significant, unicode_name, whole

DIGITS, OFF = 3, 2
"""Significant digits of a parameter that was solved for, and of what the descent is off."""
SHORTEST = 0.4
"""Length in the picture from which on a leg is seen beside the dot and the star at its ends."""


@dataclass(frozen=True)
class Story:
    """The facts of a descent and of the solution, and the sentences that depend on them.

    ``theory`` and ``trajectory`` are those of ``lesson``.
    """

    lesson: Lesson
    theory: Convergence
    trajectory: Trajectory

    @cached_property
    def equations(self) -> NormalEquations:
        """The two equations for the two parameters."""
        return normal_equations(self.lesson)

    @property
    def stood(self) -> FloatArray:
        """(2,): where the descent ended."""
        stood: FloatArray = self.trajectory.parameters[-1]
        return stood

    @property
    def late(self) -> FloatArray:
        """(k, 2): the last two thirds of the way."""
        return self.trajectory.parameters[self.trajectory.steps // 3 :]

    @property
    def names(self) -> list[str]:
        """The names of the parameters, as sentences write them."""
        return [unicode_name(parameter) for parameter in self.lesson.parameters]

    def shows(self, legs: FloatArray) -> bool:
        """Whether what was missing in each parameter, (2,) in the picture, can be seen."""
        return bool(np.min(np.abs(legs)) > SHORTEST)

    def answers(self) -> list[Number]:
        """Both parameters of the solution."""
        return [significant(value, DIGITS) for value in self.equations.solution]

    def zero_along(self, index: int) -> Message:
        """What a line on the map is; with the second it is told that they cross."""
        if index:
            return message(
                "The slope in {name} is zero along that one. They cross once: there is the bottom.",
                name=self.names[index],
            )
        return message(
            "On the map, the slope in {name} is zero along this whole line.", name=self.names[index]
        )

    def solved(self) -> Message:
        """What the solution is."""
        (first, second), (a, b) = self.names, self.answers()
        return message(
            "Two equations for two numbers: school algebra. {first} is {a}, {second} is {b}.",
            first=first,
            a=a,
            second=second,
            b=b,
        )

    def misses(self) -> list[Message]:
        """How far the descent is from the solution in each parameter, and on which side."""
        off = self.stood - self.equations.solution
        return [missed(name, gap) for name, gap in zip(self.names, off, strict=True)]

    def how_far_off(self) -> Message:
        """Both of them."""
        first, second = self.misses()
        return message(
            "After {steps} steps, our walker stands {first}, and {second}.",
            steps=whole(self.trajectory.steps),
            first=first,
            second=second,
        )

    def for_nothing(self) -> Message:
        """Whether the walk was needed."""
        if self.lesson.is_straight:
            return message(
                "So was all the walking for nothing? For a line and squares, honestly: yes."
            )
        return message(
            "So was all the walking for nothing? For this model and squares, honestly: yes."
        )


def missed(name: str, gap: float) -> Message:
    """By how much a parameter is too low or too high."""
    size = significant(abs(gap), OFF)
    if gap < 0:
        return message("{gap} too low in {name}", gap=size, name=name)
    return message("{gap} too high in {name}", gap=size, name=name)
