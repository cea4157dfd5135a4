"""What a descent leaves of the flat and of the stiff part, and so why it crawls, in words."""

from dataclasses import dataclass

from scenes.kit.wording import Message, Number, Values, fixed, message, whole

LITTLE = 0.01
"""Share of a part up to which it counts as gone."""
NEARLY_ALL = 0.995
"""Share of a part from which it would be written as 100 %."""


@dataclass(frozen=True)
class LeftOver:
    """The shares of the flat and of the stiff part that are left after so many steps."""

    steps: int
    flat: float
    stiff: float

    def sentence(self) -> Message:
        """What is left of both parts."""
        steps, flat = whole(self.steps), _share(self.flat)
        if self.stiff > LITTLE:
            return message(
                "After {steps} steps {stiff} of the stiff part is left, and {flat} of the flat.",
                steps=steps,
                stiff=_share(self.stiff),
                flat=flat,
            )
        if self.flat > LITTLE:
            return message(
                "After {steps} steps the stiff part is gone, but {flat} of the flat part is left.",
                steps=steps,
                flat=flat,
            )
        return message(
            "After {steps} steps both parts are as good as gone, the flat one last.", steps=steps
        )

    def reason(self, kappa: Number, near: bool) -> Message:
        """Why it crawls, in two sentences; ``near`` the minimum alone, if it is not so elsewhere.

        ``kappa`` is the condition number.
        """
        one = message("Near the minimum one direction") if near else message("One direction")
        values: Values = {"one": one, "kappa": kappa}
        if self.stiff > LITTLE:
            return message(
                "One rate has to do for both. {one} is κ = {kappa} times as flat.", **values
            )
        if self.flat > LITTLE:
            return message(
                "The rate is not too small everywhere. {one} is done, "
                "the other is κ = {kappa} times as flat.",
                **values,
            )
        return message(
            "The rate is not too small everywhere. {one} was done first, "
            "the other is κ = {kappa} times as flat.",
            **values,
        )


def _share(share: float) -> Message:
    return (
        message("{share} %", share=fixed(100 * share, 0))
        if share < NEARLY_ALL
        else message("nearly all")
    )
