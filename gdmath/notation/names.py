"""Write names and numbers in Typst.

theta_0 gets its Greek letter and index, a_hat its hat, log is ln; 0.05 stays, 2/3 is a fraction.
"""

import re

import sympy as sp
from sympy.core.alphabets import greeks
from sympy.core.function import AppliedUndef

GREEK = frozenset(greeks)
SIGNIFICANT_DIGITS = 12
PLAIN_PLACES = 6
ACCENTS = {"hat": "hat", "bar": "macron", "tilde": "tilde", "dot": "dot", "vec": "arrow"}
SPECIAL = {"prediction": "hat(y)", "lamda": "lambda"}

RAISED = (sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh)
FUNCTIONS = {
    **{function: function.__name__ for function in RAISED},
    sp.log: "ln",
    sp.asin: "arcsin",
    sp.acos: "arccos",
    sp.atan: "arctan",
    sp.sign: 'op("sgn")',
}
RELATIONS = {
    "==": "=",
    "!=": "eq.not",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    ":=": "arrow.l",
    "~": "approx",
}
CONSTANTS = {sp.pi: "pi", sp.E: "e", sp.oo: "infinity", -sp.oo: "-infinity", sp.true: '"otherwise"'}


def name_to_typst(name: str) -> str:
    """Return Typst maths for a name: `a`, `theta_0`, `w1`, `x_bar`, `slope`, `prediction` (ŷ).

    What follows an underscore is an accent if it names one, else a subscript; digits at the end are
    a subscript too. A name of several letters that is not Greek is set upright.
    """
    letter, indices = split_name(name)
    return f"{letter}_{script(', '.join(indices))}" if indices else letter


def primed(name: str) -> str:
    """Return the Typst of a name with a prime: θ′_1, for after an index it would be the index's."""
    letter, *indices = name.split("_", 1)
    return "_".join([f"{letter}'", *indices])


def script(markup: str) -> str:
    """Return what follows ^ or _: in brackets, which Typst does not show, unless it is one word."""
    return markup if re.fullmatch(r"[A-Za-z]+|\d+", markup) else f"({markup})"


def named(node: sp.Basic) -> str:
    """Return a symbol, x_i, or a function: f(a, b), but ŷ_i for the prediction at x_i."""
    letter, indices = letter_and_indices(node)
    if letter:
        return f"{letter}_{script(indices)}" if indices else letter
    arguments = ", ".join(name_to_typst(str(argument)) for argument in node.args)
    return f"{name_to_typst(node.func.__name__)}({arguments})"


def letter_and_indices(node: sp.Basic) -> tuple[str, str]:
    """Return the markup of a name's letter and of its subscripts; empty for other nodes."""
    indices: tuple[sp.Basic, ...] = ()
    match node:
        case sp.Symbol(name=name):
            pass
        case sp.Indexed():
            name, indices = str(node.base.label), node.indices
        case AppliedUndef(args=[*_, sp.Indexed(indices=indices)]):
            name = node.func.__name__
        case _:
            return "", ""
    letter, subscripts = split_name(name)
    return letter, ", ".join([*subscripts, *(name_to_typst(str(index)) for index in indices)])


def split_name(name: str) -> tuple[str, list[str]]:
    """Return the markup of the letter with its accents, and that of each subscript."""
    if name in SPECIAL:
        return SPECIAL[name], []
    head, *rest = name.split("_") if not name.startswith("_") else [name]
    indices: list[str] = []
    if numbered := re.fullmatch(r"([^\W\d_]+)(\d+)", head):
        head, digits = numbered.groups()
        indices.append(digits)
    letter = _word(head)
    for word in rest:
        if word in ACCENTS:
            letter = f"{ACCENTS[word]}({letter})"
        elif word:
            indices.append(_word(word))
    return letter, indices


def _word(word: str) -> str:
    if word in SPECIAL:
        return SPECIAL[word]
    if word.lower() in GREEK and word in (word.lower(), word.capitalize()):
        return word
    if word.isdigit() or (len(word) == 1 and word.isalpha()):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def has_bar(number: sp.Basic) -> bool:
    """Tell whether a number is set as a fraction; 1/20 is set as 0.05, 1/3 and 5/7 have a bar."""
    return isinstance(number, sp.Rational) and number.q > 1 and not _is_decimal(number)


def number_to_typst(number: sp.Number, *, inline: bool = False) -> str:
    """Return Typst maths for a number; `inline` sets a fraction with a slash, as in an exponent."""
    if isinstance(number, sp.Integer):
        return str(number)
    if isinstance(number, sp.Rational) and not _is_decimal(number):
        sign = "-" if number < 0 else ""
        above, below = abs(number.p), number.q
        return f"{sign}{above}\\/{below}" if inline else f"{sign}frac({above}, {below})"
    digits, _, exponent = f"{float(number):.{SIGNIFICANT_DIGITS}g}".partition("e")
    if not exponent:
        return digits
    power = f"10^({int(exponent)})"
    return power if digits == "1" else f"{digits} dot {power}"


def _is_decimal(number: sp.Rational) -> bool:
    """Tell whether a ratio is what someone wrote as 0.05 or 12.2, not an everyday ¾.

    One with many places is if it has few digits, as 0.0174533 has and x/1024 has not.
    """
    places = next((k for k in range(1, SIGNIFICANT_DIGITS + 1) if 10**k % number.q == 0), None)
    if places is None or number.q in (2, 4, 8):
        return False
    few = abs(number.p) != 1 and abs(number) * 10**places < 10**PLAIN_PLACES
    return places <= PLAIN_PLACES or bool(few)
