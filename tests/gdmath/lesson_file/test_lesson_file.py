"""The shipped lessons load, and each bad one is answered with the line the docs promise."""

import re
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, LessonError, Momentum, PlainDescent, compile_loss, load_lesson
from gdmath.lesson import PREDICTION, X, Y
from gdmath.rules import Adam
from tests.conftest import ROOT
from tests.gdmath.lesson_file.conftest import Refusal, message

RATE = "learning_rate = 0.01"
PREDICTED = 'prediction = "a*x + b"'
POINTWISE = 'pointwise = "(prediction - y)**2"'
NAMES = 'parameters = ["a", "b"]'
DATA = 'file = "data/notebook.csv"'
STEPS = "steps = 400"
TITLE = 'title = "Gradient descent fits a line"'


def test_the_shipped_lesson_is_the_notebook(notebook: Lesson) -> None:
    a, b = sp.symbols("a b", real=True)
    assert notebook.parameters == (a, b)
    assert notebook.prediction == a * X + b
    assert notebook.pointwise == (PREDICTION - Y) ** 2
    assert notebook.start.tolist() == [-1, 1]
    assert (notebook.learning_rate, notebook.steps, notebook.steps_per_frame) == (0.01, 400, 10)
    assert notebook.rule == PlainDescent(0.01)
    assert notebook.x.shape == notebook.y.shape == (30,)
    # The points as the notebook prints them are y = 3x + 8, rounded to four decimals.
    assert np.abs(notebook.y - (3 * notebook.x + 8)).max() <= 3 * 0.5e-4 + 0.5e-4
    assert np.mean(notebook.x) == pytest.approx(0.422543333333, abs=1e-12)
    assert np.mean(notebook.x**2) == pytest.approx(0.271950921667, abs=1e-12)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "lessons").glob("*.toml")), ids=lambda path: path.stem
)
def test_the_lessons_beside_it_load_and_come_down(path: Path) -> None:
    lesson = load_lesson(path)
    loss = compile_loss(lesson)
    assert np.isfinite(loss.value(lesson.start))


def test_the_data_lie_beside_the_lesson_wherever_one_stands(
    lesson_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert load_lesson(lesson_file).x.size == 30


def test_a_byte_order_mark_is_no_part_of_a_lesson(lesson_file: Path) -> None:
    lesson_file.write_text(lesson_file.read_text(), encoding="utf-8-sig")
    assert load_lesson(lesson_file).steps == 400


def test_a_lesson_may_say_more(lesson_file: Path) -> None:
    text = lesson_file.read_text().replace(TITLE, f'{TITLE}\nauthor = "E. Noether"')
    text = text.replace("steps_per_frame = 10\n", 'rule = "adam"\nfirst_decay = 0.8\n')
    lesson_file.write_text(text + '\n[axes]\nx = "time"\nx_unit = "s"\n')
    lesson = load_lesson(lesson_file)
    assert lesson.author == "E. Noether"
    assert (lesson.x_label, lesson.x_unit) == ("time", "s")
    assert (lesson.y_label, lesson.y_unit, lesson.language) == ("y", "", "en")
    assert lesson.rule == Adam(0.01, first_decay=0.8)
    assert lesson.steps_per_frame == 10, "a fortieth of the steps"


def test_captions_may_be_in_any_language_that_has_a_catalogue(
    lesson_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lesson_file.parent)
    Path("translations").mkdir()
    Path("translations/pt-BR.po").touch()
    lesson_file.write_text('language = "pt-BR"\n' + lesson_file.read_text())
    assert load_lesson(lesson_file).language == "pt-BR"


def test_momentum_keeps_nine_tenths_if_nothing_is_said(lesson_file: Path) -> None:
    lesson_file.write_text(lesson_file.read_text() + 'rule = "momentum"\n')
    assert load_lesson(lesson_file).rule == Momentum(0.01, momentum=0.9)


def promised() -> list[tuple[str, ...]]:
    """The rows of the table in the docs: mistake, given, instead, and what is said."""
    table = (ROOT / "docs/lesson-file.md").read_text().partition("| mistake |")[2]
    cells = re.compile(r"\| (\w.*?) \| `(.*?)` \| `(.*?)` \| (?P<ticks>`+) ?(.*?) ?(?P=ticks) \|")
    found = [re.fullmatch(cells, line) for line in table.splitlines()[2:]]
    assert all(found), "a row of the table cannot be read"
    return [row.group(1, 2, 3, 5) for row in found if row]


@pytest.mark.parametrize(
    ("given", "instead", "says"),
    [pytest.param(*row[1:], id=row[0]) for row in promised()],
)
def test_each_mistake_is_told_as_the_docs_promise(
    refusal: Refusal, given: str, instead: str, says: str
) -> None:
    pattern = ".*".join(re.escape(part) for part in says.split("…"))
    answer = refusal(given, instead)
    assert re.fullmatch(pattern, answer), answer


@pytest.mark.parametrize(
    ("given", "instead", "answer"),
    [
        # the file
        (TITLE, "", "title: this key is missing"),
        (RATE, "learning-rate = 0.01", "descent.learning-rate: this key is unknown; did you"),
        ("[descent]", "[walk]", "line 11, walk: this key is unknown; the keys here are title"),
        ('title = "', 'title = 5 # "', "line 1, title: it is 5; it must be text in quotes"),
        ('title = "', 'title = "two\\nlines', "line 1, title: it is 'two\\nlines"),
        ('title = "', 'title = "' + 60 * "long", "it must be text of at most 60 characters"),
        (TITLE, TITLE + '\nlanguage = "German"', "it must be a language's tag such as de or pt-BR"),
        (
            TITLE,
            TITLE + '\nlanguage = "tlh"',
            "line 2, language: it is 'tlh'; it must be en or de (make sentences TO=tlh begins",
        ),
        (TITLE, "data = 5", "not TOML"),
        ("[data]\n" + DATA, "data = 5", "data: it is 5; it must be a table"),
        # numbers
        (RATE, "learning_rate = true", "learning_rate: it is True; it must be a number"),
        (RATE, "learning_rate = nan", "learning_rate: it is nan; it must be a finite number"),
        (RATE, "learning_rate = inf", "learning_rate: it is inf; it must be a finite number"),
        (RATE, "learning_rate = 1e300", "must be below the largest stable rate, 0.837731"),
        (STEPS, "steps = 400.0", "line 14, descent.steps: it is 400.0; it must be a whole number"),
        (STEPS, "steps = true", "steps: it is True; it must be a whole number"),
        (STEPS, "steps = 5", "descent.steps_per_frame: the steps per frame are 10; they must be"),
        ("[-1, 1]", "[-1]", "descent.start: it is [-1]; it must be a list of two"),
        ("[-1, 1]", "5", "line 12, descent.start: it is 5; it must be a list"),
        ("[-1, 1]", "[true, 1]", "line 12, descent.start[1]: it is True; it must be a number"),
        # formulas
        (PREDICTED, 'prediction = "a*x + y"', "uses y; the names allowed are a, b, x"),
        (PREDICTED, "prediction = 5", "model.prediction: it is 5; it must be text in quotes"),
        (POINTWISE, 'pointwise = "(predicted - y)**2"', "predicted (did you mean prediction?)"),
        (NAMES, 'parameters = ["a", "a"]', "there must be two different names"),
        (NAMES, 'parameters = ["a", "exp"]', "'exp' cannot name a parameter"),
        (NAMES, 'parameters = ["a", "lambda"]', "'lambda' cannot name a parameter, for it is a"),
        (NAMES, 'parameters = ["n", "b"]', "'n' cannot name a parameter, for it is the number of"),
        (NAMES, 'parameters = ["L", "b"]', "'L' cannot name a parameter, for it is the loss; ch"),
        (NAMES, 'parameters = ["a", "b c"]', "parameters[2]: it is 'b c'; it must be a plain word"),
        (NAMES, 'parameters = "ab"', "model.parameters: it is 'ab'; it must be a list"),
        # axes
        ("[descent]", '[axes]\ny = "電圧"\n[descent]', "axes.y: it is '電圧'; it must be text of"),
        # points
        (DATA, 'file = "data"', "data.file: data: the data cannot be read (Is a directory)"),
        (DATA, 'file = "lesson.toml"', "lesson.toml, line 1: the header is"),
        (DATA, 'file = "/dev/zero"', "/dev/zero: this is no file"),
        (DATA, 'file = "a\\u0000b"', "data.file: it is 'a\\x00b'; it must be the name of a file"),
        (DATA, 'file = "a\\nb.csv"', "data.file: it is 'a\\nb.csv'; it must be the name of a file"),
        (DATA, "file = 5", "data.file: it is 5; it must be text in quotes"),
        (DATA, DATA + "\nx = 1.5", "data.x: it is 1.5; it must be a column's name, or its number"),
        (DATA, DATA + "\nx = []", "data.x: it is []; it must be a column's name"),
        (DATA, DATA + "\nx = {a = 1}", "data.x: it is {'a': 1}; it must be a column's name"),
        (DATA, DATA + '\nx = "y"', "notebook.csv: x and y are both column 2; data.x and data.y"),
        (DATA, DATA + '\nx = "t"\nheader = false', "without a header no column is called 't'"),
        (DATA, DATA + "\nx = 3", "notebook.csv, line 2: '0.0132,8.0395' has no column 3"),
        (DATA, DATA + "\npoints = []", "data: it has file and points; it must have one of file, p"),
        (DATA, "points = [[1, 2], [3]]", "line 4, data.points[2]: it is [3]; it must be a list of"),
        (DATA, "points = [[1, 2], [3, 4]]\nheader = false", "data.header: only a file has columns"),
        (DATA, DATA + '\nseparator = "::"', "data.separator: it is '::'; it must be ',', ';'"),
        (DATA, DATA + '\ncomment = "\\n"', "data.comment: it is '\\n'; it must be a mark"),
        # rules
        (STEPS, STEPS + '\nrule = "sgd"', "rule: it is 'sgd'; it must be 'plain', 'momentum', 'n"),
        (STEPS, STEPS + "\nmomentum = 0.9", "descent.momentum: the rule plain has none"),
        (STEPS, STEPS + '\nrule = "adam"\nfirst_decay = 1', "it is 1; it must be below 1"),
    ],
)  # fmt: skip
def test_other_mistakes(refusal: Refusal, given: str, instead: str, answer: str) -> None:
    assert answer in refusal(given, instead)


@pytest.mark.parametrize(("model", "refused"), [("a*exp(-e*x)", True), ("a*x + e", False)])
def test_e_is_a_name_as_long_as_no_exp_is_shown(
    lesson_file: Path, model: str, refused: bool
) -> None:
    text = lesson_file.read_text().replace(NAMES, 'parameters = ["a", "e"]')
    lesson_file.write_text(text.replace(PREDICTED, f'prediction = "{model}"'))
    if refused:
        assert "line 7, model.parameters: 'e' cannot name" in message(lesson_file)
    else:
        assert str(load_lesson(lesson_file).parameters[1]) == "e"


def test_a_lesson_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in message(tmp_path / "lesson.toml")
    assert "cannot be read (Is a directory)" in message(tmp_path)


@pytest.mark.parametrize(
    ("contents", "answer"),
    [
        (b"\xff\xfe\x00t", "is not TOML"),
        (b"", "title: this key is missing"),
        (b"a = " + b"[" * 10_000, "is not TOML"),
        (b"#" * 60_000, "a lesson file has at most 50000 bytes"),
        (b"\n" * 2000, "and 1000 lines; write many points into a CSV file"),
    ],
)
def test_a_lesson_that_is_no_lesson(tmp_path: Path, contents: bytes, answer: str) -> None:
    path = tmp_path / "lesson.toml"
    path.write_bytes(contents)
    assert answer in message(path)


def test_the_rate_that_is_advised_is_accepted(lesson_file: Path, refusal: Refusal) -> None:
    advised = re.search(
        r"largest stable rate, ([\d.]+)", refusal(RATE, "learning_rate = 0.8377314")
    )
    assert advised
    lesson_file.write_text(lesson_file.read_text().replace("0.8377314", advised[1]))
    assert load_lesson(lesson_file).learning_rate == float(advised[1])


def test_nobody_can_be_blamed_twice(refusal: Refusal) -> None:
    assert refusal(PREDICTED, 'prediction = "a*x + c"').count("lesson.toml") == 1


def test_a_refusal_is_a_value_error() -> None:
    assert issubclass(LessonError, ValueError)


def test_points_that_will_not_be_drawn_are_told(
    lesson_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    many = 'recipe = { formula = "3*x + 8", n = 100_000, x = [0, 1], noise = 0.1 }'
    lesson_file.write_text(lesson_file.read_text().replace(DATA, many))
    lesson = load_lesson(lesson_file)
    assert lesson.x.size == 100_000
    (told,) = caplog.messages
    assert told.endswith(f"of the 100000 points {lesson.shown.size} are drawn; all of them count")


def test_how_the_file_of_points_was_read_is_told(
    lesson_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = lesson_file.parent / "data/notebook.csv"
    spoilt = table.read_text().replace(",", ";").replace(".", ",").replace("0,4765", "NA")
    table.write_text(spoilt, encoding="utf-16")
    lesson_file.write_text(lesson_file.read_text().replace(DATA, DATA + '\nmissing = "skip"'))
    lesson = load_lesson(lesson_file)
    assert lesson.x.size == 29
    assert lesson.remarks == (
        "The points are read with semicolons between values and decimal commas.",
        "1 row was skipped for want of a value.",
    )
    assert caplog.messages == [f"{lesson_file}: {remark}" for remark in lesson.remarks]
