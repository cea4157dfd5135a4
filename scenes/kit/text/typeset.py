"""Typst sets words and formulas in the one typeface of the lecture.

`words` sets prose, `maths` sets Typst mathematics. The typefaces are embedded in the typst package,
so that no machine's own fonts can change a picture; the others lend New Computer Modern what it
lacks: its mathematics Cyrillic, and all of it signs such as ⁴ and ₂; prose gets its arrows from
mathematics.
"""

import re
from typing import Any, TypeVar

import numpy as np
from manim import MathTypst, Typst, VMobject
from numpy.typing import NDArray

from scenes.kit.proof.glyph_origin import note_origin
from scenes.kit.text.text_cache import cached
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.written import Number, Written, fill, numbers_of

PREAMBLE = """\
#let faces = ("New Computer Modern", "Libertinus Serif")
#set text(font: (..faces, "New Computer Modern Math"), fallback: false, lang: "en")
#show math.equation: set text(font: ("New Computer Modern Math", ..faces))
"""

MONOSPACED = "DejaVu Sans Mono"
"""The typeface of `code`, which is embedded in the typst package as well."""

# Manim keeps parsed pictures, but forgets of those that it takes from there how bold a bar is.
SETTING: dict[str, Any] = {"typst_preamble": PREAMBLE, "use_svg_cache": False}

M = TypeVar("M", bound=VMobject)

_PLAIN_NUMBER = re.compile(r"\N{MINUS SIGN}?\d+(\.\d+)?")
_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~/=+.-])")


def words(text: str, size: float = SIZE.label, color: str = PALETTE.ink) -> Typst:
    """Plain prose as typed, two spaces a wider gap."""
    markup = in_prose(text)
    setting = {"font_size": size, "color": color, **SETTING}
    text_set = cached(Typst, markup, lambda: Typst(markup, **setting), setting)
    note_origin(text_set, text, size)
    return text_set


def maths(markup: str, size: float = SIZE.equation, color: str = PALETTE.ink) -> MathTypst:
    """A displayed formula in Typst mathematics, such as ``"(diff L)/(diff a)"``."""
    setting = {"font_size": size, "color": color, **SETTING}
    shown = cached(MathTypst, markup, lambda: MathTypst(markup, **setting), setting)
    note_origin(shown, markup, size)
    return shown


def code(text: str, size: float = SIZE.label, color: str = PALETTE.ink) -> Typst:
    """A line of a file, in letters of one width, whatever stands in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    markup = f'#text(font: "{MONOSPACED}", "{escaped}")'
    setting = {"font_size": size, "color": color, **SETTING}
    text_set = cached(Typst, markup, lambda: Typst(markup, **setting), setting)
    note_origin(text_set, text, size)
    return text_set


def formula(template: str, **values: str) -> Written:
    """Typst mathematics: ``template`` with each ``{name}`` in it filled in.

    A number among the ``values`` is guarded here, where it is written; any other is markup already.
    """
    guarded = {
        name: in_maths(value) if isinstance(value, Number) else value
        for name, value in values.items()
    }
    return fill(template, **guarded)


def in_maths(text: str) -> Written:
    """``text`` as one word of Typst mathematics, whatever stands in it: it is data, never markup.

    Only a number stays as it is that mathematics sets alike: one without a power and without space.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return Written(text, numbers_of(text))
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return Written(f'"{escaped}"', numbers_of(text))


def in_prose(text: str) -> str:
    """``text`` as Typst markup for it: what would be read as anything else is escaped."""
    return _MARKUP.sub(r"\\\1", text).replace("  ", " #h(0.6em) ")


def seat(text: M, start: NDArray[np.float64]) -> M:
    """Move ``text`` so that it begins at ``start`` with its baseline there; returns it.

    Letters mostly stand on the baseline, hence the median of their lower edges.
    """
    baseline = float(np.median([glyph.get_bottom()[1] for glyph in text.submobjects]))
    return text.shift(start - np.array([text.get_left()[0], baseline, 0.0]))
