"""Typesetting against Typst, which must lay it out, and against a parser, which reads it back."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence

import pytest
import sympy as sp
import typst
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st

from gdmath import to_typst
from gdmath.notation import path_name, typeset
from tests.gdmath.typst_reader import as_symbols, typst_reader

A, B, K = sp.symbols("a b k", real=True)
THETA, SLOPE, HAT = sp.symbols("theta_0 slope w_hat_2", real=True)
N, I = sp.symbols("n i", integer=True, positive=True)  # noqa: E741 - the index is called i
X, Y = (sp.IndexedBase(name, real=True)[I] for name in "xy")
PREDICTION = sp.Function("prediction", real=True)(A, B, X)

ATOMS = [A, B, K, THETA, SLOPE, HAT, X, Y, PREDICTION, N]
LEAVES = st.one_of(
    st.sampled_from(ATOMS),
    st.integers(-12, 12).map(sp.Integer),
    st.fractions(-3, 3, max_denominator=30).map(lambda ratio: sp.Rational(str(ratio))),
)
FUNCTIONS = [sp.exp, sp.log, sp.sin, sp.cosh, sp.tanh, sp.Abs, sp.sqrt, sp.atan]


def _compound(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    pairs = st.tuples(parts, parts)
    evaluate = st.booleans()
    exponents = st.sampled_from([2, 3, -1, -2, sp.S.Half, -sp.S.Half, sp.Rational(2, 3), K])
    return st.one_of(
        st.builds(lambda pair, flag: _made(sp.Add, *pair, evaluate=flag), pairs, evaluate),
        st.builds(lambda pair, flag: _made(sp.Mul, *pair, evaluate=flag), pairs, evaluate),
        st.builds(
            lambda base, exponent, flag: _made(sp.Pow, base, exponent, evaluate=flag),
            parts,
            exponents,
            evaluate,
        ),
        st.builds(_made, st.sampled_from(FUNCTIONS), parts),
    )


def _made(kind: Callable[..., sp.Expr], *parts: sp.Expr, **options: bool) -> sp.Expr:
    """Put ``parts`` together, unless SymPy divides by a nought that it was told to leave alone."""
    try:
        return kind(*parts, **options)
    except ZeroDivisionError:
        reject()


def _framed(parts: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    return st.one_of(
        _compound(parts),
        parts.map(lambda part: sp.Sum(part, (I, 1, N))),
        parts.map(lambda part: sp.Derivative(part, A, evaluate=False)),
    )


def _is_finite(expression: sp.Basic) -> bool:
    return not expression.has(sp.nan, sp.zoo, sp.oo, sp.AccumBounds, sp.I, sp.re, sp.im, sp.arg)


CALCULABLE = st.recursive(LEAVES, _compound, max_leaves=7).filter(_is_finite)
FORMULAS = st.recursive(LEAVES, _framed, max_leaves=7).filter(_is_finite)
SETTINGS = "#set page(width: auto, height: auto)\n"


def compiled(pages: Sequence[str], preamble: str = "") -> list[str]:
    """One SVG for each page of Typst; raises what Typst raises."""
    source = f"{SETTINGS}{preamble}\n" + "\n#pagebreak()\n".join(pages)
    result = typst.compile(source.encode(), format="svg", ignore_system_fonts=True)
    return [page.decode() for page in (result if isinstance(result, list) else [result])]


def calls(markup: str) -> str:
    """Write each innermost {{ body : name }} as a call, until none is left."""
    group = re.compile(r"\{\{ ((?:(?!\{\{|\}\}).)*) : ([\w-]+) \}\}")
    while "{{" in markup:
        markup, count = group.subn(r'group("\2", \1)', markup)
        assert count, markup
    return markup


def glyphs(svg: str) -> list[tuple[str, ...]]:
    """Every drawn leaf with its place: the transformations above it and what it draws."""
    found: list[tuple[str, ...]] = []

    def collect(element: ElementTree.Element, above: tuple[str, ...]) -> None:
        tag = element.tag.rpartition("}")[2]
        if tag == "defs":
            return
        place = (*above, element.get("transform") or "")
        if tag in ("use", "path"):
            found.append((*(part for part in place if part), str(sorted(element.attrib.items()))))
        for child in element:
            collect(child, place)

    collect(ElementTree.fromstring(svg), ())
    return found


@settings(max_examples=60)
@given(FORMULAS, st.booleans())
def test_labels_leave_the_layout_alone_and_every_part_can_be_hidden(
    expression: sp.Expr, as_written: bool
) -> None:
    plain = to_typst(expression, as_written=as_written)
    labelled = typeset(expression, as_written=as_written)
    assert not re.search(r"([-+]|dot|thin) *[-+]|\( *\+", plain), plain
    names = ["", *(path_name(path) for path in labelled.paths)]
    unlabelled, whole, *hidden = map(
        glyphs,
        compiled(
            [f"$ {plain} $", *(f'#formula("{name}")' for name in names)],
            preamble="#let formula(hidden) = {\n"
            "let group(name, body) = if name == hidden { hide(body) } else { body }\n"
            f"$ {calls(labelled.markup)} $ }}",
        ),
    )
    assert unlabelled == whole, labelled.markup
    for path, left in zip(labelled.paths, hidden, strict=True):
        remaining = iter(whole)
        assert len(left) < len(whole), path
        # What is left stands where it stood, in the same order.
        assert all(glyph in remaining for glyph in left), (path, labelled.markup)


@pytest.fixture(scope="module")
def read() -> Callable[[str], sp.Expr]:
    return typst_reader()


@settings(max_examples=150)
@given(CALCULABLE)
@example(sp.Mul(sp.Rational(1, 2), sp.Pow(-1, -1, evaluate=False), evaluate=False))
def test_an_independent_parser_reads_back_the_same_value(
    read: Callable[[str], sp.Expr], expression: sp.Expr
) -> None:
    assume(not expression.has(SLOPE, HAT))  # the parser knows no words, and no index on a hat
    plain, parsed = as_symbols(expression), read(to_typst(expression))
    symbols = sorted(plain.free_symbols | parsed.free_symbols, key=str)
    values = {symbol: sp.Rational(97 + 31 * k, 89) for k, symbol in enumerate(symbols)}
    expected = sp.N(plain.subs(values), 30)
    assume(_is_finite(expected) and abs(expected) < 1e12)
    # Rounded by nobody: only the 30 digits of the evaluation itself separate the two.
    assert abs(sp.N(parsed.subs(values), 30) - expected) <= 1e-20 * (1 + abs(expected))


def test_an_independent_parser_reads_sums(read: Callable[[str], sp.Expr]) -> None:
    gradient = sp.Sum(X * (A * X + B - Y), (I, 1, N)) * 2 / N
    assert as_symbols(gradient).doit() == read(to_typst(gradient)).doit()
