"""What a lesson's update rule is called in a sentence, and what it does with a slope."""

import numpy as np

from gdmath import (
    AdaGrad,
    Adam,
    Convergence,
    Momentum,
    Nesterov,
    PlainDescent,
    RMSProp,
    Trajectory,
    UpdateRule,
)
from scenes.kit.wording.numbers import as_given, fixed, whole

NEARLY = 0.01
"""The share of the first loss above the minimum from which a descent is as good as done."""


def rule_name(rule: UpdateRule) -> str:
    """The name of a rule as it is written within a sentence."""
    match rule:
        case Nesterov():
            return "Nesterov's momentum"
        case Momentum():
            return "momentum"
        case AdaGrad() | RMSProp() | Adam():
            return type(rule).__name__
    return "plain descent"


def how_it_steps(rule: UpdateRule, learning_rate: float) -> str:
    """One sentence: what the rule takes off the parameters, once it has their slopes."""
    rate = as_given(learning_rate)
    match rule:
        case Nesterov(momentum=kept):
            return (
                f"Nesterov's momentum keeps {as_given(kept)} of its velocity v, adds the slope "
                f"ahead, and takes {rate} of v off."
            )
        case Momentum(momentum=kept):
            return (
                f"Momentum keeps {as_given(kept)} of its velocity v, adds that slope, "
                f"and takes {rate} of v off."
            )
        case AdaGrad():
            return (
                "AdaGrad divides each slope by the root of s, the sum of its squares, "
                f"and takes {rate} of that off."
            )
        case RMSProp():
            return (
                "RMSProp divides each slope by the root of s, its recent mean square, "
                f"and takes {rate} of that off."
            )
        case Adam():
            return (
                "Adam divides m, the recent mean slope, by the root of s, its mean square, "
                f"and takes {rate} of that off."
            )
    return f"Each step takes {rate} of its slope off each parameter, both at once."


def how_it_moves(rule: UpdateRule) -> str:
    """A clause: why a dot on the bowl stays where it is when no step is taken."""
    return "Nothing rolls" if isinstance(rule, PlainDescent) else "It moves by steps alone"


def how_it_comes_to_rest(rule: UpdateRule, trajectory: Trajectory, theory: Convergence) -> str:
    """One sentence: what a step knows of the slope, or how far off the steepest way one goes."""
    if isinstance(rule, PlainDescent):
        return (
            "Each step knows only the slope beneath it; as that fades, so do the steps, "
            "and the dot rests."
        )
    above = trajectory.losses[:-1] - theory.minimum_loss
    (underway,) = np.nonzero(above > NEARLY * above[0])
    angles = trajectory.step_angles[: underway[-1] + 1]
    worst = int(np.nanargmax(angles))
    return (
        f"With {rule_name(rule)} a step need not go straight down: "
        f"step {whole(worst + 1)} is {fixed(angles[worst], 1)}° off the steepest way."
    )
