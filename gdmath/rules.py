"""Define the update rules, pure functions that make a step of a gradient."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gdmath.arrays import FloatArray

State = tuple[FloatArray, ...]
"""What a rule remembers from step to step: nothing, a velocity, running means of squares, …"""

TINY = 1e-8
"""ε, added to √s in AdaGrad, RMSProp and Adam, so that no gradient is divided by zero."""


class UpdateRule(Protocol):
    """The shape of every rule: at each step `descend` asks where to look, then how to move.

    All arrays have shape (2,). A rule is a frozen dataclass of its settings; it inherits the two
    defaults and states its own `step`.
    """

    def initial_state(self) -> State:
        """Return what the rule remembers before its first step."""
        return ()

    def gradient_point(
        self,
        parameters: FloatArray,
        state: State,  # noqa: ARG002 - the default stands still; a rule that looks ahead needs it
    ) -> FloatArray:
        """Return where the rule wants the gradient: at the parameters, unless it looks ahead."""
        return parameters

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return the displacement of the parameters, and what to remember after it."""
        ...


@dataclass(frozen=True)
class PlainDescent(UpdateRule):
    """θ ← θ − η∇L (Cauchy 1847): a step is the gradient at hand, scaled, and nothing else."""

    learning_rate: float

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L; there is nothing to remember."""
        return -self.learning_rate * gradient, state


@dataclass(frozen=True)
class Momentum(UpdateRule):
    """v ← βv + ∇L, θ ← θ − ηv (Polyak 1964): the gradients of the past count too, fading as βᵏ.

    The gradient is not damped by 1 − β, so a long straight slope is walked at the rate η/(1 − β).
    """

    learning_rate: float
    momentum: float

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        check_fraction("momentum", self.momentum)

    def initial_state(self) -> State:
        """Return the velocity v, (2,): at rest."""
        return (np.zeros(2),)

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −ηv for the new velocity v."""
        (velocity,) = state
        velocity = self.momentum * velocity + gradient
        return -self.learning_rate * velocity, (velocity,)


@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum whose gradient is taken at θ − ηβv, where the velocity alone would lead.

    Nesterov 1983, in the form of Sutskever, Martens, Dahl and Hinton (ICML 2013). PyTorch's
    `SGD(nesterov=True)` stores the look-ahead point θ − ηβv instead of θ.
    """

    def gradient_point(self, parameters: FloatArray, state: State) -> FloatArray:
        """Return θ − ηβv."""
        (velocity,) = state
        return parameters - self.learning_rate * self.momentum * velocity


@dataclass(frozen=True)
class AdaGrad(UpdateRule):
    """s ← s + (∇L)², θ ← θ − η∇L/√s, each parameter for itself (Duchi, Hazan and Singer 2011).

    The sum only grows, so the steps only become shorter.
    """

    learning_rate: float

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)

    def initial_state(self) -> State:
        """Return the sum of squares s, (2,): zero."""
        return (np.zeros(2),)

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L/√s for the new sum s."""
        (squares,) = state
        squares = squares + gradient**2
        return -self.learning_rate * gradient / (np.sqrt(squares) + TINY), (squares,)


@dataclass(frozen=True)
class RMSProp(UpdateRule):
    """s ← ρs + (1 − ρ)(∇L)², θ ← θ − η∇L/√s: AdaGrad with a memory that fades.

    Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012).
    """

    learning_rate: float
    decay: float = 0.9

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        check_fraction("decay", self.decay)

    def initial_state(self) -> State:
        """Return the running mean of squares s, (2,): zero."""
        return (np.zeros(2),)

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L/√s for the new mean s."""
        (squares,) = state
        squares = self.decay * squares + (1 - self.decay) * gradient**2
        return -self.learning_rate * gradient / (np.sqrt(squares) + TINY), (squares,)


@dataclass(frozen=True)
class Adam(UpdateRule):
    """Momentum and RMSProp in one (Kingma and Ba, ICLR 2015, algorithm 1).

    m ← β₁m + (1 − β₁)∇L and s ← β₂s + (1 − β₂)(∇L)² begin at zero and are therefore too small by
    1 − β₁ᵗ and 1 − β₂ᵗ; divided by these, they make the step −ηm/√s. The first is −η·sign(∇L).
    """

    learning_rate: float
    first_decay: float = 0.9
    second_decay: float = 0.999

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)
        check_fraction("first decay", self.first_decay)
        check_fraction("second decay", self.second_decay)

    def initial_state(self) -> State:
        """Return the means m and s, (2,) each, and the count of steps t, (): all zero."""
        return np.zeros(2), np.zeros(2), np.zeros(())

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −ηm/√s for the new means, their bias corrected."""
        mean, squares, count = state
        count = np.asarray(count + 1)
        mean = self.first_decay * mean + (1 - self.first_decay) * gradient
        squares = self.second_decay * squares + (1 - self.second_decay) * gradient**2
        corrected = mean / (1 - self.first_decay**count)
        scale = np.sqrt(squares / (1 - self.second_decay**count)) + TINY
        return -self.learning_rate * corrected / scale, (mean, squares, count)


def check_learning_rate(learning_rate: float) -> None:
    """Raise ValueError unless the rate is positive and finite."""
    if not 0 < learning_rate < math.inf:
        raise ValueError(f"the learning rate is {learning_rate}; it must be positive and finite")


def check_fraction(name: str, value: float) -> None:
    """Raise ValueError unless 0 ≤ value < 1, so that the past fades."""
    if not 0 <= value < 1:
        raise ValueError(f"the {name} is {value}; it must be from 0 to below 1")
