"""How a descent on the RMSE goes, whose slope does not fade near the minimum."""

from dataclasses import dataclass

from gdmath import FloatArray
from scenes.kit.wording import Message, as_much, message, told_apart, whole

DECIMALS = 4
"""Decimals of an RMSE."""
NARROW = 1e-3
"""Relative difference of two RMSEs up to which telling them apart takes too many digits."""


@dataclass(frozen=True, eq=False)
class Root:
    """The ``roots`` (steps + 1,), and what descent on the ``mean`` of squares has come to."""

    roots: FloatArray
    mean: float

    @property
    def swings(self) -> bool:
        """Whether the descent ends by jumping over the minimum and back."""
        earlier, before, last = self.roots[-3:].tolist()
        return bool(before < last or earlier < before)

    def steps(self) -> Message:
        """How long the steps are."""
        if self.swings:
            return message("Its slope does not fade, so its steps stay long.")
        return message("Its slope is no steeper far out, where steps stay short.")

    def end(self) -> Message:
        """Where the roots come to, and if need be what the mean has."""
        first, before, last = self.roots[[0, -2, -1]].tolist()
        if not self.swings:
            begun, ended = told_apart(first, last, DECIMALS)
            return message(
                "Its RMSE began as {begun}; after {steps} steps it is {ended}.",
                begun=begun,
                steps=whole(len(self.roots) - 1),
                ended=as_much(begun, ended),
            )
        if abs(last - before) > NARROW * last:
            low, high = told_apart(min(before, last), max(before, last), DECIMALS)
            return message(
                "It ends up hopping to and fro between an RMSE of {low} and one of {high}.",
                low=low,
                high=high,
            )
        low, high = told_apart(self.mean, last, DECIMALS)
        return message(
            "It ends up hopping to and fro at an RMSE of {high}; the mean has come to {low}.",
            high=high,
            low=low,
        )
