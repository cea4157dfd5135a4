"""State what chapters may require of a lesson, and why a lesson does not meet it."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import sympy as sp

from gdmath.convergence import convergence
from gdmath.lesson import PREDICTION, Lesson, LessonError, X, Y
from gdmath.local_quadratic import quadratic_reach
from gdmath.numeric import compile_loss
from gdmath.rules import Momentum, PlainDescent

SMALLEST_BOWL = 1e-4
"""Radius of the quadratic region, relative to the start's distance, below which it is left out."""

LEFT_BEHIND = 1.2
"""Ratio of half-lives, and of curvatures, below which nobody sees the flat direction crawl."""

ALONG = 1e-9
"""Relative size of a coordinate of the start below which it is rounding."""


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


def _not_squared(lesson: Lesson) -> str:
    squared = square_factor(lesson) is not None
    return "" if squared else "the loss is not the mean of squared residuals"


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


def _not_plain(lesson: Lesson) -> str:
    plain = isinstance(lesson.rule, PlainDescent)
    return "" if plain else "the lesson descends by another rule than the plain one"


def _not_down(lesson: Lesson) -> str:
    # Momentum begins at rest, so its first step is the plain one.
    down = isinstance(lesson.rule, PlainDescent | Momentum)
    return "" if down else "the lesson's first step does not go straight against the gradient"


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


def _too_many(lesson: Lesson) -> str:
    crowded = lesson.shown.size < lesson.x.size
    return "the points are too many to draw each of them" if crowded else ""


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


REQUIREMENTS: Mapping[str, Callable[[Lesson], str]] = {
    "squared residuals": _not_squared,
    "straight line": _not_straight,
    "linear prediction": _not_linear,
    "quadratic loss": _not_quadratic,
    "bowl at the minimum": _nowhere_a_bowl,
    "flat direction": _none_left_behind,
    "plain descent": _not_plain,
    "first step downhill": _not_down,
    "plain or momentum": _no_swing,
    "few points": _too_many,
}
"""What a chapter may need: why a lesson lacks it, or an empty text if it has it."""
