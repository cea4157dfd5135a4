"""Whatever a file holds, it is a lesson or is refused in one line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdmath import LessonError
from gdmath.lesson_file.building import build
from gdmath.lesson_file.preflight import check_settling
from gdmath.lesson_file.toml_file import TomlFile, checked
from pipeline.__main__ import main
from tests.conftest import ROOT
from tests.gdmath.lesson_file.conftest import Refusal, message

DATA, STEPS = 'file = "data/notebook.csv"', "steps = 400"
HUGE = "0x" + 4000 * "f"
TOO_WIDE = "x = [-1.7e308, 1.7e308]"

VALUES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["a*x + b", "log(a)*x + b", "(prediction - y)**2", "abs(prediction - y)"]),
    st.lists(st.one_of(st.floats(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.sampled_from(["x", "n", "file"]), st.integers(), max_size=2),
    st.lists(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=2), max_size=4),
)
WHERE = st.sampled_from(
    [("title",), ("data",), ("model",), ("descent",), ("axes",), ("language",), ("strange",)]
    + [("data", key) for key in ("file", "x", "header", "points", "recipe")]
    + [("data", "recipe", key) for key in ("formula", "n", "noise", "seed")]
    + [("model", key) for key in ("parameters", "prediction", "pointwise")]
    + [("descent", key) for key in ("start", "learning_rate", "steps", "rule", "momentum")]
)


@given(st.lists(st.tuples(WHERE, VALUES), min_size=1, max_size=3))
@settings(max_examples=150)
def test_whatever_stands_in_it_a_file_is_a_lesson_or_refused_in_one_line(
    edits: list[tuple[tuple[str, ...], object]],
) -> None:
    tables = tomllib.loads((ROOT / "lesson.toml").read_text())
    for path, value in edits:
        table = tables
        for name in path[:-1]:
            table = table[name] if isinstance(table.get(name), dict) else table.setdefault(name, {})
            if not isinstance(table, dict):
                break
        else:
            table[path[-1]] = value
    file = TomlFile(ROOT / "lesson.toml", (ROOT / "lesson.toml").read_text(), tables)
    try:
        lesson = build(file, checked(file))
        check_settling(lesson)
    except LessonError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - either outcome is right, a third is not


@pytest.mark.parametrize(
    ("given_text", "instead", "says"),
    [
        pytest.param(DATA, f'file = "{5000 * "a"}"', "text of at most 4096", id="path"),
        pytest.param(DATA, f'file = "{300 * "a"}"', "cannot be read (File name too", id="name"),
        pytest.param(DATA, 'file = "/proc/self/mem"', "the data cannot be read (", id="unreadable"),
        pytest.param(STEPS, f"steps = {5000 * '['}{5000 * ']'}", "is not TOML (max", id="nested"),
        pytest.param(STEPS, f"steps{4000 * '.a'} = 1", "is not TOML (max", id="dotted"),
        pytest.param(STEPS, f"steps = {HUGE}", "an integer has more than 64 bits", id="steps"),
        pytest.param(DATA, f"{DATA}\nx = {HUGE}", "an integer has more than", id="column"),
        *(
            pytest.param(DATA, f"recipe = {{ {recipe} }}", says, id=name)
            for name, recipe, says in (
                (
                    "random",
                    f'n = 9, {TOO_WIDE}, spacing = "random", formula = "3*x"',
                    "x goes from -1.7e+308 to 1.7e+308; the first must be the smaller, and both",
                ),
                ("even", f'n = 9, {TOO_WIDE}, formula = "3*x"', "both lie within ±1e+12"),
                ("noise", 'n = 9, x = [0, 1], noise = 1.7e308, formula = "3*x"', "be finite"),
            )
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line_also_on_the_command_line(
    refusal: Refusal,
    lesson_file: Path,
    capfd: pytest.CaptureFixture[str],
    given_text: str,
    instead: str,
    says: str,
) -> None:
    answer = refusal(given_text, instead)
    assert says in answer
    assert main(["plan", "--lesson", str(lesson_file)]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


@pytest.mark.parametrize("cause", [OverflowError("too large"), RecursionError("too deep")])
def test_whatever_else_reading_runs_into_is_told_in_one_line(
    lesson_file: Path, monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    def runs_into(*_: object) -> None:
        raise cause

    monkeypatch.setattr("gdmath.lesson_file.check_settling", runs_into)
    assert f"cannot be worked out ({type(cause).__name__}: {cause})" in message(lesson_file)
