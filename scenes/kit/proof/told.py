"""Where the numbers in a text come from: what is told must have been computed and written."""

import re
from dataclasses import dataclass

from scenes.kit.text.numbers import MINUS, THIN_SPACE, WRITTEN, Written

INDEX = re.compile(r"[_^](?:\([^()]*\)|\w+)|#\w+\([^()]*\)")
NUMERAL = re.compile(rf"(?<![\w.#]){MINUS}?\d+(?:{THIN_SPACE}\d{{3}})*(?:\.\d+)?(?:e{MINUS}?\d+)?")


@dataclass(frozen=True)
class Told:
    """A text, and for each of its numerals what it was written for: None if for nothing."""

    text: str
    numbers: tuple[Written | None, ...]


def numerals(text: str) -> list[str]:
    """The numbers that stand in prose or Typst mathematics; none that is an index or an exponent.

    Nor are the digits of a name numbers: ``x_1 + r^2 - 0.35 a12`` holds 0.35 alone.
    """
    return NUMERAL.findall(INDEX.sub(" ", text))


def told(text: str) -> Told:
    """``text`` with what its numerals stand for, as far as this chapter has written them."""
    return Told(text, tuple(WRITTEN.get(numeral) for numeral in numerals(text)))
