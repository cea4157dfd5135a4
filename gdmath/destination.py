"""Find the minimum that the lesson's own descent goes to, which need not be the nearest one."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from warnings import catch_warnings

import numpy as np

from gdmath.arrays import FloatArray, read_only
from gdmath.descent import most_steps, walk
from gdmath.lesson import LessonError
from gdmath.numeric import NumericLoss

FLATTEST = 1e-14
"""Ratio of curvatures at which the flat one is mostly rounding, in units in which ∂²L/∂θ² is 1 for
both parameters."""

LONG = 10_000
"""Steps to which a lesson's descent is continued unless it keeps to one minimum before."""

PART_OF_MOST = 10
"""Fraction (one in so many) of `most_steps` that a descent over many points is continued to."""

CHANGE = 0.25
"""Largest change of the Hessian along a Newton step, relative to itself, from which Newton's method
is trusted: with a half it must converge (Kantorovich's theorem)."""

SAME = 1e-6
"""Distance, relative to the extent of a descent, up to which two minima are the same one."""

NEWTON_STEPS = 6
"""Newton steps that take a relative error of `CHANGE` to rounding, each step squaring it."""

FLOW_STEPS, FLOW_TOLERANCE = 1000, 1e-4
"""Steps of the solver along the gradient flow at the most, and the relative error of each."""

FLOW_TIME = 1e20
"""Time after which the flow has settled or never will, times the curvature where it began."""


@lru_cache(maxsize=8)
def long_descent(loss: NumericLoss) -> FloatArray:
    """(k + 1, 2): the places of the lesson's descent, continued until it keeps to one minimum.

    k is at least the number of the lesson's steps and at most that or `LONG`. A descent that
    diverges is recorded up to inf and nan.
    """
    lesson = loss.lesson
    longest = max(lesson.steps, min(LONG, most_steps(loss) // PART_OF_MOST))
    places, check = [lesson.start], lesson.steps
    for step, place in enumerate(walk(repeat(loss, longest), lesson.rule, lesson.start), 1):
        places.append(place)
        if step == check:
            check *= 2
            if not np.isfinite(place).all() or _keeps_to_a_minimum(loss, places):
                break
    return read_only(places)


@lru_cache(maxsize=8)
def own_minimum(loss: NumericLoss) -> FloatArray | None:
    """(2,): the minimum that the lesson's descent goes to; None where it goes to none.

    It is that of Newton's method at the end of the `long_descent`, and where that end is not close
    to a minimum yet, of the gradient flow from there.
    """
    end = long_descent(loss)[-1]
    return _minimum_below(loss, end) if np.isfinite(loss.value(end)) else None


def destination(loss: NumericLoss) -> FloatArray:
    """Return the lesson's `own_minimum`, (2,); if it has none, that below the start.

    A quadratic loss is solved from the start, whatever the descent does.

    Raises LessonError where there is no minimum either.
    """
    start = loss.lesson.start
    minimum = None if loss.is_quadratic else own_minimum(loss)
    minimum = _minimum_below(loss, start) if minimum is None else minimum
    if minimum is not None:
        return minimum
    place = start if loss.is_quadratic else long_descent(loss)[-1]
    hessian = loss.hessian(place)
    if not np.isfinite(hessian).all() or _is_bowl(hessian):
        raise LessonError(
            f"the loss has no minimum that a descent from {_written(start)} comes to; "
            "choose another start, or a loss with a lowest point"
        )
    flat, stiff = np.linalg.eigvalsh(hessian)
    raise LessonError(
        f"the loss has no single minimum: its curvatures at {_written(place)} are {flat:g} "
        f"and {stiff:g}; both must be clearly above zero"
    )


def _minimum_below(loss: NumericLoss, start: FloatArray) -> FloatArray | None:
    """(2,): the minimum that the gradient flow dθ/dt = −∇L goes to from `start`, if any."""
    minimum = _close_minimum(loss, start)
    if minimum is None and not loss.is_quadratic:
        minima = (_close_minimum(loss, place) for place in _flow(loss, start))
        minimum = next((found for found in minima if found is not None), None)
    return minimum


def _keeps_to_a_minimum(loss: NumericLoss, places: list[FloatArray]) -> bool:
    """Whether a descent came down, and one minimum has been close by for the second half of it."""
    last = len(places) - 1
    if not loss.value(places[last]) <= loss.value(places[0]):
        return False
    moments = (last // 2, 3 * last // 4, last)
    found = [_close_minimum(loss, places[moment]) for moment in moments]
    if any(minimum is None for minimum in found):
        return False
    apart = np.ptp(np.array(found, dtype=np.float64), axis=0)
    return bool((apart <= SAME * np.ptp(places, axis=0)).all())


def _close_minimum(loss: NumericLoss, place: FloatArray) -> FloatArray | None:
    """(2,): where Newton's method goes from `place`; None where it is not sure to converge."""
    minimum, hessian = place, loss.hessian(place)
    for _ in range(NEWTON_STEPS):
        if not _is_bowl(hessian):
            return None
        before, step = hessian, np.linalg.solve(hessian, loss.gradient(minimum))
        minimum = minimum - step
        hessian = loss.hessian(minimum)
        if not np.isfinite(hessian).all():
            return None
        change = np.linalg.solve(before, hessian - before)
        if not (np.isfinite(change).all() and np.abs(np.linalg.eigvals(change)).max() <= CHANGE):
            return None
    # At a kink Newton's method goes to and fro, and the Hessian does not tell.
    rows = np.array([step, minimum, minimum - loss.lesson.start])
    last, *sizes = np.sqrt(((rows @ hessian) * rows).sum(axis=1))
    return minimum if last <= SAME * max(sizes) else None


def _flow(loss: NumericLoss, start: FloatArray) -> Iterator[FloatArray]:
    """Yield places (2,) along the gradient flow from `start`, as long as its solver goes on."""
    # Imported here because it costs half a second and a quadratic loss does without.
    from scipy.integrate import BDF

    curvature = np.abs(loss.hessian(start)).max()
    if not np.isfinite(curvature):
        return
    with np.errstate(all="ignore"), catch_warnings(action="ignore"):
        solver = BDF(
            lambda _time, place: -loss.gradient(place),
            0.0,
            start,
            FLOW_TIME / max(curvature, np.finfo(float).tiny),
            rtol=FLOW_TOLERANCE,
            atol=FLOW_TOLERANCE**2 * np.where(start == 0, 1.0, np.abs(start)),
            jac=lambda _time, place: -loss.hessian(place),
        )
    for _ in range(FLOW_STEPS):
        try:
            with np.errstate(all="ignore"), catch_warnings(action="ignore"):
                solver.step()
        except ValueError:  # it came to where a curvature is infinite
            return
        if solver.status != "running":
            return
        yield solver.y


def _is_bowl(hessian: FloatArray) -> bool:
    """Whether both curvatures of a Hessian, (2, 2), are clearly above zero, in whatever units."""
    diagonal = np.diagonal(hessian)
    if not (np.isfinite(hessian).all() and (diagonal > 0).all()):
        return False
    units = np.sqrt(diagonal)
    flat, stiff = np.linalg.eigvalsh(hessian / units / units[:, np.newaxis])
    return bool(flat > FLATTEST * stiff)


def _written(parameters: FloatArray) -> str:
    first, second = parameters
    return f"({first:.3g}, {second:.3g})"
