"""No number is typed in narration or typeset text: each is computed, then written by the kit."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scenes.lint import typed_numbers

SOURCES = sorted((ROOT / "scenes").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_number_is_typed(path: Path) -> None:
    is_told = path.stem in {"scene", "story"} or path.parent.name == "scenes"
    assert list(typed_numbers(path.read_text(encoding="utf-8"), everywhere=is_told)) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('say("It takes 1968 steps.")', "typed 1968 in"),
        ('words(f"After 400 steps {a} is {b}.")', "typed 400 in"),
        ('maths("eta = 0.01")', "typed 0.01 in"),
        ('sentence = "a misses by 12 %"', "typed 12 in"),
        ('words(f"{0.01} of the slope")', "typed 0.01 in an f-string"),
        ('words(f"{-2 * 3} below")', "typed -2 * 3 in an f-string"),
        ('words(f"the loss is {loss:.2f}")', "formatted by"),
        ('words(f"at step {whole(1968)}")', "typed 1968 for whole"),
        ("words(str(400))", "typed 400 for str"),
        ('told = message(f"the {name} moves")', "message needs a literal"),
        ('with say("the " + name): pass', "say needs a literal template"),
        ('words("a \N{MINUS SIGN}0.35 slope")', "typed \N{MINUS SIGN}0.35 in"),
    ],
)
def test_a_typed_number_is_found(source: str, reason: str) -> None:
    (found,) = typed_numbers(source)
    assert found.startswith(f"line 1: {reason}")


@pytest.mark.parametrize(
    "source",
    [
        '"""At step 200 it turns."""',
        'maths("x_1 + x_12 = r^2 + sum_(i=1)^n y_i^(2)")',
        'say("It turns at step {turn}, {gap} % short.", turn=whole(turn), gap=fixed(gap, 0))',
        'Entry(module="scenes.ch07_every_step")',
        "path.set_stroke(width=3)",
    ],
)
def test_an_index_or_a_computed_number_is_not(source: str) -> None:
    assert list(typed_numbers(source)) == []


def test_of_the_kit_only_what_is_typeset_is_read() -> None:
    source = 'INK = "#112233"\nwords("9 points", color="#332211")'
    (found,) = typed_numbers(source, everywhere=False)
    assert "typed 9 in '9 points'" in found
