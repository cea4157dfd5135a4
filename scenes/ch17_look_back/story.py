"""What chapter 17 tells at the end: the clip again, its three promises, and what to try."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdmath import (
    Convergence,
    FloatArray,
    Momentum,
    NumericLoss,
    PlainDescent,
    Trajectory,
    descend,
    descend_on_batches,
    shuffled_batches,
)
from gdmath.descent import arrival_step, descend_until_arrival
from scenes.ch17_look_back.trials import Trial, three_trials
from scenes.kit.wording import (
    Message,
    Number,
    Written,
    fill,
    heard_roughly,
    message,
    significant,
    suited,
    unicode_name,
)
from scenes.kit.wording import whole as _whole

RATES, UNITS, SOLVED, MOMENTUM, SINGLE = 10, 11, 12, 13, 14
"""The numbers of chapters that do better, or otherwise."""
BETTER: Mapping[int, Message] = {
    RATES: message("another rate"),
    UNITS: message("other units of x"),
    MOMENTUM: message("momentum"),
    SOLVED: message("no steps at all"),
}
"""What each chapter that does better does it by."""
NEAR = 0.75
"""The rate of a descent that bounces, as a share of the largest stable one."""
KEPT = 0.9
"""What a descent with momentum keeps of its velocity."""
SHARE, SEED = 0.2, 3
"""The rate of steps by single points, as a share of the largest stable on each, and their order."""
ARROW = 0.25
"""The length of an arrow, as a share of the way to the minimum."""
STEPS = 60
"""Steps of each of these descents."""


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's descent, and the sentences that depend on them.

    ``missing`` is what the lesson lacks of what chapters need, ``told`` holds the numbers of the
    chapters that its lecture has.
    """

    loss: NumericLoss
    trajectory: Trajectory
    theory: Convergence
    missing: Mapping[str, str]
    told: frozenset[int]

    @cached_property
    def whole(self) -> Trajectory:
        """The lesson's descent, continued until it has arrived, if it does."""
        return descend_until_arrival(self.loss, self.trajectory, self.theory.minimum)

    @property
    def arrival(self) -> int | None:
        """The step from which it has arrived, if it does."""
        return arrival_step(self.whole, self.theory.minimum)

    @property
    def end(self) -> int:
        """The last step of the descent that is shown."""
        return max(self.trajectory.steps, self.arrival or 0)

    @cached_property
    def worst(self) -> int:
        """The parameter that is farthest off, in shares of the way it had to go."""
        away = np.abs(self.trajectory.parameters[[0, -1]] - self.theory.minimum)
        return int(np.argmax(away[1] / np.maximum(away[0], np.finfo(float).tiny)))

    @property
    def name(self) -> str:
        """The name of that parameter."""
        return unicode_name(self.loss.lesson.parameters[self.worst])

    def reading(self, value: float) -> str:
        """A value of that parameter."""
        column = self.trajectory.parameters[:, self.worst]
        return suited([*column, self.theory.minimum[self.worst]], 2)(value)

    @cached_property
    def others(self) -> dict[int, Trajectory]:
        """From the same start, the descents by which some chapters do it otherwise."""
        start, rate = self.loss.lesson.start, self.loss.lesson.learning_rate
        rules = {
            RATES: PlainDescent(NEAR * self.theory.largest_stable_rate),
            MOMENTUM: Momentum(rate, KEPT),
        }
        found: dict[int, Trajectory] = {
            chapter: descend(self.loss, rule, start, STEPS)
            for chapter, rule in rules.items()
            if chapter in self.told
        }
        if SINGLE in self.told:
            points = range(self.loss.lesson.x.size)
            bends = [self.loss.on([k]).hessian(self.theory.minimum) for k in points]
            rule = PlainDescent(SHARE * 2 / float(np.linalg.eigvalsh(bends).max()))
            batches = shuffled_batches(len(points), 1, math.ceil(STEPS / len(points)), SEED)
            found[SINGLE] = descend_on_batches(self.loss, rule, start, batches[:STEPS])
        return found

    @property
    def twins(self) -> tuple[Trajectory, Trajectory]:
        """The descent from the same height on the stiff axis, and the lesson's own."""
        lesson, start = self.loss.lesson, self.theory.stiff_twin(self.loss.lesson.start)
        return descend(self.loss, lesson.rule, start, lesson.steps), self.trajectory

    @property
    def uphill(self) -> FloatArray:
        """(2,): an arrow along the gradient at the start, long enough to be seen."""
        slope, away = self.trajectory.gradients[0], self.theory.minimum - self.loss.lesson.start
        return np.asarray(ARROW * np.linalg.norm(away) / np.linalg.norm(slope) * slope)

    @property
    def seen(self) -> FloatArray:
        """(k, 2): all parameters that the map shows, the lesson's start first."""
        descents = [descent.parameters for descent in (self.trajectory, *self.others.values())]
        rows = np.vstack([*descents, self.loss.lesson.start + self.uphill])
        return rows[np.isfinite(rows).all(axis=1)]

    @property
    def about_the_end(self) -> FloatArray:
        """(2, 2): where the clip ends, and as far on the other side of the minimum."""
        end = self.trajectory.parameters[-1]
        return np.array([end, 2 * self.theory.minimum - end])

    @property
    def is_crawling(self) -> bool:
        """Whether a flat direction is left behind by plain descent."""
        needed = "bowl at the minimum", "plain descent", "flat direction"
        return not any(need in self.missing for need in needed)

    def where_it_stands(self, step: int) -> Written:
        """For the picture: that parameter after so many steps, and where it should be."""
        value = self.whole.parameters[step, self.worst]
        return fill(
            "{name} = {here} after {step} steps,  best: {goal}",
            name=self.name,
            here=self.reading(value),
            step=_whole(step),
            goal=self.reading(self.theory.minimum[self.worst]),
        )

    @property
    def known(self) -> Written:
        """For the picture: what could be known before the first step."""
        if not self.is_crawling:
            return fill("κ = {kappa}", kappa=self._kappa)
        return fill("flat part halved in {steps} steps", steps=self._halved)

    @property
    def _kappa(self) -> Number:
        return significant(self.theory.condition_number, 3)

    @property
    def _halved(self) -> Number:
        slow, _ = self.theory.half_lives(self.loss.lesson.learning_rate)
        return heard_roughly(_whole(slow))

    def the_clip_again(self) -> Message:
        """Where the clip ended."""
        here = self.reading(self.trajectory.parameters[-1, self.worst])
        if self.arrival is not None and self.arrival <= self.trajectory.steps:
            return message(
                "Back to the clip. It stops at {name} = {here}, and this one has arrived.",
                name=self.name,
                here=here,
            )
        return message(
            "Back to the clip. It has stopped at {name} = {here}, and should be at {goal}.",
            name=self.name,
            here=here,
            goal=self.reading(self.theory.minimum[self.worst]),
        )

    def why_it_slowed(self) -> Message:
        """The first promise."""
        if self.is_crawling:
            return message(
                "Why did it slow down? What was left of the way lay along the flat direction."
            )
        return message("Why did it slow down? Towards the minimum there is ever less slope.")

    def how_to_know(self) -> Message:
        """The second promise."""
        if not self.is_crawling:
            return message(
                "Could we have known? One direction is κ = {kappa} times as flat as the other.",
                kappa=self._kappa,
            )
        return message(
            "Could we have known? Before the first step: half of the flat part takes {steps} "
            "steps.",
            steps=self._halved,
        )

    @property
    def _ways(self) -> list[Message]:
        return [way for chapter, way in BETTER.items() if chapter in self.told]

    @property
    def ways(self) -> str:
        """For the picture: what does better."""
        return ",  ".join(map(str, self._ways))

    def how_to_do_better(self) -> Message:
        """The third promise."""
        if not self._ways:
            return message("Can we do better? Change one line, and see for yourself.")
        *first, ways = self._ways
        ways = message("or {way}", way=ways) if first else ways
        for way in reversed(first):
            ways = message("{first}, {others}", first=way, others=ways)
        return message("Can we do better? Yes: {ways}.", ways=ways)

    @cached_property
    def trials(self) -> tuple[Trial, Trial, Trial]:
        """Three things to try."""
        return three_trials(self.loss.lesson, self.theory)
