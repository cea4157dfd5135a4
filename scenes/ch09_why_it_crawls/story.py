"""What chapter 9 tells of a descent: its two directions, what a step leaves, and why it crawls."""

import numpy as np

from gdmath.descent import CLOSE
from gdmath.local_quadratic import AS_GOOD_AS
from scenes.ch09_why_it_crawls.effect import flat_move, stiff_move
from scenes.ch09_why_it_crawls.facts import FLAT, STIFF, Facts
from scenes.kit.wording import Message, Values, Written, fill, fixed, message, significant, whole

SLOWER = 0.5
"""Ratio of the last step's length to the first's below which anyone sees the descent slow down."""
LITTLE, NEARLY_ALL = 0.01, 0.9
"""Share of a part up to which it is gone, and from which it has hardly changed."""
DIGITS = 3
LETTERS = 'lambda_"flat"', 'lambda_"stiff"'


class Story(Facts):
    """The sentences that depend on the facts of a lesson's descent."""

    def how_it_went(self) -> Message:
        """The pace of the descent, and a question."""
        first, last = self.trajectory.step_lengths[[0, -1]]
        if last < SLOWER * first:
            return message("One rule, one rate, and two speeds. Is the rate simply too small?")
        return message("One rule, one rate. Does it suit every direction alike?")

    def ellipses(self) -> Message:
        """How much of a bowl the surroundings of the minimum are."""
        return message(
            "Come close. In here the rings are almost ellipses: every curvature is the same to "
            "within {share} %.",
            share=fixed(100 * AS_GOOD_AS, 0),
        )

    def alike(self) -> Written:
        """How much alike the curvatures are in there, as it stands on screen."""
        return fill("within {share} %", share=fixed(100 * AS_GOOD_AS, 0))

    def goes(self, direction: int) -> Message:
        """How the walker along one direction goes."""
        if direction == FLAT:
            return self._along()
        if self.shares[STIFF, self.steps] < LITTLE:
            return message(
                "Try two other starts. This one, across the valley, is there in no time."
            )
        return message("Try two other starts. This one, across the valley, gets close.")

    def _along(self) -> Message:
        """How the one along the flat direction goes."""
        steps = whole(self.steps)
        if self.shares[FLAT, self.steps] > NEARLY_ALL:
            return message(
                "And this one, along the valley, hardly moves. Same rate, same {steps} steps.",
                steps=steps,
            )
        return message(
            "And this one, along the valley, gets no further than half-way. "
            "Same rate, same {steps} steps.",
            steps=steps,
        )

    def move(self, direction: int, x: float | None) -> Message:
        """What a move along one direction does, which turns the line about ``x`` if about any."""
        if direction == STIFF:
            return stiff_move(self.loss.lesson, self.pivot(STIFF, -np.inf, np.inf))
        return flat_move(self.loss.lesson, x, self.theory.condition_number)

    def curvature(self, direction: int) -> str:
        """How sharply the bowl bends along one direction, as it is written."""
        return significant(self.theory.eigenvalues[direction], DIGITS)

    def bends(self) -> Message:
        """What curvature is, and how much there is of it in both directions."""
        values: Values = {"stiff": self.curvature(STIFF), "flat": self.curvature(FLAT)}
        return message(
            "How sharply the bowl bends is its curvature: {stiff} here, {flat} there.", **values
        )

    def law(self) -> Message:
        """What a step does to what is left."""
        if self.close_by is not None:
            return message(
                "The slope is about curvature times distance. So each step takes off almost "
                "the same share: rate times curvature."
            )
        return message(
            "The slope is curvature times distance. So each step takes off the same share: "
            "rate times curvature."
        )

    def left(self) -> Message:
        """What the steps compared leave of both parts."""
        flat, stiff = (percent(share) for share in self.shares[:, self.steps])
        values: Values = {"flat": flat, "steps": whole(self.steps)}
        if self.shares[STIFF, self.steps] < LITTLE:
            return message(
                "The stiff part is soon gone. Of the flat part, {flat} % is left after {steps} "
                "steps.",
                **values,
            )
        return message(
            "Of the stiff part {stiff} % is left after {steps} steps, of the flat part {flat} %.",
            stiff=stiff,
            **values,
        )

    def half_life(self, direction: int) -> str:
        """The steps that halve one part, as they are written."""
        return significant(self.theory.half_lives(self.rate)[direction], DIGITS)

    def half_lives(self) -> Message:
        """How soon both parts halve."""
        values: Values = {"fast": self.half_life(STIFF), "slow": self.half_life(FLAT)}
        if self.theory.half_lives(self.rate)[STIFF] < 1:
            return message(
                "In powers of ten both are straight: one more than halves at every step, the "
                "other every {slow}.",
                **values,
            )
        if self.close_by is not None:
            return message(
                "In powers of ten both are almost straight: one halves every {fast} steps, the "
                "other every {slow}.",
                **values,
            )
        return message(
            "In powers of ten both are straight: one halves every {fast} steps, the other every "
            "{slow}.",
            **values,
        )

    @property
    def kappa(self) -> str:
        """The condition number, as it is written."""
        return significant(self.theory.condition_number, DIGITS)

    def how_many_times(self) -> Message:
        """The condition number, and its name."""
        return message(
            "How many times stiffer than flat? {kappa} times. That is the condition number, kappa.",
            kappa=self.kappa,
        )


def who_pays() -> Message:
    """Why it crawls, and what one would like to do about it."""
    return message(
        "The stiff side limits the rate, and the flat side pays. So why not push the rate?"
    )


def percent(share: float) -> str:
    """A share in per cent, as it is written: never all of it if a part is gone."""
    decimals = 1 if share > 1 - LITTLE else 0
    return fixed(100 * share, decimals)


def arriving(step: int) -> Message:
    """How long it takes until both parameters have arrived."""
    return message(
        "So you can tell before the first step: {arrived} steps until both numbers are within "
        "{close} per cent.",
        arrived=whole(step),
        close=fixed(100 * CLOSE, 0),
    )
