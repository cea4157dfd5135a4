"""Beyond bowls: a loss with two basins and a saddle, its stationary points, and who ends where."""

from dataclasses import dataclass
from itertools import repeat
from typing import Literal

import numpy as np
import numpy.typing as npt
import sympy as sp

from gdmath.arrays import FloatArray, IntArray, read_only
from gdmath.descent import walk
from gdmath.landscape import Bounds, grid
from gdmath.lesson import PREDICTION, Lesson, X, Y
from gdmath.numeric import NumericLoss
from gdmath.rules import UpdateRule

Kind = Literal["minimum", "saddle", "maximum"]
KINDS: tuple[Kind, ...] = ("minimum", "saddle", "maximum")

_SEARCH_GRID = (41, 41)
_NEWTON_STEPS = 50
_SETTLED = 1e-9
"""A last Newton step, relative to 1 + |θ|, from which the next would be rounding."""
_APART = 1e-6
"""A distance, relative to 1 + |θ|, that two ends of Newton's method keep only if they are two."""
_FLATTEST = 1e-9
"""|λ1/λ2| below which a stationary point is taken for one of a whole curve of them."""


@dataclass(frozen=True, eq=False)
class StationaryPoint:
    """Where the gradient vanishes, and what the signs of the two curvatures there make of it."""

    kind: Kind
    parameters: FloatArray
    """(2,)."""
    loss: float


def two_basins(
    start: tuple[float, float] = (-2.8, 1.35), learning_rate: float = 0.03, steps: int = 200
) -> Lesson:
    """Return a lesson about a·tanh(b x), the smallest network: one hidden neuron, no biases.

    tanh is odd, so (a, b) and (−a, −b) draw the same curve and the loss has two equal basins. At
    (0, 0) between them its Hessian is [[0, −2m], [−2m, 0]] with m = mean(x y): a saddle, come down
    to along a = −b and left along a = b. The thirteen points lie on 2 tanh(x), so the minima are
    ±(2, 1), with loss 0. All fits in the rectangle from −3 to 3.

    The default start is next to the ridge between the basins: its descent dawdles at the saddle,
    then ends at (2, 1), while that from (−2.7, 1.32) ends at (−2, −1).
    """
    a, b = sp.symbols("a b", real=True)
    x = np.linspace(-3, 3, 13)
    return Lesson(
        title="Two equal answers",
        parameters=(a, b),
        prediction=a * sp.tanh(b * X),
        pointwise=(PREDICTION - Y) ** 2,
        x=x,
        y=2 * np.tanh(x),
        start=read_only(start),
        learning_rate=learning_rate,
        steps=steps,
        steps_per_frame=1,
    )


def stationary_points(loss: NumericLoss, bounds: Bounds) -> tuple[StationaryPoint, ...]:
    """Return where the gradient vanishes inside `bounds`: minima, then saddles, then maxima.

    Those of a kind are in the order of their parameters. Newton's method is started from every
    crossing of a grid, so it may miss points much closer to each other than the grid is fine. A
    point in whose flat direction there is no curvature at all is left out.
    """
    first, second, _ = grid(loss, bounds, _SEARCH_GRID)
    ends = _newton(loss, np.stack([first, second], axis=-1).reshape(-1, 2))
    low, high = np.array(bounds).T
    ends = _distinct(ends[((ends >= low) & (ends <= high)).all(axis=-1)])
    curvatures = np.linalg.eigvalsh(loss.hessian(ends))
    clear = np.abs(curvatures).min(axis=-1) > _FLATTEST * np.abs(curvatures).max(axis=-1)
    points = [
        StationaryPoint(_kind(pair), read_only(end), float(loss.value(end)))
        for end, pair in zip(ends[clear], curvatures[clear], strict=True)
    ]
    return tuple(sorted(points, key=lambda point: KINDS.index(point.kind)))


def basin_of(loss: NumericLoss, rule: UpdateRule, starts: npt.ArrayLike, steps: int) -> IntArray:
    """(m, 2) → (m,): the basin in which each start is after `steps` steps of `rule`.

    Basins are counted from 0 in the order of their minima among the `stationary_points` around
    starts and ends. A start is in that of the nearest minimum once its loss is below every saddle,
    so that no way down leads out; before that, and where it goes astray, it gets −1. Starts that
    stay at a saddle for good are too few to be met by chance (Lee, Simchowitz, Jordan and Recht,
    "Gradient Descent Only Converges to Minimizers", COLT 2016), but not to be chosen on purpose.
    """
    first = np.array(starts, dtype=np.float64)
    ends = [first, *walk(repeat(loss, steps), rule, first)][-1]
    came_down = loss.value(ends) <= loss.value(first)
    points = stationary_points(loss, _around(np.concatenate([first, ends[came_down]])))
    minima = [point.parameters for point in points if point.kind == "minimum"]
    if not minima:
        return np.full(len(ends), -1, dtype=np.intp)
    lowest_pass = min((point.loss for point in points if point.kind == "saddle"), default=np.inf)
    nearest = np.square(ends[:, np.newaxis] - minima).sum(axis=-1).argmin(axis=-1)
    return np.where(loss.value(ends) < lowest_pass, nearest, -1)


def _around(points: FloatArray) -> Bounds:
    """Return a rectangle around the points, (k, 2), with half its longer side to spare."""
    low, high = points.min(axis=0), points.max(axis=0)
    spare = (high - low).max() / 2
    (left, bottom), (right, top) = low - spare, high + spare
    return (left, right), (bottom, top)


def _newton(loss: NumericLoss, points: FloatArray) -> FloatArray:
    """(m, 2) → (m, 2): where Newton's method leads from each point; nan where it does not end."""
    with np.errstate(all="ignore"):
        for _ in range(_NEWTON_STEPS):
            step = _solve(loss.hessian(points), loss.gradient(points))
            points = points - step
        settled = np.abs(step).max(axis=-1) <= _SETTLED * (1 + np.abs(points).max(axis=-1))
    return np.where(settled[:, np.newaxis], points, np.nan)


def _solve(hessians: FloatArray, gradients: FloatArray) -> FloatArray:
    """(m, 2, 2) and (m, 2) → (m, 2): H⁻¹∇L by Cramer's rule, which lets a singular H be."""
    ((p, q), (_, r)), (g, h) = np.moveaxis(hessians, 0, -1), gradients.T
    adjugate: FloatArray = np.stack([r * g - q * h, p * h - q * g], axis=-1)
    adjugate /= (p * r - q * q)[:, np.newaxis]
    return adjugate


def _distinct(points: FloatArray) -> FloatArray:
    """(m, 2) → (k, 2): each place once, without nan, in the order of the coordinates."""
    rest = points[np.isfinite(points).all(axis=-1)]
    found = []
    while len(rest):
        found.append(rest[0])
        near = _APART * (1 + np.abs(rest[0]).max())
        rest = rest[np.abs(rest - rest[0]).max(axis=-1) > near]
    # By rounded coordinates, so that noise in the first does not decide over the second.
    return np.array(sorted(found, key=lambda point: point.round(6).tolist())).reshape(-1, 2)


def _kind(curvatures: FloatArray) -> Kind:
    """(2,) → which kind of stationary point has these curvatures."""
    return KINDS[int((curvatures < 0).sum())]
