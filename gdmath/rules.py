"""Update rules: how a gradient becomes a step. All are pure: what is remembered goes in and out."""

import math
from dataclasses import dataclass
from typing import Protocol

from gdmath.arrays import FloatArray

State = tuple[FloatArray, ...]
"""What a rule remembers from step to step: nothing, a velocity, running means of squares, …"""


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


def check_learning_rate(learning_rate: float) -> None:
    """Raise ValueError unless the rate is positive and finite."""
    if not 0 < learning_rate < math.inf:
        raise ValueError(f"the learning rate is {learning_rate}; it must be positive and finite")
