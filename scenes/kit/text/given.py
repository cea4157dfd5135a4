"""Texts that the lesson gives: what numbers stand in them are the lecturer's own."""

from scenes.kit.proof.told import numerals
from scenes.kit.text.numbers import MINUS, THIN_SPACE, WRITTEN, Written


def given(text: str) -> str:
    """``text`` as it is; its numbers are known as written from now on."""
    for numeral in numerals(text):
        value = float(numeral.replace(MINUS, "-").replace(THIN_SPACE, ""))
        WRITTEN[numeral] = Written(value, -len(numeral.partition(".")[2]))
    return text
