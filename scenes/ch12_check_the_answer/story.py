"""What chapter 12 tells of the answer that can be solved for, and of how near the descent came."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, Lesson, NormalEquations, Trajectory, normal_equations
from scenes.kit.wording import (
    Message,
    Number,
    message,
    power_of_ten,
    significant,
    significant_apart,
    suited,
    unicode_name,
)

DECIMALS = 5
"""Decimals of a parameter that was solved for."""
DIGITS = 2
"""Significant digits of what the descent was off, and of its loss."""
FAR = 100
"""How many times the least loss one must be for a power of ten to tell them apart."""
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
    def least(self) -> float:
        """The least possible loss."""
        return self.theory.minimum_loss

    def shows(self, legs: FloatArray) -> bool:
        """Whether what was missing in each parameter, (2,) in the picture, can be seen."""
        return bool(np.min(np.abs(legs)) > SHORTEST)

    def answers(self) -> list[Number]:
        """Both parameters of the solution."""
        return [suited([value], DECIMALS)(value) for value in self.equations.solution]

    def solved(self) -> Message:
        """What the solution is."""
        first, second = map(unicode_name, self.lesson.parameters)
        a, b = self.answers()
        return message(
            "Solve them: {first} is {a} and {second} is {b}. No step was taken.",
            first=first,
            a=a,
            second=second,
            b=b,
        )

    def how_far_off(self) -> Message:
        """What was missing in each parameter."""
        first, second = map(unicode_name, self.lesson.parameters)
        a, b = (significant(gap, DIGITS) for gap in np.abs(self.stood - self.equations.solution))
        return message(
            "The descent was still {a} off in {first}, and {b} in {second}.",
            a=a,
            first=first,
            b=b,
            second=second,
        )

    def how_much_was_left(self) -> Message:
        """The loss that was reached beside the least possible, which is above zero."""
        reached = float(self.trajectory.losses[-1])
        if reached > FAR * self.least:
            return message(
                "Its loss was {reached}. The least possible is about {least}.",
                reached=significant(reached, DIGITS),
                least=power_of_ten(self.least),
            )
        more, least = significant_apart(reached, self.least, DIGITS)
        if more == least:
            return message(
                "Its loss was {reached}: to that many digits the least possible.", reached=more
            )
        return message(
            "Its loss was {reached}. The least possible is {least}.", reached=more, least=least
        )
