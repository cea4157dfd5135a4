"""What chapter 5 says of a derivation: by which rule each line follows, and how well it agrees."""

from dataclasses import dataclass

from gdmath import NumericLoss, gradient_errors, unmet_requirements
from gdmath.requirements import is_mean_square
from scenes.ch05_the_chain_rule_worked.rules import RULES
from scenes.kit.wording import Message, message, unicode_name

ORDINALS = (message("First"), message("Then"), message("Next"), message("After that"))

REASONS = {
    "move the derivative inside the sum": message("the slope of a sum is the sum of the slopes"),
    "chain rule on the square": message(
        "its two comes down, and you differentiate the inside as well"
    ),
    "chain rule on the exponential": message(
        "it stays as it is, and you differentiate the inside as well"
    ),
    "chain rule on the logarithm": message(
        "you divide by the inside, and differentiate the inside as well"
    ),
    "differentiate term by term": message("you keep only what multiplies the parameter"),
    "tidy up": message("what all terms share goes in front of the sum"),
}

NOUNS = "chain rule", "sum rule", "product rule", "quotient rule", "derivative of"
"""How the name of a rule begins that needs an article to be heard."""

AGREED = 1e-6
"""Relative error up to which two ways to a slope agree as well as a nudge can tell."""


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
        has_article = rule.startswith(NOUNS)
        if rule not in REASONS or (rule == "tidy up" and not is_mean_square(self.loss.lesson)):
            if has_article:
                return message("{ordinal}, the {rule}.", **values)
            return message("{ordinal}, {rule}.", **values)
        if has_article:
            return message("{ordinal}, the {rule}: {reason}.", **values, reason=REASONS[rule])
        return message("{ordinal}, {rule}: {reason}.", **values, reason=REASONS[rule])

    def the_second(self, alike: bool) -> Message:
        """How the second derivation goes, whose steps are or are not ``alike``."""
        lesson = self.loss.lesson
        name = unicode_name(lesson.parameters[1])
        if not alike:
            return message(
                "Keep this line. For {name} you go the same way, by the rules it needs.", name=name
            )
        if "linear prediction" in unmet_requirements(lesson):
            return message("Keep this line. For {name} you do the same, rule by rule.", name=name)
        return message(
            "Keep this line. For {name} you do the same, and only the last factor differs.",
            name=name,
        )

    def nudging(self) -> Message:
        """Whether difference quotients at the guess agree with the gradient."""
        errors = gradient_errors(self.loss, self.loss.lesson.start)
        if errors.max() < AGREED:
            return message("Nudging gives you the same, as far as a nudge can tell.")
        return message("Nudging comes close to them, but only these are exact.")
