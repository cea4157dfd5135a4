"""Update rules: how a gradient becomes a step. Each is pure: what it remembers goes in and comes out."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gdmath.arrays import FloatArray

State = tuple[FloatArray, ...]
"""What a rule remembers from step to step: nothing, a velocity, running means of squares, …"""


class UpdateRule(Protocol):
    """The shape of every rule; `descend` calls the three methods in this order at each step.

    All arrays have shape (2,), or (..., 2) for many descents at once.
    """

    def initial_state(self, parameters: FloatArray) -> State:
        """Return what the rule remembers before the first step."""
        return ()

    def gradient_point(self, parameters: FloatArray, state: State) -> FloatArray:
        """Return where the rule wants the gradient: where it stands, unless it looks ahead."""
        return parameters

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        """Return the displacement of the parameters, and what to remember of it."""
        ...


@dataclass(frozen=True)
class PlainDescent(UpdateRule):
    """θ ← θ − η∇L (Cauchy 1847): every step is the gradient at hand, scaled; nothing is remembered."""

    learning_rate: float

    def __post_init__(self) -> None:
        check_learning_rate(self.learning_rate)

    def step(self, gradient: FloatArray, state: State) -> tuple[FloatArray, State]:
        return -self.learning_rate * gradient, state


def check_learning_rate(learning_rate: float) -> None:
    """Raise ValueError unless the rate is positive and finite."""
    if not 0 < learning_rate < math.inf:
        raise ValueError(f"the learning rate is {learning_rate}; it must be positive and finite")
