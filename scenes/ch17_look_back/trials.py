"""What to try with a lesson: a line of its file changed, and what the descent then comes to."""

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

import numpy as np

from gdmath import (
    Convergence,
    Lesson,
    LessonError,
    Momentum,
    PlainDescent,
    compile_loss,
    convergence,
    descend,
)
from gdmath.descent import arrival_step, descend_until_arrival
from gdmath.lesson import MOST_STEPS
from gdmath.lesson_file.building import RULES
from gdmath.lesson_file.preflight import check_settling
from scenes.kit.wording import Message, Number, Written, fill, heard_roughly, message, whole

DIGITS = 2
"""Significant digits of a learning rate to try; of the larger parameter of a start one more."""
BIGGER = 3
"""How many times the learning rate to try is, where nobody knows a bound of it."""


@dataclass(frozen=True)
class Trial:
    """A lesson, ``before`` and ``changed``: a ``key`` of its file has another ``value``, in TOML.

    ``asked`` says what to change.
    """

    key: str
    value: Written
    asked: Message
    before: Lesson
    changed: Lesson

    @cached_property
    def outcome(self) -> Message:
        """What will be seen."""
        try:
            check_settling(self.changed)
        except LessonError:
            return message("Refused: it would blow up.")
        before, after = arrival_of(self.before), arrival_of(self.changed)
        if after is None:
            return message("It never arrives.")
        if before is None:
            return message("It arrives after {after} steps.", after=whole(after))
        if before == after:
            return message("It arrives after {after} steps, as before.", after=whole(after))
        return message(
            "It arrives after {after} steps, not {before}.",
            after=whole(after),
            before=heard_roughly(whole(before)),
        )

    def sentence(self) -> Message:
        """What to change, and what will be seen."""
        return message("{asked} {outcome}", asked=self.asked, outcome=self.outcome)


@lru_cache(maxsize=8)
def arrival_of(lesson: Lesson) -> int | None:
    """The step from which a lesson's descent has arrived at its minimum, if it does."""
    loss = compile_loss(lesson)
    minimum = convergence(loss).minimum
    shorter = descend(loss, lesson.rule, lesson.start, lesson.steps)
    return arrival_step(descend_until_arrival(loss, shorter, minimum), minimum)


def three_trials(lesson: Lesson, theory: Convergence) -> tuple[Trial, Trial, Trial]:
    """Another learning rate, another start, another rule."""
    return another_rate(lesson, theory), another_start(lesson, theory), another_rule(lesson)


def another_rate(lesson: Lesson, theory: Convergence) -> Trial:
    """A rate just above the largest stable one, or where nobody knows that, a bigger one."""
    bound = theory.largest_stable_rate_of(lesson.rule)
    rate = BIGGER * lesson.learning_rate if bound is None else bound
    place = DIGITS - 1 - math.floor(math.log10(rate))
    value = plainly(math.ceil(rate * 10**place) / 10**place, place)
    asked = message("First, set the learning rate to {rate}.", rate=value)
    changed = replace(lesson, learning_rate=float(value))
    return Trial("descent.learning_rate", value, asked, lesson, changed)


def another_start(lesson: Lesson, theory: Convergence) -> Trial:
    """A start without a flat part where theory is exact, else one beyond the minimum."""
    exact = isinstance(lesson.rule, PlainDescent) and theory.is_quadratic
    there = theory.stiff_twin(lesson.start) if exact else 2 * theory.minimum - lesson.start
    place = DIGITS - math.floor(math.log10(np.abs([there, theory.minimum]).max()))
    first, second = (plainly(value, place) for value in there)
    asked = (
        message("Next, let it start on the stiff axis.")
        if exact
        else message("Next, let it start on the far side of the minimum.")
    )
    changed = replace(lesson, start=np.array([float(first), float(second)]))
    value = fill("[{first}, {second}]", first=first, second=second)
    return Trial("descent.start", value, asked, lesson, changed)


def another_rule(lesson: Lesson) -> Trial:
    """Momentum for a lesson that goes by the plain rule, and for any other the plain one."""
    match lesson.rule:
        case PlainDescent():
            return _rule(lesson, "momentum", message("Last, let the rule be momentum."))
        case Momentum() as rule:
            # The plain rule, for which the file may not have the constant.
            changed = replace(lesson, rule_at=partial(type(rule), momentum=0.0))
            asked = message("Last, let there be no momentum.")
            return Trial("descent.momentum", plainly(0, 1), asked, lesson, changed)
    if not getattr(lesson.rule_at, "keywords", None):
        return _rule(lesson, "plain", message("Last, let the rule be the plain one."))
    longer = replace(lesson, steps=min(2 * lesson.steps, MOST_STEPS))
    asked = message("Last, give it twice as many steps.")
    return Trial("descent.steps", plainly(longer.steps, 0), asked, lesson, longer)


def _rule(lesson: Lesson, name: str, asked: Message) -> Trial:
    changed = replace(lesson, rule_at=RULES[name])
    return Trial("descent.rule", fill('"{name}"', name=name), asked, lesson, changed)


def plainly(value: float, place: int) -> Written:
    """``value`` rounded to ``place`` decimals as TOML reads it: an ASCII sign, and no power."""
    decimals = max(0, place)
    rounded = round(value, place)
    size = Number(f"{abs(rounded):.{decimals}f}", abs(rounded), -decimals)
    return fill("{sign}{size}", sign="-" if rounded < 0 else "", size=size)
