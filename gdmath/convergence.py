"""What theory promises: the minimum, the bowl's two directions, and how fast each one dies."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only
from gdmath.destination import destination
from gdmath.numeric import NumericLoss
from gdmath.rules import Momentum, Nesterov, PlainDescent, UpdateRule


@dataclass(frozen=True, eq=False)
class Convergence:
    """The loss around its minimum, L ≈ Lmin + ½ eᵀHe with e = θ − θ*; exact if `is_quadratic`.

    In the eigenvectors of H the update θ ← θ − η∇L falls apart into two numbers, each multiplied by
    its own 1 − ηλ at every step; all rates below follow from that (Nocedal and Wright, Numerical
    Optimization, 2nd ed., section 3.3; Goh, "Why Momentum Really Works", Distill 2017).

    Index 0 is always the flat direction, index 1 the stiff one.
    """

    minimum: FloatArray
    """(2,): θ*, where the gradient vanishes."""
    minimum_loss: float
    hessian: FloatArray
    """(2, 2): the Hessian at the minimum."""
    is_quadratic: bool
    eigenvalues: FloatArray
    """(2,), ascending, both above zero."""
    eigenvectors: FloatArray
    """(2, 2): unit columns; the last component of each that is not zero is positive."""

    @property
    def condition_number(self) -> float:
        """κ = λ2/λ1, at least 1: how much stiffer the stiff direction is."""
        return float(self.eigenvalues[1] / self.eigenvalues[0])

    @property
    def largest_stable_rate(self) -> float:
        """2/λ2: at this learning rate the stiff part no longer shrinks, above it it grows."""
        return float(2 / self.eigenvalues[1])

    def largest_stable_rate_of(self, rule: UpdateRule) -> float | None:
        """The learning rate from which a rule no longer settles at the minimum; None if unknown.

        2/λ2 for plain descent and (1 + β) times that for momentum (Goh 2017). Nesterov's form goes
        by (1 + β)(1 − ηλ) and −β(1 − ηλ), the sum and product of whose roots stay inside the unit
        circle up to η = 2(1 + β)/((1 + 2β) λ2).
        """
        match rule:
            case Nesterov(momentum=momentum):
                return self.momentum_bound(momentum) / (1 + 2 * momentum)
            case Momentum(momentum=momentum):
                return self.momentum_bound(momentum)
            case PlainDescent():
                return self.largest_stable_rate
        return None

    @property
    def best_rate(self) -> float:
        """2/(λ1 + λ2): the learning rate that makes the larger of the two |factors| smallest."""
        return float(2 / self.eigenvalues.sum())

    @property
    def best_factor(self) -> float:
        """(κ − 1)/(κ + 1): what is left of the distance after a step at the best rate."""
        return (self.condition_number - 1) / (self.condition_number + 1)

    @property
    def best_momentum(self) -> tuple[float, float]:
        """(η, β) = ((2/(√λ1 + √λ2))², ((√κ − 1)/(√κ + 1))²): Polyak's best for `Momentum`.

        Both directions then shrink by √β a step in the long run, and no other pair does better
        (Polyak 1964; Goh 2017).
        """
        flat, stiff = np.sqrt(self.eigenvalues)
        return float((2 / (flat + stiff)) ** 2), float(((stiff - flat) / (stiff + flat)) ** 2)

    def momentum_bound(self, momentum: float) -> float:
        """2(1 + β)/λ2: the learning rate from which `Momentum` no longer settles (Goh 2017)."""
        return (1 + momentum) * self.largest_stable_rate

    def factors(self, rate: float) -> FloatArray:
        """(2,): 1 − ηλ, what each coordinate is multiplied by at every step."""
        return 1 - rate * self.eigenvalues

    def kept(self, rate: npt.ArrayLike, momentum: float = 0.0) -> FloatArray:
        """(...) → (..., 2): what a step of `Momentum` leaves of each coordinate in the long run.

        It is the larger root of x² − (1 + β − ηλ)x + β; without momentum, |1 − ηλ|.
        """
        half = (1 + momentum - np.asarray(rate)[..., np.newaxis] * self.eigenvalues) / 2
        real = np.abs(half) + np.sqrt(np.maximum(half**2 - momentum, 0))
        kept: FloatArray = np.maximum(real, np.sqrt(momentum))
        return kept

    def half_lives(self, rate: float) -> FloatArray:
        """(2,): the steps that halve each coordinate; 0 if one step kills it, inf if it stays."""
        with np.errstate(divide="ignore"):
            decay = -np.log(np.abs(self.factors(rate)))
            return np.where(decay > 0, np.log(2) / decay, np.inf)

    def coordinates(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): θ − θ* along the flat and the stiff eigenvector."""
        offset: FloatArray = (np.asarray(parameters) - self.minimum) @ self.eigenvectors
        return offset

    def predict(self, start: npt.ArrayLike, rate: float, steps: int) -> FloatArray:
        """(steps + 1, 2): θ_t = θ* + (I − ηH)ᵗ(θ_0 − θ*) for t = 0 … steps, without a loop."""
        powers = self.factors(rate) ** np.arange(steps + 1)[:, np.newaxis]
        return self.minimum + powers * self.coordinates(start) @ self.eigenvectors.T

    def loss_parts(self, parameters: npt.ArrayLike) -> FloatArray:
        """(..., 2) → (..., 2): ½λc², what each direction adds to the loss above its minimum."""
        parts: FloatArray = 0.5 * self.eigenvalues * self.coordinates(parameters) ** 2
        return parts

    def stiff_twin(self, start: npt.ArrayLike) -> FloatArray:
        """(2,): the place on the stiff axis, on the side of `start`, where ½eᵀHe is as large."""
        reach = np.sqrt(2 * self.loss_parts(start).sum() / self.eigenvalues[1])
        side = np.copysign(reach, self.coordinates(start)[1])
        return np.asarray(self.minimum + side * self.eigenvectors[:, 1])

    def mirrored(self, start: npt.ArrayLike) -> FloatArray:
        """(2,): `start` mirrored at the stiff axis, so that its flat part is turned round."""
        turned: FloatArray = self.eigenvectors @ (self.coordinates(start) * [-1, 1])
        return self.minimum + turned

    def flat_dominates_from(self, start: npt.ArrayLike, rate: float) -> int | None:
        """First step from which the flat direction holds the larger part of the loss, for good.

        None if that never comes: at a rate where the flat part dies first, or from a start that
        has none.
        """
        flat, stiff = np.sqrt(self.loss_parts(start))
        flat_factor, stiff_factor = np.abs(self.factors(rate))
        if flat == 0 or flat_factor < stiff_factor:
            return None
        if flat >= stiff:
            return 0
        if flat_factor == stiff_factor:
            return None
        if stiff_factor == 0:
            return 1
        return int(np.ceil(np.log(stiff / flat) / np.log(flat_factor / stiff_factor)))


@lru_cache(maxsize=8)
def convergence(loss: NumericLoss) -> Convergence:
    """Find the minimum that the lesson's descent goes to, and what the curvature there promises.

    A quadratic loss is solved exactly, H(θ* − θ) = −∇L(θ). Any other may have many minima: see
    `gdmath.destination`.

    Raises LessonError where there is no single minimum to speak of.
    """
    minimum = destination(loss)
    distance = float(np.linalg.norm(minimum - loss.lesson.start))
    # What is rounding at the scale of the descent is zero, and shall not be read as -2.2e-16.
    minimum = np.where(np.abs(minimum) > np.finfo(np.float64).eps * distance, minimum, 0.0)
    hessian = loss.hessian(minimum)
    eigenvalues, eigenvectors = np.linalg.eigh(hessian)
    # The flat one of a very narrow bowl is rounding here; as a quotient it keeps its digits.
    eigenvalues[0] = np.linalg.det(hessian) / eigenvalues[1]
    last = np.where(eigenvectors[1] == 0, eigenvectors[0], eigenvectors[1])
    return Convergence(
        minimum=read_only(minimum),
        minimum_loss=float(loss.value(minimum)),
        hessian=read_only(hessian),
        is_quadratic=loss.is_quadratic,
        eigenvalues=read_only(eigenvalues),
        eigenvectors=read_only(eigenvectors * np.sign(last)),
    )
