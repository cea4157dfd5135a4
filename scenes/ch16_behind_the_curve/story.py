"""What chapter 16 tells of descents whose losses look alike: when, and by what, they differ."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import Convergence, FloatArray, NumericLoss, Trajectory, descend
from gdmath.descent import arrival_step, descend_until_arrival
from scenes.kit.wording import (
    Message,
    Number,
    Written,
    fill,
    heard_roughly,
    message,
    significant,
    unicode_name,
    whole,
)

LONGER = 2.5
"""How many times the steps until the twin's arrival are shown, where the lesson has as many."""
PLAIN = 5
"""Widths of a line that curves must end apart for anyone to call them two."""
NOTHING = 1e-4
"""Share of the first loss up to which the least possible one is almost nothing."""
DIGITS = 6
"""Significant digits of two losses that are the same."""


@dataclass(frozen=True)
class Story:
    """The lesson's own descent, its twin and its mirror image, and the sentences about them.

    ``loss`` is quadratic; ``theory`` is what it promises to ``trajectory``, the plain descent of
    the lesson. The twin starts as high on the stiff axis, the mirror image beyond it.
    """

    loss: NumericLoss
    trajectory: Trajectory
    theory: Convergence

    @cached_property
    def soon(self) -> int:
        """The step from which the twin has arrived."""
        lesson = self.loss.lesson
        twin = descend(self.loss, lesson.rule, self.theory.stiff_twin(lesson.start), lesson.steps)
        arrived = arrival_step(twin, self.theory.minimum)
        assert arrived is not None, "the lesson has no hidden flat part"
        return arrived

    @cached_property
    def late(self) -> int | None:
        """The step from which the lesson's own descent has arrived; None if that takes too long."""
        return arrival_step(self._whole, self.theory.minimum)

    @cached_property
    def _whole(self) -> Trajectory:
        return descend_until_arrival(self.loss, self.trajectory, self.theory.minimum)

    @property
    def last(self) -> int:
        """The step up to which they are shown: the twin has arrived, the other has not."""
        half = self.loss.lesson.steps if self.late is None else self.late // 2
        return min(self.loss.lesson.steps, half, int(LONGER * self.soon))

    @cached_property
    def descents(self) -> tuple[Trajectory, Trajectory, Trajectory]:
        """The lesson's own descent, its twin and its mirror image, as far as they are shown."""
        start, rule = self.loss.lesson.start, self.loss.lesson.rule
        starts = start, self.theory.stiff_twin(start), self.theory.mirrored(start)
        own, twin, mirror = (descend(self.loss, rule, at, self.last) for at in starts)
        return own, twin, mirror

    @property
    def seen(self) -> FloatArray:
        """(k, 2): all parameters that are shown, the lesson's start first."""
        return np.vstack([descent.parameters for descent in self.descents])

    def between(self, share: float) -> FloatArray:
        """(2,): the start with this share of its flat part: from itself, 1, to its mirror, −1."""
        coordinates = self.theory.coordinates(self.loss.lesson.start) * [share, 1]
        return np.asarray(self.theory.minimum + self.theory.eigenvectors @ coordinates)

    @property
    def ends(self) -> FloatArray:
        """(3, 2): where they end, the lesson's own first."""
        return np.array([descent.parameters[-1] for descent in self.descents])

    @property
    def flat_share(self) -> float:
        """The share of the flat part in the first loss, as far as that is above the least."""
        flat, stiff = self.theory.loss_parts(self.loss.lesson.start)
        return float(flat / (flat + stiff))

    @cached_property
    def _values(self) -> dict[str, str]:
        """When both arrive, and how far off in which parameter the lesson's own one ends."""
        off = np.abs(self.ends[0] / self.theory.minimum - 1)
        worst = int(np.argmax(off))
        return {
            "soon": whole(self.soon),
            "late": heard_roughly(whole(self.late or self._whole.steps)),
            "off": significant(100 * off[worst], 2),
            "name": unicode_name(self.loss.lesson.parameters[worst]),
        }

    @property
    def notes(self) -> tuple[Written, Written, Written]:
        """For the picture: what has become of the twin, and of the lesson's own descent."""
        late = "arrives after step {late}" if self.late is None else "arrives at step {late}"
        return (
            fill("arrived at step {soon}", soon=self._values["soon"]),
            fill("{off} % off in {name}", off=self._values["off"], name=self._values["name"]),
            fill(late, late=self._values["late"]),
        )

    def two_fates(self) -> Message:
        """What has become of the two when the curve is flat."""
        if self.late is None:
            return message(
                "On the map one arrived at step {soon}. The other is {off} % off in {name}, "
                "and will be for more than {late} steps.",
                **self._values,
            )
        return message(
            "On the map one arrived at step {soon}. The other is {off} % off in {name}, "
            "and arrives at step {late}.",
            **self._values,
        )

    def share_of_a_line(self, width: float) -> Number:
        """How many per cent of a line's ``width``, in units of the loss, both losses differ by."""
        own, twin, _ = self.descents
        return significant(100 * float(np.abs(own.losses - twin.losses).max()) / width, 1)

    def note(self, apart: Number) -> Written:
        """That for the picture."""
        return fill("at most {apart} % of a line's width apart", apart=apart)

    def on_a_linear_axis(self, apart: Number) -> Message:
        """That nobody sees two curves."""
        return message(
            "Now watch the curves. Never are they more than {apart} % of a line's width apart.",
            apart=apart,
        )

    def in_powers_of_ten(self, first: int | None) -> Message:
        """What the logarithm of the loss shows, whose curves are seen as two from ``first`` on."""
        if first is None:
            return message(
                "Powers of ten hardly help: a loss of {least} remains whatever you do, "
                "and hides the rest.",
                least=significant(self.theory.minimum_loss, 2),
            )
        if self.theory.minimum_loss < NOTHING * self.trajectory.losses[0]:
            return message(
                "In powers of ten you see two from step {step} on. "
                "But only because this loss can fall to almost nothing.",
                step=whole(first),
            )
        return message("In powers of ten you see two from step {step} on.", step=whole(first))

    @property
    def least(self) -> Written:
        """For the picture: the loss that remains at the minimum."""
        return fill("at least {least}", least=significant(self.theory.minimum_loss, 2))

    def by_the_gradient(self, first: int | None) -> Message:
        """When the length of the gradient, in powers of ten, first shows two curves."""
        if first is None:
            return message("The gradient can fall to nothing, but not even its length tells yet.")
        return message(
            "The gradient always falls to nothing. In powers of ten its length tells at "
            "step {step}.",
            step=whole(first),
        )

    def why(self) -> Message:
        """Why the loss hardly sees the flat part."""
        return message(
            "Why is the loss so blind? Each part counts by curvature times length squared: "
            "of this bar the flat one is {share} %.",
            share=significant(100 * self.flat_share, 1),
        )


def parting(first: FloatArray, second: FloatArray, width: float) -> int | None:
    """The first step from which two series (k,) are seen as two, if they ever are.

    They are drawn with lines so wide, and end `PLAIN` of these apart.
    """
    gaps = np.abs(first - second) / width
    (apart,) = np.nonzero(gaps > 1)
    return int(apart[0]) if gaps[-1] >= PLAIN else None
