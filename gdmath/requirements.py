"""State what chapters may require of a lesson, and why a lesson does not meet it."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence, convergence
from gdmath.descent import CLOSE
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.local_quadratic import quadratic_reach
from gdmath.numeric import compile_loss
from gdmath.rules import Momentum, PlainDescent
from gdmath.trajectory import settles

SMALLEST_BOWL = 1e-4
"""Radius of the quadratic region, relative to the start's distance, below which it is left out."""

LEFT_BEHIND = 1.2
"""Ratio of half-lives, and of curvatures, below which nobody sees the flat direction crawl."""

ALONG = 1e-9
"""Relative size of a coordinate of the start below which it is rounding."""

HIDDEN = 0.005
"""Share of the first loss below which nobody sees a part of it in the curve of the loss."""

SOONER = 2.0
"""How many times the steps of another a descent must take for anyone to call it late."""


def unmet_requirements(lesson: Lesson) -> dict[str, str]:
    """Return the names among `REQUIREMENTS` of what `lesson` lacks, each with the reason.

    A reason is a clause without numbers, such as "the prediction is not a straight line".
    """
    reasons = {name: lacks(lesson) for name, lacks in REQUIREMENTS.items()}
    return {name: reason for name, reason in reasons.items() if reason}


def is_mean_square(lesson: Lesson) -> bool:
    """Whether the loss is the MSE itself, so that its root is the RMSE."""
    return square_factor(lesson) == 1


def square_factor(lesson: Lesson) -> sp.Expr | None:
    """The positive c of a pointwise loss c (prediction − y)²; None for any other."""
    expanded = sp.expand(lesson.pointwise)
    factor = expanded.coeff(PREDICTION, 2)
    if not (factor.is_number and factor.is_positive):
        return None
    return factor if sp.expand(expanded - factor * (PREDICTION - Y) ** 2) == 0 else None


def is_line(lesson: Lesson) -> bool:
    """Whether one parameter is the slope of a straight line, and the other its height at 0."""
    return slope_index(lesson) is not None


def slope_index(lesson: Lesson) -> int | None:
    """Which parameter, 0 or 1, is the slope of a line whose height at 0 is the other, if one is."""
    first, second = lesson.parameters
    for index, line in enumerate((first * X + second, second * X + first)):
        if sp.expand(lesson.prediction - line) == 0:
            return index
    return None


def linear_terms(lesson: Lesson) -> tuple[sp.Expr, sp.Expr] | None:
    """What the two parameters multiply in the prediction; None if it is not linear in them."""
    # A parameter may cancel from a slope only once it is written out.
    first, second = (sp.expand(lesson.prediction.diff(each)) for each in lesson.parameters)
    bent = first.has(*lesson.parameters) or second.has(*lesson.parameters)
    return None if bent else (first, second)


def _not_straight(lesson: Lesson) -> str:
    if is_line(lesson):
        return ""
    if not lesson.is_straight:
        return "the prediction is not a straight line"
    return "the parameters of the line are not its slope and its height at the origin"


def _not_linear(lesson: Lesson) -> str:
    if linear_terms(lesson) is not None:
        return ""
    first, second = lesson.parameters
    return f"the prediction is not linear in {first} and {second}"


def _unless(holds: Callable[[Lesson], bool], reason: str) -> Callable[[Lesson], str]:
    """What gives the reason for a lesson of which it does not hold, and else an empty text."""
    return lambda lesson: "" if holds(lesson) else reason


_not_plain = _unless(
    lambda lesson: isinstance(lesson.rule, PlainDescent),
    "the lesson descends by another rule than the plain one",
)


def _no_swing(lesson: Lesson) -> str:
    rule = lesson.rule
    if isinstance(rule, PlainDescent):
        return ""
    if type(rule) is not Momentum:
        return "the lesson descends by neither the plain rule nor momentum"
    theory = convergence(compile_loss(lesson))
    if rule.learning_rate >= theory.largest_stable_rate:
        return "the lesson's learning rate is too high to compare momentum with plain descent"
    # Goh 2017: below this the roots are real, and the descent never swings.
    swings = rule.learning_rate * theory.eigenvalues[1] > (1 - math.sqrt(rule.momentum)) ** 2
    return "" if swings else "the lesson's momentum is too weak to swing"


def _not_quadratic(lesson: Lesson) -> str:
    if compile_loss(lesson).is_quadratic:
        return ""
    first, second = lesson.parameters
    return f"the loss is not quadratic: its curvature changes with {first} and {second}"


def _nowhere_a_bowl(lesson: Lesson) -> str:
    loss = compile_loss(lesson)
    if loss.is_quadratic:
        return ""
    try:
        theory = convergence(loss)
    except LessonError:
        return "the loss has no single minimum"
    far = float(np.linalg.norm(lesson.start - theory.minimum))
    bowl = quadratic_reach(loss, theory, far) > SMALLEST_BOWL * far
    return "" if bowl else "the loss is as good as quadratic only too near its minimum to be seen"


def _none_left_behind(lesson: Lesson) -> str:
    if _not_plain(lesson) or _nowhere_a_bowl(lesson):
        return ""  # there is nothing to judge, and the requirements before say so
    theory = convergence(compile_loss(lesson))
    flat, stiff = theory.half_lives(lesson.learning_rate)
    if theory.condition_number < LEFT_BEHIND:
        return "the bowl is as good as round, so that no direction is left behind"
    if not flat > LEFT_BEHIND * stiff:
        return "at the lesson's learning rate the flat direction is not the one left behind"
    far = np.abs(theory.coordinates(lesson.start))
    if far.min() <= ALONG * far.max():
        return "the lesson's start lies along one direction of the bowl, so that no other is seen"
    return ""


def _flat_part_shows(lesson: Lesson) -> str:
    if _not_plain(lesson) or _not_quadratic(lesson) or _none_left_behind(lesson):
        return ""  # there is nothing to judge, and the requirements before say so
    theory = convergence(compile_loss(lesson))
    if not theory.minimum.all():
        return "a parameter is zero at the minimum, of which no share says who is near"
    if theory.minimum_loss < 0:
        return "the loss falls below zero, where powers of ten cannot show it"
    flat, stiff = theory.loss_parts(lesson.start)
    if flat > HIDDEN * (flat + stiff):
        return "the flat direction is so much of the first loss that the curve shows it"
    soon = _arrival(lesson, theory, theory.stiff_twin(lesson.start), lesson.steps)
    if soon is None:
        return "the stiff direction has not arrived either when the lesson ends"
    late = _arrival(lesson, theory, lesson.start, math.ceil(SOONER * soon))
    return "" if late is None else "the flat direction arrives hardly later than the stiff one"


def _arrival(lesson: Lesson, theory: Convergence, start: FloatArray, steps: int) -> int | None:
    """The step, up to `steps`, from which a plain descent of a quadratic loss has arrived."""
    walked = theory.predict(start, lesson.learning_rate, steps)
    return settles(np.abs(walked / theory.minimum - 1).max(axis=1), CLOSE)


REQUIREMENTS: Mapping[str, Callable[[Lesson], str]] = {
    "squared residuals": _unless(
        lambda lesson: square_factor(lesson) is not None,
        "the loss is not the mean of squared residuals",
    ),
    "straight line": _not_straight,
    "linear prediction": _not_linear,
    "quadratic loss": _not_quadratic,
    "bowl at the minimum": _nowhere_a_bowl,
    "flat direction": _none_left_behind,
    "hidden flat part": _flat_part_shows,
    "plain descent": _not_plain,
    "first step downhill": _unless(
        # Momentum begins at rest, so its first step is the plain one.
        lambda lesson: isinstance(lesson.rule, PlainDescent | Momentum),
        "the lesson's first step does not go straight against the gradient",
    ),
    "plain or momentum": _no_swing,
    "few points": _unless(
        lambda lesson: lesson.shown.size == lesson.x.size,
        "the points are too many to draw each of them",
    ),
}
"""What a chapter may need: why a lesson lacks it, or an empty text if it has it."""
