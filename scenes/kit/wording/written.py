"""A Written text knows which of its numbers were computed, and from which values.

What is said or typeset must not hold a number that somebody typed. So a number is written by a
function of `numbers`, and goes into a text through `fill`, which keeps it; a proof can then ask the
text for the value behind each of its numerals.
"""

import re
from typing import Self

MINUS = "\N{MINUS SIGN}"
THIN_SPACE = "\N{THIN SPACE}"

PLAIN, SUPERSCRIPTS = "-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"

_INDEX = re.compile(r"[_^](?:\([^()]*\)|\w+)|#\w+\([^()]*\)")
_NUMERAL = re.compile(
    rf"(?<![\w.#])(?:10[{SUPERSCRIPTS}]+"
    rf"|{MINUS}?\d+(?:{THIN_SPACE}\d{{3}})*(?:\.\d+)?(?:e{MINUS}?\d+)?)"
)
_SLOT = re.compile(r"\{(\w+)\}")


class Written(str):
    """A text, and the numbers that were written into it, in no particular order."""

    numbers: tuple["Number", ...] = ()

    def __new__(cls, text: str, numbers: tuple["Number", ...] = ()) -> Self:
        """``text`` with ``numbers``, each as it stands in the text."""
        made = super().__new__(cls, text)
        made.numbers = numbers
        return made


class Number(Written):
    """A numeral, and the value that it was rounded from to a multiple of 10**``place``.

    Without a place the number is the power of ten nearest to the value. It may be ``heard`` in
    other words than it is seen: as "about 2300" for 2310.40. One that is ``counted`` is that of
    things in the picture, and need not be written there.
    """

    value: float
    place: int | None
    heard: str = ""
    counted: bool = False

    def __new__(cls, text: str, value: float = 0.0, place: int | None = 0) -> Self:
        """The numeral ``text`` for ``value``."""
        made = super().__new__(cls, text)
        made.value, made.place = value, place
        made.numbers = (made,)
        return made


def fill(template: str, **values: str) -> Written:
    """``template`` with each ``{name}`` in it replaced by the value of that name.

    Braces around anything but a name are left as they are: formulas have them.

    Raises:
        KeyError: the template has a name without a value.
    """
    names = _SLOT.findall(template)
    numbers = tuple(number for name in names for number in numbers_of(values[name]))
    return Written(_SLOT.sub(lambda slot: values[slot[1]], template), numbers)


def numbers_of(text: str) -> tuple[Number, ...]:
    """The numbers that ``text`` knows of: none if it is a plain string."""
    return text.numbers if isinstance(text, Written) else ()


def from_lesson(text: str) -> Written:
    """``text`` that the lesson gives, whose numbers are the lecturer's own."""
    return Written(text, tuple(Number(numeral, *_read(numeral)) for numeral in numerals(text)))


def numerals(text: str) -> list[str]:
    """The numbers that stand in prose or Typst mathematics; none that is an index or an exponent.

    Nor are the digits of a name numbers: ``x_1 + r^2 - 0.35 a12`` holds 0.35 alone.
    """
    found: list[str] = _NUMERAL.findall(_INDEX.sub(" ", text))
    return found


def in_code(numeral: str) -> str:
    """The numeral as Python has it: "-2.17e9" for "−2.17e9", "1e-8" for "10⁻⁸"."""
    ten = numeral.rstrip(SUPERSCRIPTS)
    power = numeral[len(ten) :].translate(str.maketrans(SUPERSCRIPTS, PLAIN))
    return (f"1e{power}" if power else numeral).replace(MINUS, "-").replace(THIN_SPACE, "")


def _read(numeral: str) -> tuple[float, int]:
    return float(in_code(numeral)), -len(numeral.partition(".")[2])
