"""What chapter 13 tells of momentum beside plain descent, at the lesson's rate and at its best."""

from dataclasses import dataclass

import numpy as np

from scenes.ch13_momentum.descents import STEPS, Descents
from scenes.kit.wording import (
    Message,
    Number,
    as_given,
    as_much,
    fill,
    message,
    significant,
    significant_apart,
    whole,
)

DIGITS = 2
"""Significant digits of a loss."""


@dataclass(frozen=True)
class Story(Descents):
    """The sentences that depend on the facts of descents on ``loss``, and what stands beside them.

    ``theory`` is that of the loss.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the descents that are told of."""
        names = "plain", "with memory", fill("{times} × the rate", times=self.times)
        return names if np.isfinite(self.big.losses[1]) else names[:2]

    @property
    def times(self) -> Number:
        """How many times the rate momentum adds up to."""
        return as_given(1 / (1 - self.share))

    @property
    def added(self) -> list[Number]:
        """What is left of a move at once, after one step and after two."""
        return [as_given(self.share**age) for age in range(3)]

    def it_gathers_speed(self) -> Message:
        """What happens up to the valley floor, if it comes there."""
        if self.swing is None:
            return message("Downhill its moves add up, and it draws ahead.")
        return message(
            "Downhill its moves add up. At the valley floor the slope is gone, but not the speed."
        )

    def it_swings_in(self) -> Message:
        """What happens beyond it."""
        if self.swing is None:
            return message("It goes on, and never comes across the valley floor.")
        return message("It shoots up the far side, turns, and swings back in ever smaller arcs.")

    def what_both_have_come_to(self) -> Message:
        """The losses of both after `STEPS`."""
        heavy, plain = apart(float(self.heavy.losses[-1]), float(self.plain.losses[-1]))
        return message(
            "After {steps} steps the loss with memory is {heavy}; without it is {plain}.",
            steps=whole(STEPS),
            heavy=heavy,
            plain=plain,
        )

    def the_race(self) -> Message:
        """What becomes of plain descent at the rate that momentum adds up to."""
        return message(
            "So give plain descent {times} times the rate: a fair race. {verdict}",
            times=self.times,
            verdict=self.verdict(),
        )

    @property
    def plain_wins(self) -> bool:
        """Whether plain descent at that rate is at least as low in the end as momentum."""
        big, heavy = (float(descent.losses[-1]) for descent in (self.big, self.heavy))
        return bool(significant(big, DIGITS).value <= significant(heavy, DIGITS).value)

    def verdict(self) -> Message:
        """Who wins."""
        big, heavy = float(self.big.losses[-1]), float(self.heavy.losses[-1])
        if not big < self.big.losses[0]:
            if np.nanmax(self.big.losses) > self.big.losses[0]:
                return message("And plain descent blows up.")
            return message("And plain descent ends where no loss is.")
        more, less = significant_apart(big, heavy, DIGITS)
        values = {"plain": more, "heavy": as_much(more, less)}
        if more == less:
            return message("Both end at {plain}.", plain=more)
        if big < heavy:
            return message("And plain descent wins, by {plain} to {heavy}.", **values)
        return message("And memory wins, by {heavy} to {plain}.", **values)

    def push_harder(self) -> Message:
        """What the race has shown."""
        if self.plain_wins:
            return message("Only a bigger step, then? Here, yes. Now push harder.")
        return message("So memory is more than a bigger step. How hard can you push it?")

    def the_limit(self) -> Message:
        """Where the limit of the rate is, and on which side of it momentum's best is."""
        rate = significant(self.theory.best_momentum[0])
        limit = significant(self.theory.largest_stable_rate)
        if self.theory.best_momentum[0] > self.theory.largest_stable_rate:
            return message(
                "A rate of {rate} is beyond plain descent's limit, {limit}: it blows up.",
                rate=rate,
                limit=limit,
            )
        return message(
            "A rate of {rate} is within plain descent's limit, {limit}.", rate=rate, limit=limit
        )

    def the_limit_moves(self) -> Message:
        """Where it is with the best share kept."""
        rate, share = self.theory.best_momentum
        moved, _ = significant_apart(self.theory.momentum_bound(share), rate, 3)
        return message(
            "Now keep {share} of each move: the limit moves out to {moved}, "
            "and flat and stiff shrink alike.",
            share=significant(share, DIGITS),
            moved=moved,
        )

    def nothing_is_faster(self) -> Message:
        """What both have come to, each at its best, once momentum is ahead."""
        plain, heavy = (float(descent.losses[self.ahead]) for descent in self.at_their_best)
        steps = whole(self.ahead)
        if not heavy < plain:
            return message(
                "Each at its best: here memory takes more than {steps} steps to come out ahead.",
                steps=steps,
            )
        least, more = apart(heavy, plain)
        return message(
            "Each at its best, after {steps} steps: {heavy} with memory, {plain} without.",
            steps=steps,
            heavy=least,
            plain=more,
        )


def apart(first: float, second: float) -> tuple[Number, Number | Message]:
    """Two losses to `DIGITS` digits, or more to tell them apart."""
    one, other = significant_apart(first, second, DIGITS)
    return one, as_much(one, other)
