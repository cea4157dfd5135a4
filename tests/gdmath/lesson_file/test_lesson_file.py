"""The shipped lesson, and every way to write a bad one, by the line it is answered with."""

import re
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from gdmath import Lesson, LessonError, load_lesson
from gdmath.lesson import PREDICTION, X, Y


def test_the_shipped_lesson_is_the_notebook(notebook: Lesson) -> None:
    a, b = sp.symbols("a b", real=True)
    assert notebook.parameters == (a, b)
    assert notebook.prediction == a * X + b
    assert notebook.pointwise == (PREDICTION - Y) ** 2
    assert notebook.start.tolist() == [-1, 1]
    assert (notebook.learning_rate, notebook.steps, notebook.steps_per_frame) == (0.01, 400, 10)
    assert notebook.x.shape == notebook.y.shape == (30,)
    # The points as the notebook prints them are y = 3x + 8, rounded to four decimals.
    assert np.abs(notebook.y - (3 * notebook.x + 8)).max() <= 3 * 0.5e-4 + 0.5e-4
    assert np.mean(notebook.x) == pytest.approx(0.422543333333, abs=1e-12)
    assert np.mean(notebook.x**2) == pytest.approx(0.271950921667, abs=1e-12)


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the shipped lesson that a test may spoil."""
    (tmp_path / "data").mkdir()
    for name in ("lesson.toml", "data/notebook.csv"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    return tmp_path


def spoil(path: Path, given: str, instead: str) -> None:
    text = path.read_text()
    assert given in text
    path.write_text(text.replace(given, instead, 1))


def refusal(path: Path) -> str:
    with pytest.raises(LessonError) as caught:
        load_lesson(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    return message


def test_the_data_lie_beside_the_lesson_wherever_one_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert load_lesson(folder / "lesson.toml").x.size == 30


RATE = "learning_rate = 0.01"
PREDICTED = 'prediction = "a*x + b"'
POINTWISE = 'pointwise = "(prediction - y)**2"'
NAMES = 'parameters = ["a", "b"]'
DATA = "data/notebook.csv"


@pytest.mark.parametrize(
    ("given", "instead", "answer"),
    [
        # the file
        ("title =", "title", "is not TOML"),
        ("title =", "titel =", "key 'titel' is unknown; did you mean title?"),
        (
            RATE,
            "learning-rate = 0.01",
            "'descent.learning-rate' is unknown; did you mean descent.l",
        ),
        ("[descent]", "[walk]", "key 'walk.start' is unknown"),
        ("steps = 400\n", "", "key descent.steps is missing"),
        ('title = "', 'title = 5 # "', "title is 5; it must be text"),
        ('title = "', 'title = "two\\nlines', "title is 'two\\nlines"),
        # numbers
        (RATE, "learning_rate = 0", "learning rate is 0; it must be finite and above zero"),
        (RATE, "learning_rate = -0.01", "learning rate is -0.01; it must be finite and above zero"),
        (RATE, 'learning_rate = "fast"', "learning_rate is 'fast'; it must be a finite number"),
        (RATE, "learning_rate = true", "learning_rate is True; it must be a finite number"),
        (RATE, "learning_rate = nan", "learning_rate is nan; it must be a finite number"),
        (RATE, "learning_rate = inf", "learning_rate is inf; it must be a finite number"),
        (
            RATE,
            "learning_rate = 0.9",
            "learning rate 0.9 makes the descent diverge; "
            "it must be below the largest stable rate, 0.837731",
        ),
        (RATE, "learning_rate = 1e300", "must be below the largest stable rate, 0.837731"),
        ("steps = 400", "steps = 0", "descent.steps is 0; it must be a whole number above zero"),
        ("steps = 400", "steps = -1", "descent.steps is -1; it must be a whole number above zero"),
        ("steps = 400", "steps = 400.0", "descent.steps is 400.0; it must be a whole number"),
        ("steps = 400", "steps = true", "descent.steps is True; it must be a whole number"),
        ("steps = 400", 'steps = "400"', "descent.steps is '400'; it must be a whole number"),
        ("steps = 400", "steps = 1000000000", "steps is 1000000000; it must be from 1 to 100000"),
        ("steps = 400", "steps = 5", "steps per frame are 10; they must be from 1 to"),
        ("steps_per_frame = 10", "steps_per_frame = 0", "must be a whole number above zero"),
        ("[-1, 1]", "[-1]", "start is [-1.0]; it must be two finite numbers"),
        ("[-1, 1]", "5", "descent.start is 5; it must be a list of finite numbers"),
        ("[-1, 1]", "[true, 1]", "descent.start is [True, 1]; it must be a list of finite"),
        ("[-1, 1]", "[1e200, 1]", "the loss at the start [1e+200, 1.0] is not a finite number"),
        # formulas
        (PREDICTED, 'prediction = "a*x +"', "formula 'a*x +' is not a formula"),
        (PREDICTED, 'prediction = "a*x + c"', "uses c; the names allowed are a, b, x"),
        (PREDICTED, 'prediction = "a*x + y"', "uses y; the names allowed are a, b, x"),
        (PREDICTED, 'prediction = "a*x"', "parameter b occurs neither in the prediction a*x nor"),
        (PREDICTED, 'prediction = "(a + b)*x"', "no single minimum"),
        (PREDICTED, 'prediction = "open(a)"', "calls open; allowed are exp, log"),
        (PREDICTED, "prediction = 5", "model.prediction is 5; it must be text"),
        (PREDICTED, 'prediction = "a*x + log(b - 1)"', "loss at the start [-1.0, 1.0] is not"),
        (POINTWISE, 'pointwise = "y**2"', "does not contain `prediction`"),
        (
            POINTWISE,
            'pointwise = "(predicted - y)**2"',
            "uses predicted (did you mean prediction?)",
        ),
        (POINTWISE, 'pointwise = "prediction - y"', "no single minimum"),
        (
            NAMES,
            'parameters = ["a"]',
            "model.parameters is ['a']; there must be exactly two different names",
        ),
        (NAMES, 'parameters = ["a", "b", "c"]', "there must be exactly two different names"),
        (NAMES, 'parameters = ["a", "a"]', "there must be exactly two different names"),
        (NAMES, 'parameters = ["a", "y"]', "holds 'y'; a parameter is named by a plain word other"),
        (NAMES, 'parameters = ["a", "exp"]', "holds 'exp'; a parameter is named by a plain word"),
        (NAMES, 'parameters = ["a", "lambda"]', "holds 'lambda'"),
        (NAMES, 'parameters = ["a", "b c"]', "holds 'b c'"),
        (NAMES, 'parameters = "ab"', "model.parameters is 'ab'; it must be a list of texts"),
        # the name of the data
        (DATA, "data/other.csv", "data/other.csv: the data cannot be read (No such file"),
        (DATA, "data", "data: the data cannot be read (Is a directory)"),
        (DATA, "lesson.toml", "lesson.toml, line 1: the header is"),
        (f'"{DATA}"', "5", "data.file is 5; it must be text"),
    ],
)
def test_bad_lessons(folder: Path, given: str, instead: str, answer: str) -> None:
    path = folder / "lesson.toml"
    spoil(path, given, instead)
    assert answer in refusal(path)


@pytest.mark.parametrize(
    ("given", "instead", "answer"),
    [
        ("0.4765,9.4294", "0.4765,high", "line 3: 'high' is not a finite number"),
        ("0.4765,9.4294", "nan,9.4294", "line 3: 'nan' is not a finite number"),
        ("0.4765,9.4294", "0.4765,-inf", "line 3: '-inf' is not a finite number"),
        ("0.4765,9.4294", "0.4765,1e999", "line 3: '1e999' is not a finite number"),
        ("0.4765,9.4294", "0.4765,1_0", "line 3: '1_0' is not a finite number"),
        ("0.4765,9.4294", "0.4765,", "line 3: '' is not a finite number"),
        ("0.4765,9.4294", "0.4765", "line 3: '0.4765' has 1 values; there must be two, x,y"),
        ("0.4765,9.4294", "0.4765,9.4294,1", "has 3 values; there must be two, x,y"),
        ("0.4765,9.4294", '0.4765,"9\n4"', r"line 4: '9\n4' is not a finite number"),
        ("x,y", "x;y", "line 1: the header is 'x;y'; it must be x,y"),
        ("x,y", "y,x", "line 1: the header is 'y,x'; it must be x,y"),
        ("x,y\n", "", "line 1: the header is '0.0132,8.0395'; it must be x,y"),
    ],
)
def test_bad_data(folder: Path, given: str, instead: str, answer: str) -> None:
    spoil(folder / "data" / "notebook.csv", given, instead)
    message = refusal(folder / "lesson.toml")
    assert answer in message
    assert "notebook.csv, line" in message


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", "line 1: the header is ''"),
        (b"x,y\n", "the data have 0 point(s)"),
        (b"x,y\n1,2\n", "the data have 1 point(s); two parameters need at least two points"),
        (b"x,y\n0.5,1\n0.5,2\n", "x is 0.5 at all 2 points"),
        (b"x,y\n1e200,1\n-1e200,2\n", "the loss at the start [-1.0, 1.0] is not a finite number"),
        (b"x,y\n1e-200,1\n-1e-200,2\n", "no single minimum"),
        (b"\xff\xfe\x00", "are not CSV text"),
    ],
)
def test_data_that_are_too_few_or_no_text(folder: Path, content: bytes, answer: str) -> None:
    (folder / "data" / "notebook.csv").write_bytes(content)
    assert answer in refusal(folder / "lesson.toml")


def test_a_lesson_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "lesson.toml")
    assert "cannot be read (Is a directory)" in refusal(tmp_path)


def test_a_lesson_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_bytes(b"\xff\xfe\x00t")
    assert "is not TOML" in refusal(path)


def test_the_rate_that_is_advised_is_accepted(folder: Path) -> None:
    path = folder / "lesson.toml"
    spoil(path, RATE, "learning_rate = 0.8377314")
    advised = re.search(r"largest stable rate, ([\d.]+)", refusal(path))
    assert advised
    spoil(path, "0.8377314", advised[1])
    assert load_lesson(path).learning_rate == float(advised[1])


def test_spreadsheets_may_add_a_mark_blank_lines_and_spaces(folder: Path) -> None:
    data = folder / "data" / "notebook.csv"
    data.write_bytes(b"\xef\xbb\xbfx, y\r\n 0.5, 1\r\n\r\n0.75 ,2\r\n")
    lesson = load_lesson(folder / "lesson.toml")
    assert lesson.x.tolist() == [0.5, 0.75]
    assert lesson.y.tolist() == [1, 2]


def test_a_loss_that_is_not_quadratic_is_walked_to_see_whether_it_comes_down(
    folder: Path,
) -> None:
    path = folder / "lesson.toml"
    spoil(path, POINTWISE, 'pointwise = "log(cosh(prediction - y))"')
    assert load_lesson(path).pointwise == sp.log(sp.cosh(PREDICTION - Y))
    # Close to the minimum of a quartic-like loss any rate is stable; from far away it is not.
    spoil(path, "log(cosh(prediction - y))", "(prediction - y)**4 + (prediction - y)**2")
    answer = refusal(path)
    assert "learning rate 0.01 makes the descent diverge from the start [-1.0, 1.0]" in answer
