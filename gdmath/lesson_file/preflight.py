"""Refuse a lesson whose descent would not come down, before anything is drawn of it."""

import math

import numpy as np
import sympy as sp

from gdmath.convergence import Convergence, convergence
from gdmath.descent import most_steps, recorded
from gdmath.destination import long_descent, own_minimum
from gdmath.lesson import LARGEST, SMALLEST, Lesson, LessonError
from gdmath.numeric import NumericLoss, compile_loss
from gdmath.rules import PlainDescent
from gdmath.trajectory import Trajectory

LEAST_SHARE = 1e-3
"""A descent that covers less of its way down than this does not move to the eye."""

FARTHEST = 100
"""A descent that strays so many times as far as the start lies has left all there is to see."""

LEAST_DISTANCE = 1e-3
"""A start no further from the minimum than this, relative to the minimum, is the end as well."""

NARROWEST = 3e7
"""The largest condition number: a ring that is longer by its root has too few digits to be drawn.

A point of it is known to 16 digits of its length. Across, that is a share 2·10⁻¹⁶ √κ of its loss,
after a dozen operations 10⁻¹¹ of it: see ROUND_OFF in the tests of what is drawn.
"""

CONSTANT = 1e-12
"""Differences of a loss, relative to it, that are mostly rounding."""

FAR_AWAY = 1e-6
"""A range of x, relative to x itself, that leaves the bowl a flat direction without digits."""

KINKED = (sp.Abs, sp.sign, sp.Piecewise)


def check_settling(lesson: Lesson) -> None:
    """Raise LessonError unless the descent as the lesson states it comes down to a minimum.

    The descent must stay where the loss is defined and has a gradient, come down if it is continued
    for long, and change the loss enough to be seen. Where a theory of the rule gives the largest
    stable rate, the rate must be below that at the minimum which the descent itself goes to.
    """
    loss = compile_loss(lesson)
    _check_work(loss)
    _check_start(loss)
    theory = _theory(loss)
    _check_condition(lesson, theory)
    bound = theory.largest_stable_rate_of(lesson.rule)
    if theory.is_quadratic:
        _check_rate(lesson, bound)
    distance, size = np.linalg.norm([lesson.start - theory.minimum, theory.minimum], axis=1)
    if distance <= LEAST_DISTANCE * size:
        raise LessonError(
            f"the start {lesson.start.tolist()} is the minimum already, so there is nothing to "
            "descend; start further away",
            "start",
        )
    _check_height(loss, theory)
    trajectory = _descent(loss, theory)
    _check_finite(trajectory)
    if not theory.is_quadratic or bound is None:
        _check_coming_down(loss)
        _check_rate(lesson, bound)
    _check_seen(loss, trajectory, theory, bound)


def _check_rate(lesson: Lesson, bound: float | None) -> None:
    if bound is not None and lesson.learning_rate >= bound:
        raise LessonError(
            f"the learning rate {lesson.learning_rate} makes the descent diverge; "
            f"it must be below the largest stable rate, {_rounded_down(bound)}",
            "learning_rate",
        )


def _check_work(loss: NumericLoss) -> None:
    count, steps = loss.points.size, loss.lesson.steps
    if steps > most_steps(loss):
        raise LessonError(
            f"{steps} steps over {count} points take too long for a loss that is not quadratic; "
            f"over so many points there can be {most_steps(loss)}",
            "steps",
        )


def _check_condition(lesson: Lesson, theory: Convergence) -> None:
    if theory.condition_number > NARROWEST:
        middle = f"{_from_the_middle(lesson)}, or " if lesson.is_straight else ""
        raise LessonError(
            f"the bowl is {theory.condition_number:.0e} times as steep across as along; more than "
            f"{NARROWEST:.0e} is too narrow to be drawn: {middle}scale up the parameter that "
            "counts for too little",
            "prediction",
        )


def _check_height(loss: NumericLoss, theory: Convergence) -> None:
    height = float(loss.value(loss.lesson.start)) - theory.minimum_loss
    if height > 0 and not SMALLEST**2 <= height <= LARGEST**2:
        raise LessonError(
            f"the loss at the start is {height:.3g} above its minimum; multiply it by what "
            f"brings that between {SMALLEST**2:g} and {LARGEST**2:g}",
            "pointwise",
        )


def _from_the_middle(lesson: Lesson) -> str:
    """Advice that makes the bowl of any line rounder: with digits enough to tell the x apart."""
    middle, spread = float(np.median(lesson.x)), float(np.ptp(lesson.x))
    digits = max(4, 3 + math.ceil(math.log10(abs(middle) / spread))) if middle else 1
    return f"count x from its middle, x - {middle:.{digits}g}"


def _check_start(loss: NumericLoss) -> None:
    lesson = loss.lesson
    start = lesson.start.tolist()
    predicted = loss.prediction(lesson.start, lesson.x)
    undefined = np.flatnonzero(~np.isfinite(predicted))
    if undefined.size:
        raise LessonError(
            f"at the start {start} the prediction is undefined or infinite where x is "
            f"{lesson.x[undefined[0]]:g}; choose a start where every formula is defined",
            "start",
        )
    if not np.isfinite(loss.value(lesson.start)):
        raise LessonError(
            f"the loss at the start {start} is not a finite number; "
            "choose a start where every formula is defined",
            "start",
        )
    if not np.isfinite(loss.gradient(lesson.start)).all():
        raise LessonError(
            f"the loss has no gradient at the start {start}; start where it can be differentiated",
            "start",
        )


def _theory(loss: NumericLoss) -> Convergence:
    try:
        return convergence(loss)
    except LessonError as mistake:
        around = loss.lesson.start + np.random.default_rng(0).standard_normal((20, 2))
        if np.ptp(loss.value(around)) <= CONSTANT * np.abs(loss.value(loss.lesson.start)):
            first, second = loss.lesson.parameters
            raise LessonError(
                f"the loss is {loss.value(loss.lesson.start):g} whatever {first} and {second} are; "
                "it must depend on both",
                "pointwise",
            ) from None
        _check_moving(loss)
        near = np.ptp(loss.lesson.x) < FAR_AWAY * np.abs(loss.lesson.x).max()
        if near and loss.lesson.is_straight:
            raise LessonError(f"{mistake}; {_from_the_middle(loss.lesson)}", "prediction") from None
        if not (loss.lesson.pointwise.has(*KINKED) or loss.lesson.prediction.has(*KINKED)):
            raise
        raise LessonError(
            f"{mistake} (where abs has its kink there is no curvature: "
            "sqrt((prediction - y)**2 + 0.01) is abs with its tip rounded)"
        ) from None


def _check_moving(loss: NumericLoss) -> None:
    """Refuse a start that is no minimum, as on a saddle, if the descent would stay there."""
    lesson = loss.lesson
    slope, size = np.linalg.norm([loss.gradient(lesson.start), lesson.start], axis=1)
    if not loss.is_quadratic and lesson.learning_rate * slope <= CONSTANT * max(1.0, size):
        raise LessonError(
            f"the gradient vanishes at the start {lesson.start.tolist()}, which is no minimum, so "
            "no step would be taken; start where the loss slopes",
            "start",
        )


def _descent(loss: NumericLoss, theory: Convergence) -> Trajectory:
    lesson = loss.lesson
    if theory.is_quadratic and isinstance(lesson.rule, PlainDescent):
        # Known without the loop, which takes its time for many points.
        steps = theory.predict(lesson.start, lesson.learning_rate, lesson.steps)
        return recorded(loss, steps[[0, -1]])
    return recorded(loss, long_descent(loss)[: lesson.steps + 1])


def _check_finite(trajectory: Trajectory) -> None:
    losses = trajectory.losses
    (broken,) = np.nonzero(
        ~np.isfinite(np.column_stack([losses, trajectory.gradients])).all(axis=1)
    )
    if broken.size and np.isfinite(trajectory.parameters[broken[0]]).all():
        first = int(broken[0])
        place = f"step {first} leads to {trajectory.parameters[first].tolist()}, where the loss "
        if np.isnan(losses[first]):
            raise LessonError(
                f"{place}is undefined; take a smaller learning rate or another start",
                "learning_rate",
            )
        if np.isfinite(losses[first]):
            raise LessonError(
                f"{place}cannot be differentiated; choose another start or a smoother loss",
                "pointwise",
            )


def _check_coming_down(loss: NumericLoss) -> None:
    """Refuse a descent that ends above its start, or at no minimum, also if it is continued."""
    first, last = loss.value(long_descent(loss)[[0, -1]])
    if not last <= first or own_minimum(loss) is None:
        raise LessonError(
            f"the learning rate {loss.lesson.learning_rate} makes the descent diverge from the "
            f"start {loss.lesson.start.tolist()}; it must be smaller",
            "learning_rate",
        )


def _check_seen(
    loss: NumericLoss, trajectory: Trajectory, theory: Convergence, bound: float | None
) -> None:
    rate, losses = loss.lesson.learning_rate, trajectory.losses
    away = np.linalg.norm(trajectory.parameters - theory.minimum, axis=-1)
    come = np.linalg.norm(loss.lesson.start) + np.cumsum(trajectory.step_lengths)
    reach = FARTHEST * max(away[0], float(np.linalg.norm(theory.minimum)))
    far = away > reach
    far[2:] |= np.diff(come) > FARTHEST * come[:-1]
    if far.any():
        first = int(np.argmax(far))
        raise LessonError(
            f"step {first} leaps to {trajectory.parameters[first].tolist()}, more than {FARTHEST} "
            "times as far as anything before; take a smaller learning rate",
            "learning_rate",
        )
    if np.abs(losses - losses[0]).max() < LEAST_SHARE * (losses[0] - theory.minimum_loss):
        stable = f"the largest stable rate is {_rounded_down(bound)}" if bound else ""
        near = f" (close to the minimum, {stable})" if bound else ""
        raise LessonError(
            f"with the learning rate {rate} the loss hardly changes in {loss.lesson.steps} steps: "
            f"from {losses[0]:.6g} to {losses[-1]:.6g}; it must be larger{near}",
            "learning_rate",
        )


def _rounded_down(bound: float) -> str:
    """Six significant digits that are never above `bound`, so that the advice can be taken."""
    unit = 10.0 ** (math.floor(math.log10(bound)) - 5)
    return f"{math.floor(bound / unit) * unit:.6g}"
