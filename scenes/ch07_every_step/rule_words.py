"""What a lesson's rule takes off the parameters, in words."""

from gdmath import AdaGrad, Adam, Momentum, Nesterov, RMSProp, UpdateRule
from scenes.kit.wording import Message, as_given, message


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
