"""A waiver lets mobjects break a rule of layout on purpose: it names the rule and the reason."""

from dataclasses import dataclass
from typing import Any, Literal, Self

from manim import Mobject

Rule = Literal[
    "safe area",
    "caption zone",
    "overlap",
    "cap height",
    "spoken height",
    "contrast",
    "reading time",
    "joint",
    "empty",
    "panels",
    "filling",
]


@dataclass(frozen=True, eq=False)
class Allowance:
    """Some mobjects that may break ``rule``, a rule of two among each other only."""

    rule: Rule
    reason: str

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A copy made for an animation is allowed what its original is.
        return self


def allow(rule: Rule, *mobjects: Mobject, reason: str) -> None:
    """Let ``mobjects`` and all their parts break ``rule``; overlaps, only with one another."""
    allowance = Allowance(rule, reason)
    for mobject in mobjects:
        for member in mobject.get_family():
            member.allowances = (  # type: ignore[attr-defined]  # manim's classes have no such field
                *getattr(member, "allowances", ()),
                allowance,
            )


def allowed(rule: Rule, *mobjects: Mobject) -> bool:
    """Whether one allowance for ``rule`` covers every one of ``mobjects``."""
    common = set.intersection(*(set(getattr(m, "allowances", ())) for m in mobjects))
    return any(allowance.rule == rule for allowance in common)
