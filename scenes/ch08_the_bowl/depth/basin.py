"""A Basin is the loss about its minimum, ray by ray, as far as it stays below a level."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdmath import Convergence, NumericLoss

Array = NDArray[np.float64]

HEADROOM, MARGIN = 1.12, 1.08
"""How far above the highest and beyond the furthest place that it holds a basin goes on."""
SLENDER = 6.0
"""How much longer than wide a basin may be, where the loss is quadratic."""
DIRECTIONS, SAMPLES, HALVINGS = 361, 400, 30


class Basin:
    """What lies below `level`, which is a little above all of ``seen`` (k, 2).

    The rays go from the minimum evenly round its rings. Along one on which the level is not reached
    the basin ends a little beyond ``seen``: its rim is then not level. The `longest` way across is
    a direction (2,) of the parameters.
    """

    def __init__(self, loss: NumericLoss, theory: Convergence, seen: Array) -> None:
        self.loss, self.minimum, self.least = loss, theory.minimum, theory.minimum_loss
        self.level = self.least + HEADROOM * (float(loss.value(seen).max()) - self.least)
        curvatures = np.maximum(theory.eigenvalues, theory.eigenvalues.max() / SLENDER**2)
        self.frame = theory.eigenvectors / np.sqrt(curvatures)
        furthest = np.linalg.norm(np.linalg.solve(self.frame, (seen - self.minimum).T), axis=0)
        reach = MARGIN * max(furthest.max(), np.sqrt(2 * (self.level - self.least)))
        self.longest = self.frame[:, 0]
        self.angles = np.linspace(0, 2 * np.pi, DIRECTIONS)
        self.radii = self._radii(np.linspace(0, reach, SAMPLES))
        self.rim = self.places(1.0, self.angles)

    def places(self, shares: ArrayLike, angles: ArrayLike) -> Array:
        """The parameters (..., 2) at ``shares`` of the way to the rim, at ``angles``, all (...)."""
        radii = np.interp(np.asarray(angles), self.angles, self.radii, period=2 * np.pi)
        return self._at(np.asarray(shares) * radii, np.asarray(angles))

    def within(self, curve: Array) -> list[Array]:
        """The parts of a ``curve`` (k, 2) that lie within the rim, each of them (m, 2)."""
        across, along = np.linalg.solve(self.frame, (curve - self.minimum).T)
        radii = np.interp(np.arctan2(along, across), self.angles, self.radii, period=2 * np.pi)
        inside = np.hypot(across, along) <= radii
        parts = np.split(np.arange(len(curve)), np.flatnonzero(np.diff(inside)) + 1)
        return [curve[part] for part in parts if inside[part[0]] and len(part) > 1]

    def angle(self, direction: ArrayLike) -> float:
        """The angle of the ray that goes in a ``direction`` (2,) of the parameters."""
        across, along = np.linalg.solve(self.frame, np.asarray(direction, dtype=float))
        return float(np.arctan2(along, across))

    def _at(self, radii: Array, angles: Array) -> Array:
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        return np.asarray(self.minimum + radii[..., np.newaxis] * (circle @ self.frame.T))

    def _radii(self, tried: Array) -> Array:
        """How far each ray goes, at the most as far as the last of the radii ``tried``."""
        # A loss that has no value there is not below the level either.
        beyond = ~(self.loss.value(self._at(tried, self.angles[:, np.newaxis])) <= self.level)
        beyond[:, 0] = False
        first = np.where(beyond.any(axis=1), beyond.argmax(axis=1), len(tried) - 1)
        inner, outer = tried[first - 1], tried[first]
        inner = np.where(beyond.any(axis=1), inner, outer)
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            within = self.loss.value(self._at(middle, self.angles)) <= self.level
            inner, outer = np.where(within, middle, inner), np.where(within, outer, middle)
        return np.asarray(inner)
