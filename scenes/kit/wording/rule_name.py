"""A rule of descent has a name that stands within a sentence."""

from gdmath import AdaGrad, Adam, Momentum, Nesterov, RMSProp, UpdateRule
from scenes.kit.wording.messages import Message, message


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
