"""What chapter 5 says of a derivation: by which rule each line follows, and how well it agrees."""

from dataclasses import dataclass

import numpy as np

from gdmath import NumericLoss, check_gradient, unmet_requirements
from gdmath.requirements import is_mean_square
from scenes.ch05_the_chain_rule_worked.rules import RULES
from scenes.kit.wording import Message, message, unicode_name, whole

ORDINALS = (message("First"), message("Then"), message("Next"), message("After that"))

REASONS = {
    "move the derivative inside the sum": message("the slope of a sum is the sum of the slopes"),
    "chain rule on the square": message(
        "the two comes down, and the inside is differentiated as well"
    ),
    "differentiate term by term": message("only what multiplies the parameter is left"),
    "tidy up": message("what all terms share goes in front of the sum"),
}


@dataclass(frozen=True)
class Story:
    """The facts of one lesson's ``loss``, and the sentences that depend on them."""

    loss: NumericLoss

    def one_rule(self, rule: str, step: int, steps: int) -> Message:
        """The ``rule`` of a step, counted from 1, of so many, and why it holds if that is short."""
        values = {
            "ordinal": message("Last") if step == steps else ORDINALS[min(step, len(ORDINALS)) - 1],
            "rule": RULES[rule],
        }
        if rule not in REASONS or (rule == "tidy up" and not is_mean_square(self.loss.lesson)):
            return message("{ordinal}, {rule}.", **values)
        return message("{ordinal}, {rule}: {reason}.", **values, reason=REASONS[rule])

    def the_second(self, alike: bool) -> Message:
        """How the second derivation goes, whose steps are or are not ``alike``."""
        lesson = self.loss.lesson
        name = unicode_name(lesson.parameters[1])
        if not alike:
            return message(
                "Keep this. For {name} we go the same way, by whatever rules it needs.", name=name
            )
        if "linear prediction" in unmet_requirements(lesson):
            return message("Keep this. For {name} it is the same, rule by rule.", name=name)
        return message(
            "Keep this. For {name} it is the same, rule by rule: only the last factor differs.",
            name=name,
        )

    def nudging(self) -> Message:
        """To how many digits a difference quotient at the guess agrees with the gradient."""
        check = check_gradient(self.loss, self.loss.lesson.start)
        digits = int(-np.log10(max(check.central_error.max(), np.finfo(float).eps)))
        return message(
            "These are its numbers at our guess. Nudging each parameter agrees to {digits} digits.",
            digits=whole(digits),
        )
