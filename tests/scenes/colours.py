"""A quantity keeps its colour through all chapters, and a letter what it stands for.

Only colours that mean something are told apart: parameters, loss, gradient, data. What stands back,
or is one of several that are compared, may wear ink or a grey instead.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from manim import Mobject, VMobject

from scenes.kit.proof.evidence import Entry
from scenes.kit.text.quantity import Quantity
from scenes.kit.theme import PALETTE

MEANINGS = {
    getattr(PALETTE, name).upper(): name for name in ("parameters", "loss", "gradient", "data")
}
OF_SEVERAL = {
    "parameters": "several descents at once have a colour each",
    "trajectory": "the same",
    "series": "the same: it is a descent's curve",
    "logarithm of the series": "the same: it is a descent's curve",
    "RMSE": "the same: on the board a number has its descent's colour",
    "loss": "the dot on the bowl is that of the parameters",
    "parameters under the loss": "the line down from that dot is a loss",
    "prediction": "a line that goes astray is told from the one that does not",
    "step": "an arrow that is made of the gradient keeps its colour",
    "tangent": "its slope is the gradient, its steps are of parameters and of loss",
    "parameters under the tangent": "the same",
    "number": "readouts without a name of their own",
}
"""Quantities that may have more than one colour, and why."""
SHADED = ("loss surface", "loss at the edge", "text", "caption")
"""What is coloured by its height, or glyph by glyph."""


@dataclass
class Worn:
    """The colours of meaning that each quantity wore, and the quantities of each letter."""

    colours: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    letters: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: set[tuple[int, str]] = field(default_factory=set)

    def look(self, mobjects: Iterable[Mobject], entries: Iterable[Entry]) -> None:
        """Take down what claims something just now."""
        for entry in entries:
            seen = id(entry.mobject), entry.quantity
            if entry.mobject and seen not in self.known and not entry.quantity.startswith(SHADED):
                self.known.add(seen)
                self.colours[entry.quantity] |= meanings(entry.mobject)
        for member in mobjects:
            if isinstance(member, Quantity):
                # Unless it is called otherwise, a quantity is called by its letter; a loss after a
                # step is a loss.
                called = member.digits.bindings[0].quantity
                self.letters[member.left] |= {called.partition(" ")[0]} - {member.left}


def meanings(mobject: Mobject) -> set[str]:
    """What the colour of a mobject means; nothing if it is ink or a grey."""
    drawn = next(
        (m for m in mobject.get_family() if isinstance(m, VMobject) and m.has_points()), None
    )
    if drawn is None:
        return set()
    paint = drawn.get_fill_color() if drawn.get_fill_opacity() > 0 else drawn.get_stroke_color()
    return {MEANINGS[paint.to_hex()]} if paint.to_hex() in MEANINGS else set()
