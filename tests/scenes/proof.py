"""Hold what a picture shows to what gdmath computes."""

import math
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from scenes.kit.chapter import Chapter
from scenes.kit.proof.evidence import Entry, evidence
from scenes.kit.proof.provenance import Told
from scenes.kit.wording.numbers import MINUS
from scenes.kit.wording.written import Number, in_code, numerals
from tests.scenes.colours import Worn
from tests.scenes.equalities import unequal
from tests.scenes.spoken import Spoken

TOLERANCE = 1e-6
"""Of an axis unit; where all that is shown is smaller than that, of the largest of it."""
ROUND_OFF = 1e-11
"""Of the largest value: into the picture and back is a dozen additions and products."""
LAST_DIGIT = 1e-14
"""Of the largest value that the picture reaches: beside it a smaller one has no digits below."""


@dataclass
class Proof:
    """What was claimed while it looked, what of that was wrong, and what was seen unclaimed.

    `spoken` knows what was said and not shown, `worn` in which colours quantities were.
    """

    checked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    spoken: Spoken = field(default_factory=Spoken)
    worn: Worn = field(default_factory=Worn)

    def look(self, chapter: Chapter) -> None:
        """Hold every claim of this frame to its quantity."""
        shown, time = evidence(chapter), f"{chapter.time:.2f} s"
        for entry in shown.entries:
            self.checked.add(entry.quantity)
            if wrong := complaint(entry):
                self.wrong.append(f"{time}: {entry.quantity}: {wrong}")
        members = [*{id(m): m for root in chapter.mobjects for m in root.get_family()}.values()]
        self.wrong += [f"{time}: {wrong}" for wrong in unequal(chapter, members, shown.entries)]
        self.spoken.look(chapter, shown.entries)
        self.worn.look(members, shown.entries)
        self.unclaimed += [f"{time}: {where(mobject)}" for mobject in shown.unclaimed]


def complaint(entry: Entry) -> str:
    """What is wrong with an entry of the trace, in words; empty if it shows what is computed."""
    if isinstance(entry.computed, Told):
        return misquoted(str(entry.drawn), entry.computed)
    return misplaced(np.asarray(entry.drawn, dtype=float), entry.computed, entry.reach)


def misplaced(drawn: NDArray[np.float64], computed: NDArray[np.float64], reach: float = 0.0) -> str:
    """How far values read back from a picture that reaches so far are off."""
    if drawn.shape != computed.shape:
        return f"shows shape {drawn.shape}, but it is {computed.shape}"
    if not drawn.size:
        return ""
    gap, largest = float(np.abs(drawn - computed).max()), float(np.abs(computed).max())
    allowed = TOLERANCE * min(1.0, largest)
    allowed += max(ROUND_OFF * max(1.0, largest), LAST_DIGIT * reach)
    # Written so that a value that is no number fails.
    return "" if gap <= allowed else f"is off by {gap:.3g} of {largest:.3g}"


def misquoted(drawn: str, computed: Told) -> str:
    """Which digits shown are not those of a computed value, correctly rounded."""
    if squeezed(drawn) != squeezed(computed.text):
        return f"shows {drawn!r}, but it is {computed.text!r}"
    for numeral, written in zip(numerals(computed.text), computed.numbers, strict=True):
        if written is None:
            return f"tells {numeral} in {drawn!r}, which nothing computed"
        if not is_rounded(numeral, written):
            return f"tells {numeral} in {drawn!r}, but it is {written.value!r}"
    return ""


def is_rounded(numeral: str, written: Number) -> bool:
    """Whether a numeral is the value it was written for, rounded as it was asked; done exactly."""
    shown = Fraction(in_code(numeral))
    if written.place is None:
        return abs(math.log10(float(shown) / abs(written.value))) <= 0.5
    nearest = abs(shown - Fraction(written.value)) <= Fraction(10) ** written.place / 2
    mantissa, _, power = numeral.partition("e")
    exponent = int(power.replace(MINUS, "-") or 0)
    decimals = len(mantissa.partition(".")[2]) == max(0, exponent - written.place)
    return nearest and decimals and (shown != 0 or MINUS not in numeral)


def squeezed(text: str) -> str:
    """``text`` without its spaces: digits read from glyphs have none."""
    return "".join(text.split())


def where(mobject: Mobject) -> str:
    """A mobject by its kind, its colour and its place in the picture."""
    x, y, _ = mobject.get_center()
    colour = mobject.get_color().to_hex() if isinstance(mobject, VMobject) else ""
    return f"{type(mobject).__name__} {colour} about ({x:.2f}, {y:.2f})"
