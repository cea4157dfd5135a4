"""Whatever a file holds, it is a lesson or is refused in one line."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from gdmath import LessonError
from gdmath.lesson_file.building import build
from gdmath.lesson_file.preflight import check_settling
from gdmath.lesson_file.toml_file import TomlFile, checked
from tests.conftest import ROOT

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
