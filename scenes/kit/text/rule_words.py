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
from scenes.kit.wording import Message, as_given, fixed, message, whole

NEARLY = 0.01
"""The share of the first loss above the minimum from which a descent is as good as done."""


def rule_name(rule: UpdateRule) -> Message:
    """The name of a rule as it is written within a sentence."""
    match rule:
        case Nesterov():
            return message("Nesterov's momentum")
        case Momentum():
            return message("momentum")
        case AdaGrad() | RMSProp() | Adam():
            return message("{name}", name=type(rule).__name__)
    return message("plain descent")


def how_it_steps(rule: UpdateRule, learning_rate: float) -> Message:
    """One sentence: what the rule takes off the parameters, once it has their slopes."""
    rate = as_given(learning_rate)
    match rule:
        case Nesterov(momentum=kept):
            return message(
                "Nesterov's momentum keeps {kept} of its velocity v, adds the slope ahead, and "
                "takes {rate} of v off.",
                kept=as_given(kept),
                rate=rate,
            )
        case Momentum(momentum=kept):
            return message(
                "Momentum keeps {kept} of its velocity v, adds that slope, and takes {rate} of "
                "v off.",
                kept=as_given(kept),
                rate=rate,
            )
        case AdaGrad():
            return message(
                "AdaGrad divides each slope by the root of s, the sum of its squares, and "
                "takes {rate} of that off.",
                rate=rate,
            )
        case RMSProp():
            return message(
                "RMSProp divides each slope by the root of s, its recent mean square, and "
                "takes {rate} of that off.",
                rate=rate,
            )
        case Adam():
            return message(
                "Adam divides m, the recent mean slope, by the root of s, its mean square, and "
                "takes {rate} of that off.",
                rate=rate,
            )
    return message(
        "Each step takes {rate} of its slope off each parameter, both at once.", rate=rate
    )


def how_it_moves(rule: UpdateRule) -> Message:
    """A clause: why a dot on the bowl stays where it is when no step is taken."""
    return (
        message("Nothing rolls")
        if isinstance(rule, PlainDescent)
        else message("It moves by steps alone")
    )


def how_it_comes_to_rest(rule: UpdateRule, trajectory: Trajectory, theory: Convergence) -> Message:
    """One sentence: what a step knows of the slope, or how far off the steepest way one goes."""
    if isinstance(rule, PlainDescent):
        return message(
            "Each step knows only the slope beneath it; as that fades, so do the steps, "
            "and the dot rests."
        )
    above = trajectory.losses[:-1] - theory.minimum_loss
    (underway,) = np.nonzero(above > NEARLY * above[0])
    angles = trajectory.step_angles[: underway[-1] + 1]
    worst = int(np.nanargmax(angles))
    return message(
        "With {rule} a step need not go straight down: step {step} is {angle}° "
        "off the steepest way.",
        rule=rule_name(rule),
        step=whole(worst + 1),
        angle=fixed(angles[worst], 1),
    )
