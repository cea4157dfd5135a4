"""Whatever a lesson's title, author, axes and units say, it is set letter by letter, or refused."""

import random
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import typst
from manim import MathTypst, config
from pydantic import TypeAdapter, ValidationError

from gdmath.lesson_file.schema import Author, Label, Title
from scenes.kit.text import text_cache
from scenes.kit.text.axis_name import axis_name
from scenes.kit.text.typeset import PREAMBLE, in_prose, words

TEXTS = 500
PARTS = (
    *"\"'\\$()[]{}*_`~=+-/^|&%;:,.!#",
    *("1e5", "10", "1.5e-3", "7. ", '#read("/etc/passwd")', "#let x = 1", "$x$", '"; #panic() "'),
    *("{{", "}}", " : ", "<a>", "@b", "//", "/*", "*/", "--", "...", "-?", "://a.b", " ", "  "),
    *("e\u0301", "x\u0304", "\u0483", "\u1e9b\u0323", "\u00ad", "\u034f", "\u00a0", "\u202f", "\n"),
    *("fi", "ffl", "kg", "mass", "м/с", "Ωµ", "⁻¹", "°C", "€", "→", "↪", "≠", "∂", "ǰ", "電"),
)  # fmt: skip


def typed() -> Iterator[str]:
    generator = random.Random(14)
    for _ in range(TEXTS):
        yield "".join(generator.choices(PARTS, k=generator.randint(1, 6)))


def is_taken(kind: object, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text, strict=True)
    except ValidationError:
        return False
    return True


def glyphs(markups: Iterable[str]) -> list[list[bytes]]:
    """What is drawn of each, all in one compilation, and without ligatures."""
    pages = "".join(f"#page[\n{markup}\n]" for markup in markups)
    plain = "#set text(ligatures: false)\n#set page(width: auto, height: auto)\n"
    drawn = typst.compile(
        f"{PREAMBLE}{plain}{pages}".encode(), format="svg", ignore_system_fonts=True
    )
    return [page.split(b"<use xlink:href=")[1:] for page in drawn]


def bounds(text: str) -> tuple[int, int]:
    """How many glyphs there are at least and at most: a mark may be one with its letter."""
    letters, parts = (
        [sign for sign in unicodedata.normalize(form, text) if not sign.isspace()]
        for form in ("NFC", "NFD")
    )
    return sum(not unicodedata.combining(sign) for sign in letters), len(parts)


def in_mathematics(label: str, unit: str = "") -> str:
    # Manim reads its own groups, {{ … }}, before Typst reads anything.
    markup, groups = MathTypst._preprocess_groups(axis_name(label, unit))
    assert not groups
    return f"$ {markup} $"


def test_what_a_lesson_says_has_a_glyph_for_each_letter_or_is_refused() -> None:
    texts = [*typed()]
    titles = [text for text in texts if is_taken(Title, text) and is_taken(Author, text)]
    labels = [text for text in texts if is_taken(Label, text)]
    assert TEXTS / 2 < len(labels) <= len(titles) < TEXTS
    expected = [*titles, *labels, *(f"xin{unit}" for unit in labels)]
    drawn = glyphs(
        [
            *map(in_prose, titles),
            *map(in_mathematics, labels),
            *(in_mathematics("x", unit) for unit in labels),
        ]
    )
    assert len(drawn) == len(expected)
    for text, page in zip(expected, drawn, strict=True):
        fewest, most = bounds(text)
        assert fewest <= len(page) <= most, text


def test_no_letter_that_a_lesson_may_have_is_an_empty_box() -> None:
    letters = [letter for letter in map(chr, range(32, 0x3000)) if is_taken(Title, f"a{letter}")]
    assert len(letters) > 2000
    for setting in (in_prose, in_mathematics):
        boxes, *drawn = glyphs([setting("電"), *map(setting, letters)])
        (box,) = {glyph.split(b'"')[1] for glyph in boxes}
        assert [
            letter for letter, page in zip(letters, drawn, strict=True) if box in b"".join(page)
        ] == []


def test_a_text_is_set_where_there_is_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_cache, "FOLDER", tmp_path / "texts")
    monkeypatch.setattr(config, "tex_dir", str(tmp_path / "set"))
    words("one")
    words("two")
    assert [len([*folder.glob("*.typ")]) for folder in (tmp_path / "set").iterdir()] == [1, 1]
    assert config.tex_dir == str(tmp_path / "set")
