"""What theory promises: the minimum, the bowl's two directions, and how fast each one dies."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import LessonError
from gdmath.numeric import NumericLoss

_FLATTEST = 1e-14
"""λ1/λ2 below which λ1 is mostly rounding, so that nobody can say whether there is a floor."""
_CLOSE = 1e-4
"""A Newton step, relative to the parameters, which two more square away to rounding."""


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

    @property
    def largest_angle(self) -> float:
        """arccos(2√κ/(1 + κ)) in degrees: how far −∇L can at most point away from the minimum.

        This is Kantorovich's inequality for the angle between e and He.
        """
        kappa = self.condition_number
        # The same angle by its tangent, which keeps its digits for a round bowl.
        return float(np.degrees(np.arctan2(kappa - 1, 2 * np.sqrt(kappa))))

    def factors(self, rate: float) -> FloatArray:
        """(2,): 1 − ηλ, what each coordinate is multiplied by at every step."""
        return 1 - rate * self.eigenvalues

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
    """Find the minimum of `loss` and what the curvature there promises.

    A quadratic loss is solved exactly, H(θ* − θ) = −∇L(θ). Any other is minimised from the lesson's
    start by SciPy's trust-region Newton method, so the answer is about the basin of that start.

    Raises LessonError where there is no single minimum to speak of.
    """
    guess = loss.lesson.start if loss.is_quadratic else _search(loss)
    # The second Newton step takes away the rounding of the first, which came from a distant guess.
    minimum = guess + _newton_step(loss, guess)
    minimum = minimum + _newton_step(loss, minimum)
    way = float(np.linalg.norm(minimum - loss.lesson.start))
    # What the way there is rounded by is nought, and shall not be read as -2.2e-16.
    minimum = np.where(np.abs(minimum) > np.finfo(np.float64).eps * way, minimum, 0.0)
    hessian = loss.hessian(minimum)
    eigenvalues, eigenvectors = np.linalg.eigh(hessian)
    last = np.where(eigenvectors[1] == 0, eigenvectors[0], eigenvectors[1])
    return Convergence(
        minimum=read_only(minimum),
        minimum_loss=float(loss.value(minimum)),
        hessian=read_only(hessian),
        is_quadratic=loss.is_quadratic,
        eigenvalues=read_only(eigenvalues),
        eigenvectors=read_only(eigenvectors * np.sign(last)),
    )


def _newton_step(loss: NumericLoss, parameters: FloatArray) -> FloatArray:
    """−H⁻¹∇L at `parameters`, (2,); refuses a Hessian that is not that of a bowl."""
    hessian = loss.hessian(parameters)
    if not np.isfinite(hessian).all():
        raise _not_found(loss)
    flat, stiff = np.linalg.eigvalsh(hessian)
    if not flat > _FLATTEST * stiff:
        raise LessonError(
            f"the loss has no single minimum: its curvatures at {_place(parameters)} are {flat:g} "
            f"and {stiff:g}; both must be clearly above zero"
        )
    return -np.asarray(np.linalg.solve(hessian, loss.gradient(parameters)), dtype=np.float64)


def _search(loss: NumericLoss) -> FloatArray:
    # Imported here because it costs half a second and a quadratic loss does without.
    from scipy.optimize import minimize

    try:
        # Whether it succeeded is judged by a Newton step: SciPy's own flag also turns false when
        # nothing but rounding is left to improve. What it says of infinite curvatures helps nobody.
        with np.errstate(all="ignore"):
            found = minimize(
                lambda parameters: _wall(loss.value(parameters)),
                loss.lesson.start,
                method="trust-exact",
                jac=loss.gradient,
                hess=loss.hessian,
                options={"gtol": 1e-8},
            ).x
    except ValueError:
        # It walked to where the loss is not finite.
        raise _not_found(loss) from None
    if not np.abs(_newton_step(loss, found)).max() <= _CLOSE * (1 + np.abs(found).max()):
        raise _not_found(loss)
    return np.asarray(found, dtype=np.float64)


def _wall(value: FloatArray) -> FloatArray:
    # A search compares: nothing is less than nan, nor more, so it would try the same step for ever.
    return np.where(np.isnan(value), np.inf, value)


def _not_found(loss: NumericLoss) -> LessonError:
    return LessonError(
        f"the loss has no minimum that a search from {_place(loss.lesson.start)} finds; "
        "choose another start, or a loss with a lowest point"
    )


def _place(parameters: FloatArray) -> str:
    first, second = parameters
    return f"({first:g}, {second:g})"
