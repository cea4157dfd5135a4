"""Words and formulas in the lecture's one typeface, through Typst.

`words` sets prose, `maths` sets Typst mathematics. The typefaces are embedded in the typst package,
so that no machine's own fonts can change a picture; the others lend New Computer Modern what it
lacks: its mathematics Cyrillic, and all of it signs such as ⁴ and ₂.
"""

import re
from typing import Any, TypeVar

import numpy as np
from manim import MathTypst, Typst, VMobject
from numpy.typing import NDArray

from scenes.kit.proof.setting import note_setting
from scenes.kit.text.kept import kept
from scenes.kit.theme import PALETTE, SIZE

PREAMBLE = """\
#let faces = ("New Computer Modern", "Libertinus Serif")
#set text(font: faces, fallback: false, lang: "en")
#show math.equation: set text(font: ("New Computer Modern Math", ..faces))
"""

# Manim keeps parsed pictures, but forgets of those that it takes from there how bold a bar is.
SETTING: dict[str, Any] = {"typst_preamble": PREAMBLE, "use_svg_cache": False}

M = TypeVar("M", bound=VMobject)

_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~/=+-])")

_BROKEN_UP = re.compile(
    r"(?<![\w.\"])\d+(?:(\.\d+)?e[\N{MINUS SIGN}-]?\d+|(?:\N{THIN SPACE}\d{3})+(?:\.\d+)?)(?!\")"
)
"""A number by a power of ten, whose e mathematics takes for a name, or with space in it."""


def words(text: str, size: float = SIZE.label, color: str = PALETTE.ink) -> Typst:
    """Plain prose as typed, two spaces a wider gap; what Typst would read as markup is escaped."""
    markup = _MARKUP.sub(r"\\\1", text).replace("  ", " #h(0.6em) ")
    setting = {"font_size": size, "color": color, **SETTING}
    text_set = kept(Typst, markup, lambda: Typst(markup, **setting), setting)
    note_setting(text_set, text, size)
    return text_set


def maths(markup: str, size: float = SIZE.equation, color: str = PALETTE.ink) -> MathTypst:
    """A displayed formula in Typst mathematics, such as ``"(diff L)/(diff a)"``."""
    typst = _BROKEN_UP.sub(r'"\g<0>"', markup)
    setting = {"font_size": size, "color": color, **SETTING}
    formula = kept(MathTypst, typst, lambda: MathTypst(typst, **setting), setting)
    note_setting(formula, markup, size)
    return formula


def seat(text: M, start: NDArray[np.float64]) -> M:
    """Move ``text`` so that it begins at ``start`` with its baseline there; returns it.

    Letters mostly stand on the baseline, hence the median of their lower edges.
    """
    baseline = float(np.median([glyph.get_bottom()[1] for glyph in text.submobjects]))
    return text.shift(start - np.array([text.get_left()[0], baseline, 0.0]))
