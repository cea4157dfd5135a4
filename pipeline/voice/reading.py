"""A caption is read as a teacher would say it: numbers, symbols, units and names become words.

The letters that stand for quantities come as mathematical italics (𝑎, as `scenes.kit.wording`
writes them for the ear), so that the parameter is told from the article.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from pipeline.voice.numerals import NUMERAL, in_words
from pipeline.voice.units import unit_in_words

# fmt: off
LETTERS = {
    "a": "ay", "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "ef", "g": "gee", "h": "aitch",
    "i": "eye", "j": "jay", "k": "kay", "l": "el", "m": "em", "n": "en", "o": "oh", "p": "pee",
    "q": "queue", "r": "ar", "s": "ess", "t": "tee", "u": "you", "v": "vee", "w": "double-you",
    "x": "ex", "y": "why", "z": "zee",
}
# fmt: on
"""The names of the letters, as words that only they are read as."""

SIGNS = {
    "=": "equals",
    "≈": "is about",
    "≠": "is not",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "←": "becomes",
    "→": "goes to",
    "+": "plus",
    "±": "plus or minus",
    "−": "minus",
    "-": "minus",
    "×": "times",
    "·": "times",
    "*": "times",
    "/": "over",
    "∂": "partial",
    "∇": "grad",
    "√": "the root of",
    "∑": "the sum of",
    "Σ": "the sum of",
    "∞": "infinity",
    "%": "per cent",
    "°": "degrees",
    "′": "prime",
    "&": "and",
    "½": "one half",
    "|": "",
}
"""What is said for a sign."""

SPELLED = {
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "tanh": "hyperbolic tangent",
    "exp": "the exponential of",
    "ln": "the natural log of",
    "log": "the log of",
    "sqrt": "the root of",
    "RMSProp": "ar em ess prop",
    "AdaGrad": "ada grad",
}
"""What is said for a word that is not read as it is spelled."""

ACCENTS = {
    "\u0302": "hat",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0303": "tilde",
    "\u0307": "dot",
    "\u20d7": "vector",
}
"""What is said of a mark above a letter."""

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Stands between words that are said for one word of the caption."""
POWERS = {"2": "squared", "3": "cubed"}

_OPENING, _CLOSING = "([{“‘\"'«", ')]}”’"»'
_STOPS = ".,:;!?…"
_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_FLAT = str.maketrans(_RAISED + _LOWERED, "0123456789−+n0123456789aehijklmnoprstuvx")
_LETTERS = rf"[^\W\d_½{_RAISED}{_LOWERED}]+"
_WORD = re.compile(rf"{_LETTERS}(?:[’'\-]{_LETTERS})*")
_PART = re.compile(
    rf"(?P<number>{NUMERAL})"
    rf"|(?P<power>\^\(?[−\-+]?\w+\)?|[{_RAISED}]+)"
    rf"|(?P<index>_\w+|[{_LOWERED}]+)"
    rf"|(?P<word>{_LETTERS})"
    r"|(?P<sign>\S)"
)


@dataclass(frozen=True)
class Word:
    """A word of a caption as it is written, and the words said for it: none for a lone bracket."""

    written: str
    said: str


def read(sentence: str) -> tuple[Word, ...]:
    """The words of ``sentence``, each as it is written and as it is said."""
    written = [chunk for chunk in sentence.split(" ") if chunk]
    around = ["", *written, ""]
    words = []
    for before, chunk, after in zip(around, written, around[2:], strict=False):
        words.append(Word(_upright(chunk), _say(chunk, _core(before), _core(after))))
    return tuple(words)


def spoken(sentence: str) -> str:
    """All that is said for ``sentence``."""
    return " ".join(word.said for word in read(sentence) if word.said)


def _say(chunk: str, before: str, after: str) -> str:
    """What is said for one word, given those beside it."""
    if NO_BREAK in chunk:
        return spoken(chunk.replace(NO_BREAK, " "))
    core = _core(chunk)
    if not core:
        return "—" if chunk.strip("–—") == "" else chunk.strip(_OPENING + _CLOSING)
    said = _core_said(core, before, after)
    stops = "".join(stop for stop in chunk[chunk.rindex(core) + len(core) :] if stop in _STOPS)
    return said + stops[-1:] if said else ""


def _core(chunk: str) -> str:
    return chunk.strip(_OPENING + _CLOSING + _STOPS + "–—")


def _core_said(core: str, before: str, after: str) -> str:
    if (unit := unit_in_words(core, before)) is not None:
        return unit
    if core in ("a", "A", "I") and not _is_relation(before) and not _is_relation(after):
        return core
    if len(core) > 1 and _WORD.fullmatch(core) and not core.isupper() and _is_plain(core):
        return SPELLED.get(core, core)
    return " ".join(filter(None, _parts(core)))


def _parts(core: str) -> list[str]:
    """What is said for each part of a formula."""
    text = _with_accents(core)
    said: list[str] = []
    for part in _PART.finditer(text):
        match part.lastgroup, part.group():
            case "number", number:
                said.append(in_words(number))
            case "power", power:
                said.append(_power(power.translate(_FLAT).strip("^()")))
            case "index", index:
                said += _parts(index.translate(_FLAT).lstrip("_"))
            case "word", word:
                said.append(_name(word))
            case _, "/" if _is_derivative(text):
                said.append("by")
            case _, "–":
                said.append("to")
            case _, sign:
                said.append(ACCENTS.get(sign, SIGNS.get(sign, "")))
    return said


def _name(word: str) -> str:
    """A letter or a name by its letters' names, or as a word."""
    upright = _upright(word)
    if upright in SPELLED:
        return SPELLED[upright]
    if len(upright) > 1 and not upright.isupper() and upright.isascii() and upright[0] != "d":
        return upright
    return " ".join(_letter(letter) for letter in upright)


def _letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK"):
        # Unicode calls λ "lamda".
        return name.split()[3].lower().replace("lamda", "lambda")
    return LETTERS.get(letter.lower(), letter)


def _power(exponent: str) -> str:
    if exponent in POWERS:
        return POWERS[exponent]
    return "to the " + " ".join(_parts(exponent))


def _upright(text: str) -> str:
    """``text`` without mathematical italics."""
    return "".join(
        unicodedata.normalize("NFKC", c) if "MATHEMATICAL ITALIC" in unicodedata.name(c, "") else c
        for c in text
    )


def _with_accents(text: str) -> str:
    """``text`` with every accent behind its letter."""
    apart = unicodedata.normalize("NFD", text)
    return apart if any(mark in ACCENTS for mark in apart) else text


def _is_plain(core: str) -> bool:
    """Whether a word is one of the language: no symbol is part of it."""
    return all(character.isascii() or character in "’éèüöä" for character in core)


def _is_relation(word: str) -> bool:
    return word in SIGNS


def _is_derivative(text: str) -> bool:
    return any(first == "/" and second in "∂d" for first, second in pairwise(text))
