"""Cut level curves to the rectangle of a map, so that they end on its border."""

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.landscape import Bounds, contours
from gdmath.numeric import NumericLoss
from gdmath.surrogate import surrogate

_NEWTON_STEPS = 6
"""Newton steps that move the end of a level curve along the border onto its level."""


def rings(loss: NumericLoss, level: float, bounds: Bounds) -> list[FloatArray]:
    """Return the pieces of the level curve inside ``bounds``, polylines (k, 2).

    A piece that leaves the rectangle ends on its border, at the very point where the loss is
    ``level``. That is the loss of the `surrogate`, over more points than a map bears.
    """
    shown = surrogate(loss)
    return [
        piece
        for curve in contours(shown, [level], bounds)[0]
        for piece in _clipped(shown, level, curve, bounds)
    ]


def _clipped(
    loss: NumericLoss, level: float, curve: FloatArray, bounds: Bounds
) -> list[FloatArray]:
    low, high = np.array(bounds).T
    # A curve that contourpy traced to the border is there but for round-off.
    reach = 1e-9 * (high - low)
    inside = np.all((curve >= low - reach) & (curve <= high + reach), axis=1)
    if inside.all():
        return [curve]
    if np.allclose(curve[0], curve[-1]):
        # A closed curve is opened outside, so that no piece is cut where the curve merely began.
        opening = int(np.argmin(inside))
        curve = np.vstack([np.roll(curve[:-1], -opening, axis=0), curve[opening]])
        inside = np.append(np.roll(inside[:-1], -opening), False)
    pieces = []
    for run in np.split(np.arange(len(curve)), np.flatnonzero(np.diff(inside)) + 1):
        if not inside[run[0]]:
            continue
        first, last = run[0], run[-1]
        head = [_exit(loss, level, curve[first], curve[first - 1], bounds)] if first > 0 else []
        after = curve[last + 1 : last + 2]
        tail = [_exit(loss, level, curve[last], outer, bounds) for outer in after]
        pieces.append(np.vstack([*head, curve[run], *tail]))
    return pieces


def _exit(
    loss: NumericLoss, level: float, inner: FloatArray, outer: FloatArray, bounds: Bounds
) -> FloatArray:
    """Where the level curve leaves the rectangle between two of its points, (2,)."""
    low, high = np.array(bounds).T
    chord = outer - inner
    border = np.where(chord > 0, high, low)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(chord != 0, (border - inner) / chord, np.inf)
    side = int(np.argmin(shares))
    point: FloatArray = inner + shares[side] * chord
    point[side] = border[side]
    # The chord leaves close to where the curve does; along the border Newton finds the curve.
    free = 1 - side
    for _ in range(_NEWTON_STEPS):
        slope = loss.gradient(point)[free]
        if slope != 0:
            point[free] += (level - float(loss.value(point))) / slope
    return point


def stretch(places: npt.ArrayLike, vectors: npt.ArrayLike, bounds: Bounds) -> float:
    """By how much the `vectors` (k, 2) can be stretched and end, from `places`, within `bounds`.

    It is inf if all of them are zero; the `places` (k, 2) are within.
    """
    starts, steps = np.asarray(places, dtype=float), np.asarray(vectors, dtype=float)
    low, high = np.transpose(bounds)
    room = np.where(steps > 0, high - starts, starts - low)
    sizes = np.abs(steps)
    fits = np.divide(room, sizes, out=np.full_like(room, np.inf), where=sizes > 0)
    return float(fits.min(initial=np.inf))
