"""What a lesson's rule takes off the parameters, in words."""

from gdmath import AdaGrad, Adam, Momentum, Nesterov, RMSProp, UpdateRule
from scenes.kit.wording import Message, message


def how_it_steps(rule: UpdateRule) -> Message:
    """One sentence: what the rule takes off the parameters, once it has their slopes."""
    match rule:
        case Nesterov():
            return message("Nesterov's rule adds the slope ahead to a velocity v, and goes by v.")
        case Momentum():
            return message("Momentum adds every slope it meets to a velocity v, and goes by v.")
        case AdaGrad():
            return message("AdaGrad divides each slope by the root of s, the sum of its squares.")
        case RMSProp():
            return message("RMSProp divides each slope by the root of s, its recent mean square.")
        case Adam():
            return message(
                "Adam divides m, the recent mean slope, by the root of s, its mean square."
            )
    return message("Every step reads the slope where it stands, and goes against it.")
