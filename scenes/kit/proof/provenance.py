"""Each number in a text is traced to the computed value that it was written for."""

from dataclasses import dataclass

from scenes.kit.wording.written import Number, numbers_of, numerals


@dataclass(frozen=True)
class Told:
    """A text, and for each of its numerals the number that was written there, None if none was."""

    text: str
    numbers: tuple[Number | None, ...]


def told(text: str) -> Told:
    """``text`` with what its numerals stand for, as far as it knows."""
    known = {str(number): number for number in numbers_of(text)}
    return Told(text, tuple(known.get(numeral) for numeral in numerals(text)))
