"""Portrait: the loss over a million points as maps and bowls show it, by some thousand weighted.

A picture of the whole landscape asks for a hundred thousand places, which over a million points
would take an hour. What is told or walked never goes by a portrait: descents, minimum and numbers
count every point.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.blockwise import Weighted
from gdmath.convergence import Convergence, convergence
from gdmath.descent import descend
from gdmath.gathering import MANY, gathered
from gdmath.numeric import NumericLoss

SHIFT = 1e-3
"""Of its distance from the minimum: by so much a ring may be off. None is drawn further away than
half a picture of 1920 pixels, so that is less than a pixel, however close one looks."""

TURN = 1e-2
"""Of its length: by so much a gradient may be off, so that rings turn by less than a degree."""

ROOM, HIGHEST = 1.25, 2.0
"""Maps reach so many times as far as the descent, and bowls so many times as high."""

ACROSS, ALONG = 7, (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)
"""Places to look at: so many each way about the minimum, and these shares of the way to it."""

LEVEL = 0.01
"""Of how steep a bowl as high would be: next to a saddle, say, no ring has a place of its own."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Portrait(NumericLoss):
    """A loss over `gathered` points, and with the plane that it lacks at the minimum.

    Value and gradient are the very same there as over all points, so that rings lie about the
    minimum that they belong to, from however close by they are looked at.
    """

    gathered: Weighted
    minimum: FloatArray
    """(2,): where the loss over all points is least."""
    missing: tuple[float, FloatArray] = 0.0, np.zeros(2)
    """What the gathered points lack there, in value and gradient (2,)."""
    off: float = np.inf
    """By how much a ring is off at the most, as a share of its distance from the minimum."""
    turned: float = np.inf
    """By how much a gradient is off at the most, as a share of its length."""

    @cached_property
    def points(self) -> Weighted:
        """What a mean is computed over."""
        return self.gathered

    @property
    def _remembers(self) -> bool:
        return False

    def value(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (...): as good as the loss."""
        height, slope = self.missing
        return super().value(parameters) + height + (np.asarray(parameters) - self.minimum) @ slope

    def gradient(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): the derivatives of `value`."""
        return super().gradient(parameters) + self.missing[1]

    @property
    def is_true(self) -> bool:
        """Whether the eye cannot tell it from the loss over all points."""
        return self.off <= SHIFT and self.turned <= TURN


@lru_cache(maxsize=4)
def portrait(loss: NumericLoss) -> NumericLoss:
    """Return what stands for `loss` in pictures of the whole landscape: itself, if that is quick.

    Points are gathered ever more finely until it is true, and at the finest if it never is: what it
    then lacks stands in `off`.
    """
    if isinstance(loss, Portrait) or loss.work <= MANY:
        return loss
    theory = convergence(loss)
    places = _places(loss, theory)
    for points in gathered(loss.x, loss.y):
        likeness = _judged(_likeness(loss, theory, points), loss, places)
        if likeness.is_true:
            break
    return likeness


def _likeness(loss: NumericLoss, theory: Convergence, points: Weighted) -> Portrait:
    shared: dict[str, Any] = {field.name: getattr(loss, field.name) for field in fields(loss)}
    bare = Portrait(**shared, gathered=points, minimum=theory.minimum)
    height = theory.minimum_loss - float(bare.value(theory.minimum))
    slope = loss.gradient(theory.minimum) - bare.gradient(theory.minimum)
    return replace(bare, missing=(height, slope))


def _judged(likeness: Portrait, loss: NumericLoss, places: FloatArray) -> Portrait:
    """Tell how far it is off at `places`, (k, 2)."""
    gradients = loss.gradient(places)
    steepness = np.linalg.norm(gradients, axis=-1)
    shifts = np.abs(likeness.value(places) - loss.value(places)) / steepness
    turns = np.linalg.norm(likeness.gradient(places) - gradients, axis=-1) / steepness
    distances = np.linalg.norm(places - likeness.minimum, axis=-1)
    # What is no number is at any rate not alike.
    off, turned = (np.nan_to_num(share, nan=np.inf).max() for share in (shifts / distances, turns))
    return replace(likeness, off=float(off), turned=float(turned))


def _places(loss: NumericLoss, theory: Convergence) -> FloatArray:
    """(k, 2): where the descent goes, and all about the minimum to the corners of a map.

    Those are left out where the loss is higher than a bowl goes, has no value, or is as good as
    level.
    """
    lesson = loss.lesson
    way = descend(loss, lesson.rule, lesson.start, lesson.steps).parameters
    reach = ROOM * np.abs(way - theory.minimum).max()
    side = np.linspace(-reach, reach, ACROSS)
    about = theory.minimum + np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    places = np.vstack([about, *_on_the_way(way, theory.minimum)])
    distances = np.linalg.norm(places - theory.minimum, axis=-1)
    places, distances = (rows[distances > ALONG[-1] * reach / 2] for rows in (places, distances))
    heights = loss.value(places) - theory.minimum_loss
    shown = heights <= HIGHEST * (loss.value(lesson.start) - theory.minimum_loss)
    steep = np.linalg.norm(loss.gradient(places), axis=-1) * distances > LEVEL * heights
    return np.asarray(places[shown & steep])


def _on_the_way(way: FloatArray, minimum: FloatArray) -> Iterator[FloatArray]:
    """Where a descent (k, 2) first is as close to the minimum as the shares in `ALONG` say."""
    far = np.linalg.norm(way - minimum, axis=-1)
    for share in ALONG:
        (close,) = np.nonzero(far <= share * far[0])
        if close.size:
            yield way[close[0]]
