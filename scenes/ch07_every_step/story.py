"""What chapter 7 tells of a descent: how it runs, which parameter turns back, how steps shrink."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import (
    FloatArray,
    Lesson,
    PlainDescent,
    Trajectory,
    unmet_requirements,
)
from gdmath.trajectory import Overshoot
from scenes.kit.wording import (
    Message,
    Values,
    message,
    significant,
    unicode_name,
    whole,
)

FEW = 5
"""Steps that are taken slowly, if there are so many."""
MARKS = 20
"""About how many marks are left along the path."""
MOST = 0.1
"""Share of the way down that is left when most of it is done."""
ARROW = 0.4
"""Length of the first arrow against a slope, as a share of the distance to the minimum."""
TIMES = 3.0
"""How many times faster or longer one thing must be than another for it to be told."""
LEFT = 1e-9
"""Share of the way down below which what is left of it is mere rounding."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's descent to ``minimum`` (2,), and the sentences that depend on them.

    ``floor`` is the loss there.
    """

    lesson: Lesson
    trajectory: Trajectory
    minimum: FloatArray
    floor: float

    @property
    def is_plain(self) -> bool:
        """Whether every step is the slope beneath it, scaled."""
        return isinstance(self.lesson.rule, PlainDescent)

    @property
    def names(self) -> list[str]:
        """The names of the parameters."""
        return [unicode_name(parameter) for parameter in self.lesson.parameters]

    @property
    def overshoot(self) -> Overshoot | None:
        """The parameter that passes its value at the minimum and comes back, if one does."""
        return self.trajectory.overshoot(self.minimum)

    @property
    def stride(self) -> int:
        """Steps from one mark on the path to the next."""
        return max(1, self.trajectory.steps // MARKS)

    @cached_property
    def is_exact(self) -> bool:
        """Whether next to nothing is left of the loss at its minimum."""
        return bool(self.floor < MOST**2 * self.trajectory.losses[0])

    @cached_property
    def excess(self) -> FloatArray:
        """(steps + 1,): how far the loss is above its least, as far as that is not rounding."""
        above = self.trajectory.losses - self.floor * (not self.is_exact)
        left: FloatArray = np.maximum(above, LEFT * above[0])
        return left

    @cached_property
    def most_is_done(self) -> int | None:
        """After how many steps nine tenths of the way down are done, before anything turns."""
        below = np.flatnonzero(
            self.trajectory.losses - self.floor <= MOST * (self.trajectory.losses[0] - self.floor)
        )
        latest = self.overshoot.crossing if self.overshoot else self.trajectory.steps
        return int(below[0]) if below.size and below[0] < latest else None

    @cached_property
    def has_two_speeds(self) -> bool:
        """Whether the loss falls all the time, by far the fastest at first."""
        fall = -np.diff(np.log(self.excess))
        going = np.flatnonzero(self.excess > 2 * LEFT * self.excess[0])[-1]
        fall = fall[: int(going)]
        return bool(fall.size > 1 and fall.min() > 0 and fall[0] > TIMES * fall[-1])

    @property
    def left_to_lose(self) -> str:
        """The name in Typst of what is drawn by powers of ten."""
        return "L" if self.is_exact else "L - L_min"

    @property
    def first_few(self) -> int:
        """How many steps are taken slowly."""
        return min(FEW, self.trajectory.steps)

    @property
    def stretch(self) -> float:
        """How many times as long as the slope an arrow is drawn."""
        first = np.linalg.norm(self.trajectory.gradients[0])
        return ARROW * float(np.linalg.norm(self.minimum - self.trajectory.parameters[0]) / first)

    def opening(self) -> Message:
        """That the one step is repeated."""
        steps = whole(self.trajectory.steps)
        if "first step downhill" in unmet_requirements(self.lesson):
            return message("One rule, and a guess. Now take {steps} steps, and watch.", steps=steps)
        return message(
            "One step helped a little. Now take {steps} of them, and watch.", steps=steps
        )

    def how_it_runs(self, steps: int) -> Message:
        """After how many steps most is done."""
        values: Values = {"n": whole(steps)}
        if steps == 1:
            return message("How it runs! A single step, and nine tenths of the way down are done.")
        if steps > self.trajectory.steps // 4:
            return message(
                "It takes its time: {n} steps for nine tenths of the way down.", **values
            )
        if self.is_exact:
            return message(
                "How it runs! After {n} steps, nine tenths of the loss are gone.", **values
            )
        return message(
            "How it runs! After {n} steps, nine tenths of the way down are done.", **values
        )

    def going_on(self) -> Message:
        """Said where no parameter overshoots."""
        longest = int(np.argmax(self.trajectory.step_lengths)) + 1
        if longest <= self.trajectory.steps // 10:
            return message(
                "And then? Each mark is as many steps after the last, and yet they crowd."
            )
        return message("Each mark is as many steps after the last: see where it is fast.")

    def by_powers(self) -> Message:
        """What the loss looks like by powers of ten."""
        if not self.has_two_speeds:
            return message("Draw the loss in powers of ten, and all of the way down can be seen.")
        if self.is_exact:
            return message(
                "Draw the loss in powers of ten: it falls fast, bends, and then falls slowly."
            )
        return message(
            "Draw what is left to lose in powers of ten: it falls fast, bends, and falls slowly."
        )

    @cached_property
    def told_steps(self) -> list[int]:
        """The steps whose lengths are told, counted from 1: the first or the longest, the last."""
        lengths = self.trajectory.step_lengths
        longest = 0 if self.is_plain else int(np.argmax(lengths))
        return [longest + 1, self.trajectory.steps]

    def step_lengths(self) -> Message:
        """How long the first or the longest step was, and the last."""
        early, late = self.told_steps
        first, last = self.trajectory.step_lengths[[early - 1, late - 1]]
        values: Values = {"length": significant(first, 2), "last": significant(last, 1)}
        if early == 1:
            return message(
                "The first step was {length} long, the last {last}, and nobody touched the rate.",
                **values,
            )
        return message(
            "The longest step was {length} long, the last {last}, and nobody touched the rate.",
            **values,
        )

    def why_it_slows(self) -> Message:
        """What makes steps short if the rate is what it was."""
        if self.is_plain:
            return message("A gentle slope makes a small step: the rule itself slows down.")
        return message("The slope ran out, and with it what the rule takes off.")

    def question(self) -> Message:
        """What the next chapter looks into."""
        if self.has_two_speeds:
            return message(
                "But that does not explain the bend. Let us look at this valley from the side."
            )
        return message("But what does this landscape look like? Let us see it from the side.")
