"""Define the update rules, pure functions that make a step of a gradient."""

import math
from dataclasses import dataclass, fields
from typing import ClassVar, Protocol

import numpy as np

from gdmath.arrays import FloatArray

State = tuple[FloatArray, ...]
"""What a rule remembers from step to step: nothing, a velocity, running means of squares, …"""

TINY = 1e-8
"""ε, added to √s in AdaGrad, RMSProp and Adam, so that no gradient is divided by zero."""


class UpdateRule(Protocol):
    """The shape of every rule: at each step `descend` asks where to look, then how to move.

    All arrays have shape (2,). A rule is a frozen dataclass of its settings; it inherits the two
    defaults and states its own `step`, and how many arrays it is to `remember`.
    """

    remember: ClassVar[int] = 0

    def initial_state(self) -> State:
        """Return what the rule remembers before its first step: zeros."""
        return (np.zeros(2),) * self.remember

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
class RatedRule(UpdateRule):
    """A rule with a learning rate; its other settings say how slowly the past fades.

    Raises ValueError unless the rate is positive and finite and all others from 0 to below 1.
    """

    learning_rate: float

    def __post_init__(self) -> None:
        if not 0 < self.learning_rate < math.inf:
            raise ValueError(
                f"the learning rate is {self.learning_rate}; it must be positive and finite"
            )
        for setting in fields(self)[1:]:
            if not 0 <= (value := getattr(self, setting.name)) < 1:
                name = setting.name.replace("_", " ")
                raise ValueError(f"the {name} is {value}; it must be from 0 to below 1")


@dataclass(frozen=True)
class PlainDescent(RatedRule):
    """θ ← θ − η∇L (Cauchy 1847): a step is the gradient at hand, scaled, and nothing else."""

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L; there is nothing to remember."""
        return -self.learning_rate * gradient, state


@dataclass(frozen=True)
class Momentum(RatedRule):
    """v ← βv + ∇L, θ ← θ − ηv (Polyak 1964): the gradients of the past count too, fading as βᵏ.

    The gradient is not damped by 1 − β, so a long straight slope is walked at the rate η/(1 − β).
    """

    momentum: float
    remember = 1

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
class AdaGrad(RatedRule):
    """s ← s + (∇L)², θ ← θ − η∇L/√s, each parameter for itself (Duchi, Hazan and Singer 2011).

    The sum only grows, so the steps only become shorter.
    """

    remember = 1

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L/√s for the new sum s."""
        (squares,) = state
        squares = squares + gradient**2
        return -self.learning_rate * gradient / (squares**0.5 + TINY), (squares,)


@dataclass(frozen=True)
class RMSProp(RatedRule):
    """s ← ρs + (1 − ρ)(∇L)², θ ← θ − η∇L/√s: AdaGrad with a memory that fades.

    Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012).
    """

    decay: float = 0.9
    remember = 1

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −η∇L/√s for the new mean s."""
        (squares,) = state
        squares = self.decay * squares + (1 - self.decay) * gradient**2
        return -self.learning_rate * gradient / (squares**0.5 + TINY), (squares,)


@dataclass(frozen=True)
class Adam(RatedRule):
    """Momentum and RMSProp in one (Kingma and Ba, ICLR 2015, algorithm 1).

    m ← β₁m + (1 − β₁)∇L and s ← β₂s + (1 − β₂)(∇L)² begin at zero and are therefore too small by
    1 − β₁ᵗ and 1 − β₂ᵗ; divided by these, they make the step −ηm/√s. The first is −η·sign(∇L).
    """

    first_decay: float = 0.9
    second_decay: float = 0.999
    remember = 3

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return −ηm/√s for the new means, their bias corrected; the steps are counted, too."""
        mean, squares, count = state
        count = count + 1
        mean = self.first_decay * mean + (1 - self.first_decay) * gradient
        squares = self.second_decay * squares + (1 - self.second_decay) * gradient**2
        corrected = mean / (1 - self.first_decay**count)
        scale = (squares / (1 - self.second_decay**count)) ** 0.5 + TINY
        return -self.learning_rate * corrected / scale, (mean, squares, count)
