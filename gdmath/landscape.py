"""Trace the loss over a rectangle of parameters as level curves and grids, ready to be drawn.

Over more points than such pictures bear they are those of its `gdmath.surrogate`.
"""

from functools import lru_cache
from typing import cast

import contourpy
import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence, convergence
from gdmath.numeric import NumericLoss
from gdmath.surrogate import surrogate

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""((lowest, highest) of the first parameter, the same of the second)."""

ELLIPSE_POINTS = 361
"""Points of a closed ellipse: a degree apart, no corner is seen at any size that fits a picture."""
FINE_GRID = (241, 241)
"""Rows and columns of the grid in which a curve is traced."""
CLOSER = 0.25
"""Share of a rectangle's area up to which a curve in it is traced again in a smaller one."""
LOOKS = 16
"""Most rectangles in which a curve is traced until one holds and fills it."""
POLISHING_STEPS = 8
"""Most Newton steps that move the corners of a curve onto its level."""
ROUNDING = 1e-13
"""Length of a Newton step, relative to the curve's extent, below which no further one helps."""
ON_LEVEL = 1e-7
"""Distance from its level, relative to the curve's extent, up to which a corner is kept."""


def levels(loss_at_start: float, minimum_loss: float, count: int, ratio: float = 4.0) -> FloatArray:
    """(count,), ascending: losses whose last ring passes through the start.

    Above the minimum each is `ratio` times the one before, so on a quadratic loss every ring is
    √ratio times as wide as the last: the eye can follow a descent over many orders of magnitude.
    """
    heights = (loss_at_start - minimum_loss) * ratio ** np.arange(1.0 - count, 1.0)
    return minimum_loss + heights


def semi_axes(theory: Convergence, level: float) -> FloatArray:
    """(2,): √(2(L − Lmin)/λ), how far the ring at `level` reaches, flat direction first.

    nan below the minimum. Only for a quadratic loss is the ring exactly this ellipse.
    """
    with np.errstate(invalid="ignore"):
        axes: FloatArray = np.sqrt(2 * (level - theory.minimum_loss) / theory.eigenvalues)
    return axes


def contours(loss: NumericLoss, levels: npt.ArrayLike, bounds: Bounds) -> list[list[FloatArray]]:
    """Return for each level its curves, each a polyline (k, 2); a level with no curve gets none.

    On a quadratic loss a curve is the whole closed ellipse (last point = first), not clipped to
    `bounds`: a clipped ellipse is the drawer's business and a whole one draws smoothly. Otherwise
    contourpy traces the rectangle, and what is small in it again from close by; its points, which
    lie on chords of the grid, are moved onto the level by Newton steps along the gradient. Curves
    too thin for a grid have none.
    """
    loss = surrogate(loss)
    if loss.is_quadratic:
        theory = convergence(loss)
        return [_ellipses(theory, level) for level in np.atleast_1d(levels)]
    wide = _tracer(loss, bounds)
    curves = []
    for level in np.atleast_1d(levels):
        lines = (_polish(loss, line, level) for line in _lines(loss, level, wide, bounds))
        curves.append([line for line in lines if len(line) > 1])
    return curves


def _lines(
    loss: NumericLoss, level: float, wide: contourpy.ContourGenerator, bounds: Bounds
) -> list[FloatArray]:
    """The curves at ``level`` within `bounds`, traced first by `wide`, then from ever closer by."""
    lines, window = _traced(wide, level), bounds
    if not lines and (near := _about_minimum(convergence(loss), level, bounds)):
        lines, window = _traced(_tracer(loss, near), level), near
    for _ in range(LOOKS):
        if not lines or (better := _about(lines, window, bounds)) is None:
            return lines
        lines, window = _traced(_tracer(loss, better), level), better
    return []


@lru_cache(maxsize=4)
def _tracer(loss: NumericLoss, bounds: Bounds) -> contourpy.ContourGenerator:
    # Kept because a map asks for one ring after the other.
    first, second, heights = grid(loss, bounds, FINE_GRID)
    return contourpy.contour_generator(first, second, np.ma.masked_invalid(heights))


def _traced(tracer: contourpy.ContourGenerator, level: float) -> list[FloatArray]:
    # contourpy's type is the union over all its line types; this is the default one.
    return cast(list[FloatArray], tracer.lines(level))


def _about_minimum(theory: Convergence, level: float, bounds: Bounds) -> Bounds | None:
    """The part of `bounds` where the ring at `level` is that the grid may have missed, if any."""
    height, (lowest, highest) = level - theory.minimum_loss, np.array(bounds).T
    within = (lowest < theory.minimum) & (theory.minimum < highest)
    if height <= 0 or not within.all():
        return None
    # The box of the ellipse δᵀHδ/2 = height.
    reach = np.sqrt(2 * height * np.diag(np.linalg.inv(theory.hessian)))
    (left, lower), (right, upper) = (
        np.maximum(lowest, theory.minimum - 1.5 * reach).tolist(),
        np.minimum(highest, theory.minimum + 1.5 * reach).tolist(),
    )
    return (left, right), (lower, upper)


def _about(lines: list[FloatArray], window: Bounds, bounds: Bounds) -> Bounds | None:
    """A rectangle within `bounds` with room around `lines`, traced in `window`.

    It is larger than `window` where that cuts them; None if there is no better one.
    """
    points, (low, high) = np.vstack(lines), np.array(window).T
    first, last = points.min(axis=0), points.max(axis=0)
    spare = 2 * (high - low) / (np.array(FINE_GRID[::-1]) - 1)
    lowest, highest = np.array(bounds).T
    # A grid too coarse for a narrow valley has lost its ends: beyond the border there is more.
    more = (high - low) / 2
    bottom = np.maximum(lowest, first - np.where(first > low, spare, more))
    top = np.minimum(highest, last + np.where(last < high, spare, more))
    cut = (bottom < low).any() or (top > high).any()
    if not cut and np.prod(top - bottom) > CLOSER * np.prod(high - low):
        return None
    (left, lower), (right, upper) = bottom.tolist(), top.tolist()
    return (left, right), (lower, upper)


def grid(
    loss: NumericLoss, bounds: Bounds, shape: tuple[int, int]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return first parameter, second parameter and loss at the crossings of a regular grid.

    `shape` counts (second, first): all three arrays have it, like the rows and columns of a
    picture, and the first parameter grows along the last axis.
    """
    (left, right), (bottom, top) = bounds
    rows, columns = shape
    first, second = np.meshgrid(np.linspace(left, right, columns), np.linspace(bottom, top, rows))
    return first, second, surrogate(loss).value(np.stack([first, second], axis=-1))


def _ellipses(theory: Convergence, level: float) -> list[FloatArray]:
    if level <= theory.minimum_loss:
        return []
    angle = np.linspace(0, 2 * np.pi, ELLIPSE_POINTS)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    circle[-1] = circle[0]
    ring: FloatArray = theory.minimum + circle * semi_axes(theory, level) @ theory.eigenvectors.T
    return [ring]


def _polish(loss: NumericLoss, line: FloatArray, level: float) -> FloatArray:
    """Move each point of `line`, (k, 2), along its gradient until the loss there is `level`.

    Points that do not get there are left out.
    """
    for _ in range(POLISHING_STEPS):
        gradient, missing = loss.gradient(line), level - loss.value(line)
        squared = (gradient**2).sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            move = gradient * (missing / squared)[:, np.newaxis]
        # Next to a saddle the gradient vanishes and a step would fly away; there the chord stays.
        extent = np.ptp(line, axis=0).max()
        line = line + np.where(np.abs(move) < extent, move, 0)
        if not (np.abs(move) > ROUNDING * extent).any():
            break
    slope = np.linalg.norm(loss.gradient(line) * np.ptp(line, axis=0), axis=-1)
    there: FloatArray = line[np.abs(loss.value(line) - level) <= ON_LEVEL * slope]
    return there
