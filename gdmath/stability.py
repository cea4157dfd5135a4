"""Give the largest stable learning rate of each update rule whose theory is known."""

from gdmath.convergence import Convergence
from gdmath.rules import Momentum, Nesterov, PlainDescent, UpdateRule


def largest_stable_rate(rule: UpdateRule, theory: Convergence) -> float | None:
    """The learning rate from which a rule no longer settles at the minimum; None if unknown.

    2/λ2 for plain descent and (1 + β) times that for momentum (Goh 2017). Nesterov's form goes by
    (1 + β)(1 − ηλ) and −β(1 − ηλ), the sum and product of whose roots stay inside the unit circle
    up to η = 2(1 + β)/((1 + 2β) λ2).
    """
    bound = theory.largest_stable_rate
    match rule:
        case Nesterov(momentum=momentum):
            return bound * (1 + momentum) / (1 + 2 * momentum)
        case Momentum(momentum=momentum):
            return theory.momentum_bound(momentum)
        case PlainDescent():
            return bound
    return None
