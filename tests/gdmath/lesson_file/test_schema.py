"""The JSON Schema is the one that the loader goes by, and says the same of a file's shape."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gdmath import LessonError
from gdmath.lesson_file.schema import schema_text
from gdmath.lesson_file.toml_file import checked, read_toml
from tests.conftest import ROOT

LESSONS = [ROOT / "lesson.toml", *sorted((ROOT / "lessons").glob("*.toml"))]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs/lesson.schema.json").read_text())
    return found


def test_is_current() -> None:
    rewrite = "python -m gdmath.lesson_file > docs/lesson.schema.json"
    assert (ROOT / "docs/lesson.schema.json").read_text() == schema_text(), rewrite


def test_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_accepts_the_lessons_that_are_shipped(schema: dict[str, Any], path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text()), schema)


@pytest.mark.parametrize("path", LESSONS[1:], ids=lambda path: path.stem)
def test_editors_find_it(path: Path) -> None:
    first = path.read_text().splitlines()[0]
    assert first.startswith("#:schema ")
    assert (path.parent / first.removeprefix("#:schema ")).samefile(
        ROOT / "docs/lesson.schema.json"
    )


SHAPES = [
    ("", "", True),
    ("[data]", 'author = "me"\nlanguage = "en"\n[data]', True),
    ("[data]", 'language = "pt-BR"\n[data]', True),
    ("[data]", 'language = "../de"\n[data]', False),
    ("[data]", "more = 1\n[data]", False),
    ('title = "Gradient descent fits a line"', "", False),
    ('title = "Gradient descent fits a line"', 'title = ""', False),
    ('title = "Gradient descent fits a line"', 'title = "a\\nb"', False),
    ("steps = 400", "steps = 0", False),
    ("steps = 400", "steps = 100_000", True),
    ("steps = 400", "steps = 100_001", False),
    ("steps = 400", "steps = true", False),
    ("steps = 400", 'steps = "400"', False),
    ("[descent]", '[axes]\ny = "Überdruck ρ"\ny_unit = "кг·м⁻¹"\n[descent]', True),
    ("[descent]", '[axes]\ny = "電圧"\n[descent]', False),
    ("learning_rate = 0.01", "learning_rate = 1", True),
    ("learning_rate = 0.01", "learning_rate = 0", False),
    ("learning_rate = 0.01", "learning_rate = [0.1]", False),
    ("start = [-1, 1]", "start = [-1, 1, 0]", False),
    ("start = [-1, 1]", "start = [-1]", False),
    ("start = [-1, 1]", 'start = [-1, "1"]', False),
    ('"a", "b"', '"a"', False),
    ('"a", "b"', '"a", "2b"', False),
    ('"a", "b"', '"a", "b", "c"', False),
    ("steps = 400", 'steps = 400\nrule = "adam"\nfirst_decay = 0.5', True),
    ("steps = 400", 'steps = 400\nrule = "adams"', False),
    ("steps = 400", 'steps = 400\nrule = "adam"\nfirst_decay = 1', False),
    ('file = "data/notebook.csv"', "points = [[1, 2], [3, 4]]", True),
    ('file = "data/notebook.csv"', "points = [[1, 2], [3]]", False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nx = "area"\ny = 3\nheader = true', True),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nseparator = "\\t"\ndecimal = ","', True),
    ('file = "data/notebook.csv"', 'file = "a.csv"\ncomment = ""\nmissing = "skip"', True),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nseparator = ":"', False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\ndecimal = ";"', False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\ncomment = "a b"', False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nmissing = "guess"', False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nx = 0', False),
    ('file = "data/notebook.csv"', 'file = "a.csv"\nx = 1.5', False),
    ('file = "data/notebook.csv"', 'recipe = { formula = "x", n = 3, x = [0, 1] }', True),
    ('file = "data/notebook.csv"', 'recipe = { formula = "x", n = 1, x = [0, 1] }', False),
    ('file = "data/notebook.csv"', 'recipe = { formula = "x", x = [0, 1] }', False),
]


@pytest.mark.parametrize(("given", "instead", "accepted"), SHAPES)
def test_judges_shapes_as_the_loader_does(
    schema: dict[str, Any], lesson_file: Path, given: str, instead: str, accepted: bool
) -> None:
    text = lesson_file.read_text()
    assert given in text
    lesson_file.write_text(text.replace(given, instead, 1))
    file = read_toml(lesson_file)
    judge = jsonschema.Draft202012Validator(schema)
    assert judge.is_valid(file.tables) is accepted
    if accepted:
        checked(file)
    else:
        with pytest.raises(LessonError):
            checked(file)


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        ('file = "data/notebook.csv"', ""),
        ('file = "data/notebook.csv"', 'file = "a.csv"\npoints = [[1, 2], [3, 4]]'),
        ('file = "data/notebook.csv"', "points = [[1, 2], [3, 4]]\nheader = false"),
        ('file = "data/notebook.csv"', 'points = [[1, 2], [3, 4]]\nmissing = "skip"'),
        ("steps = 400", "steps = 400\nmomentum = 0.5"),
        ("steps = 400", 'steps = 400\nrule = "adam"\ndecay = 0.5'),
    ],
)
def test_refuses_what_cannot_go_together(
    schema: dict[str, Any], lesson_file: Path, given: str, instead: str
) -> None:
    text = lesson_file.read_text().replace(given, instead, 1)
    assert not jsonschema.Draft202012Validator(schema).is_valid(tomllib.loads(text))
