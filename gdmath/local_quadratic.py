"""The loss about its minimum: how far it is as good as quadratic, and its rings ray by ray."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence
from gdmath.descent import descend
from gdmath.numeric import NumericLoss
from gdmath.surrogate import surrogate
from gdmath.trajectory import Trajectory

AS_GOOD_AS = 0.05
"""By how much a curvature may differ from that at the minimum and still pass for it."""
SHRINK = 0.8
SMALLEST = 1e-6
"""A share of the reach asked for, below which there is no neighbourhood to speak of."""
DISC_DIRECTIONS, DISC_CIRCLES = 24, 6
DIRECTIONS, RADII = 360, 200
DECADES = 8
NEWTON_STEPS, LAST = 6, 1e-8
"""So many at the most, and none after so small a share of the way: the next would be its square."""
TRIED, NOT_QUITE = 40, 1e-6
"""So many rings are tried, and must be at their height to that share of it."""
INMOST = 0.01
CLOSEST = 1e-4
"""A share of the reach within which heights are the parabola's: their differences are rounding."""
FEWEST = 10
"""Steps, or places on a ray, that make a curve."""


def quadratic_reach(loss: NumericLoss, theory: Convergence, reach: float) -> float:
    """How far about the minimum, up to `reach`, the loss is as good as quadratic; 0 if nowhere.

    That is where the curvature in every direction is that at the minimum, to within `AS_GOOD_AS`:
    the eigenvalues of H(θ*)⁻¹H(θ) are then as close to 1. It is judged on a web of places, by the
    surrogate of a loss over many points.
    """
    loss = surrogate(loss)
    angles = np.linspace(0, 2 * np.pi, DISC_DIRECTIONS, endpoint=False)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    shares = np.linspace(0, 1, DISC_CIRCLES + 1)[1:]
    web = (shares[:, np.newaxis, np.newaxis] * circle).reshape(-1, 2)
    root = theory.eigenvectors / np.sqrt(theory.eigenvalues)
    radius = reach
    while radius > SMALLEST * reach:
        with np.errstate(all="ignore"):  # far out it may be infinite
            relative = root.T @ loss.hessian(theory.minimum + radius * web) @ root - np.eye(2)
        if np.isfinite(relative).all() and np.abs(np.linalg.eigvalsh(relative)).max() < AS_GOOD_AS:
            return radius
        radius *= SHRINK
    return 0.0


def descent_close_by(loss: NumericLoss, theory: Convergence, reach: float) -> Trajectory:
    """The lesson's rule from `reach` off the minimum, as far along the flat as the stiff direction.

    It starts on the lesson's side of both and goes on until a tenth of the flat part is left, by
    the closed form, but not for more steps than the lesson's own.
    """
    lesson = loss.lesson
    sides = np.where(theory.coordinates(lesson.start) < 0, -1.0, 1.0)
    start = theory.minimum + theory.eigenvectors @ sides * reach / np.sqrt(2)
    tenth = np.log2(10) * theory.half_lives(lesson.learning_rate)[0]
    steps = int(np.ceil(np.clip(tenth, FEWEST, max(FEWEST, lesson.steps))))
    return descend(loss, lesson.rule, start, steps)


@dataclass(frozen=True, eq=False)
class Rays:
    """How the loss rises along straight rays from the minimum, as far as it rises on all of them.

    The rays go evenly round, and evenly round the ellipse of the Hessian, in order of their angle.
    """

    loss: NumericLoss
    theory: Convergence
    reach: float
    """How far the loss rises without a fall: rings up to there meet every ray once."""
    _directions: FloatArray
    _radii: FloatArray
    _heights: FloatArray

    @property
    def highest(self) -> float:
        """How high the loss rises above the minimum on any of the rays."""
        return float(self._heights[:, -1].max())

    def ring(self, height: float) -> FloatArray:
        """(k + 1, 2): the parameters, less the minimum, whose loss is `height` above the least.

        One for each ray, the last is the first. Where the loss up to `reach` stays below, they lie
        some way beyond it.
        """
        radii = self._radii_at(height)
        radii = np.where(height >= self._heights[:, -1], 2 * self._radii[-1], radii)
        ring = radii[:, np.newaxis] * self._directions
        return np.vstack([ring, ring[:1]])

    def sound_up_to(self) -> float:
        """The least distance at which a ring misses its height, as it does at a pole; or inf."""
        missed = [np.inf]
        # Further in a ring is as sound, and its height is lost in rounding.
        inmost = self._heights[:, np.searchsorted(self._radii, INMOST * self.reach)].max()
        for height in np.geomspace(inmost, self.highest, TRIED):
            radii = self._radii_at(height)
            found = self._above(radii)
            off = self._meets(height) & ~(np.abs(found - height) <= NOT_QUITE * height)
            missed.append(float(radii[off].min(initial=np.inf)))
        return min(missed)

    def _meets(self, height: float) -> npt.NDArray[np.bool_]:
        """(k,): the rays along which the loss comes to `height` within reach."""
        return np.asarray((self._heights[:, 0] < height) & (height < self._heights[:, -1]))

    def _above(self, radii: FloatArray) -> FloatArray:
        """(k,) distances, one on each ray → (k,): how far the loss is there above its least."""
        places = self.theory.minimum + radii[:, np.newaxis] * self._directions
        return self.loss.value(places) - self.theory.minimum_loss

    def _radii_at(self, height: float) -> FloatArray:
        """(k,): how far along each ray the loss is `height` above its least, by Newton's steps."""
        log_height, log_radii = np.log(height), np.log(self._radii)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(np.maximum(self._heights, np.finfo(float).tiny))
        radii = np.exp([np.interp(log_height, row, log_radii) for row in logs])
        met = self._meets(height)
        for _ in range(NEWTON_STEPS):
            places = self.theory.minimum + radii[:, np.newaxis] * self._directions
            slopes = (self.loss.gradient(places) * self._directions).sum(axis=-1)
            with np.errstate(divide="ignore", invalid="ignore"):
                move = (height - self._above(radii)) / slopes
            near = met & (np.abs(move) < radii / 2)
            moved = np.where(near, move, 0)
            radii = radii + moved
            if not (np.abs(moved) > LAST * radii).any():
                break
        return radii


def rays(loss: NumericLoss, theory: Convergence, reach: float) -> Rays:
    """Follow the loss (its surrogate, over many points) from its minimum outwards.

    That is up to `reach`, or to where it first falls.
    """
    loss = surrogate(loss)
    even = np.linspace(0, 2 * np.pi, DIRECTIONS, endpoint=False)
    circle = np.column_stack([np.cos(even), np.sin(even)])
    ellipse = circle / np.sqrt(theory.eigenvalues) @ theory.eigenvectors.T
    angles = np.unique(np.concatenate([even, np.arctan2(*ellipse.T[::-1]) % (2 * np.pi)]))
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    radii = reach * np.logspace(-DECADES, 0, RADII)
    web = theory.minimum + directions[:, np.newaxis] * radii[:, np.newaxis]
    heights = loss.value(web) - theory.minimum_loss
    closest = radii < CLOSEST * reach
    curvatures = ((directions @ theory.hessian) * directions).sum(axis=-1)
    parabola = 0.5 * curvatures[:, np.newaxis] * radii**2
    heights = np.where(closest, parabola, heights)
    rising = (np.diff(heights, axis=1) > 0).all(axis=0) & np.isfinite(heights[:, 1:]).all(axis=0)
    last = RADII if rising.all() else int(np.argmin(rising)) + 1
    while True:
        kept = radii[:last]
        around = Rays(loss, theory, float(kept[-1]), directions, kept, heights[:, :last])
        sound = int(np.searchsorted(kept, around.sound_up_to()))
        if sound >= last or last == FEWEST:
            return around
        last = max(sound, FEWEST)
