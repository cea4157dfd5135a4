"""A value is changed in a lesson file where it stands, and nothing else is."""

import tomllib
from pathlib import Path

import pytest

from gdmath import load_lesson
from gdmath.lesson_file.change import change_of
from tests.conftest import ROOT

LESSONS = [ROOT / "lesson.toml", *sorted((ROOT / "lessons").glob("*.toml"))]
CHANGES = [
    ("descent.learning_rate", "0.123"),
    ("descent.start", "[-0.5, 2.25]"),
    ("descent.rule", '"momentum"'),
]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("key", "value"), CHANGES)
def test_a_shipped_lesson_has_then_that_value(path: Path, key: str, value: str) -> None:
    text, name = path.read_text(), key.split(".")[1]
    change = change_of(path, key, value)
    tables, changed = tomllib.loads(text), tomllib.loads(change.applied(text))
    tables["descent"][name] = tomllib.loads(f"v = {value}")["v"]
    assert changed == tables
    assert change.after == f"{name} = {value}"
    if change.before:
        assert text.split("\n")[change.first - 1] == change.before


@pytest.mark.parametrize(
    ("descent", "key", "value", "line"),
    [
        ("descent.rate = 1", "descent.rule", '"adam"', 'descent.rule = "adam"'),
        ("[descent]\nrate = 1 # slow", "descent.learning_rate", "2", "rate = 2 # slow"),
        ("[descent]\nrate = [\n 1,\n 2\n]", "descent.learning_rate", "[3, 4]", "rate = [3, 4]"),
        (
            "descent = {rate = 1, n = 2}",
            "descent.learning_rate",
            "3",
            "descent = {rate = 3, n = 2}",
        ),
        ("descent = {rate = 1}", "descent.rule", '"x"', 'descent = {rate = 1, rule = "x"}'),
    ],
)
def test_a_line_keeps_its_shape(
    tmp_path: Path, descent: str, key: str, value: str, line: str
) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(f"a = 1\n{descent.replace('rate', 'learning_rate')}\n[axes]\n")
    change = change_of(path, key, value)
    assert change.after == line.replace("rate", "learning_rate")
    assert tomllib.loads(change.applied(path.read_text()))["a"] == 1


def test_what_is_changed_is_a_lesson_still(tmp_path: Path) -> None:
    path = ROOT / "lessons/ridge.toml"
    changed = tmp_path / "changed.toml"
    changed.write_text(change_of(path, "descent.learning_rate", "0.07").applied(path.read_text()))
    assert load_lesson(changed).learning_rate == 0.07
