"""Write names in Typst: theta_0 gets its Greek letter and index, a_hat its hat, log is ln."""

import re

import sympy as sp
from sympy.core.function import AppliedUndef

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
    ]
)
ACCENTS = {"hat": "hat", "bar": "macron", "tilde": "tilde", "dot": "dot", "vec": "arrow"}
SPECIAL = {"prediction": "hat(y)", "lamda": "lambda"}

RAISED = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sinh, sp.cosh, sp.tanh, sp.coth)
FUNCTIONS = {
    **{function: function.__name__ for function in RAISED},
    sp.log: "ln",
    sp.asin: "arcsin",
    sp.acos: "arccos",
    sp.atan: "arctan",
    sp.sign: 'op("sgn")',
    sp.Max: "max",
    sp.Min: "min",
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
