"""A caption has a name in plain text: theta_0 is θ₀, x_bar is x̄, T_amb stays T_amb."""

import unicodedata

import sympy as sp

from gdmath.notation.names import GREEK, split_name

ACCENTS = {
    "hat": "\u0302",
    "macron": "\u0304",
    "tilde": "\u0303",
    "dot": "\u0307",
    "arrow": "\u20d7",
}
LOWERED = {
    unicodedata.normalize("NFKC", letter): letter for letter in "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
}


def unicode_name(symbol: sp.Symbol) -> str:
    """The name of ``symbol``: Greek letters, accents and, as far as there are such, subscripts."""
    markup, indices = split_name(symbol.name)
    *accents, letter = markup.rstrip(")").split("(")
    name = _letter(letter) + "".join(ACCENTS[accent] for accent in reversed(accents))
    below = ",".join(map(_letter, indices))
    lowered = "".join(LOWERED.get(character, "") for character in below)
    under = lowered if len(lowered) == len(below) else f"_{below}"
    return unicodedata.normalize("NFC", name + under)


def _letter(markup: str) -> str:
    """A letter or word of Typst maths as it looks."""
    word = markup.strip('"')
    if word.lower() not in GREEK:
        return word
    case = "SMALL" if word.islower() else "CAPITAL"
    # Unicode calls λ "lamda".
    return unicodedata.lookup(f"GREEK {case} LETTER {word.upper().replace('MBDA', 'MDA')}")
