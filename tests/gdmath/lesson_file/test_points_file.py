from pathlib import Path

import numpy as np
import pytest

from gdmath import LessonError
from gdmath.lesson_file import reading
from gdmath.lesson_file.schema import Data
from gdmath.lesson_file.tables import read_points

PLAIN = Data()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text("name,area,price\nA,50,210\nB,70.5,2.5e2\n")
    return path


@pytest.mark.parametrize(("x", "y"), [("area", "price"), (2, 3), ("area", 3)])
def test_columns_by_name_or_number(table: Path, x: int | str, y: int | str) -> None:
    first, second, told = read_points(table, Data(x=x, y=y))
    assert first.tolist() == [50, 70.5]
    assert second.tolist() == [210, 250]
    assert told == ()


def test_the_order_of_columns_is_free(table: Path) -> None:
    table.write_text("y,x\n1,2\n3,5\n")
    assert read_points(table, PLAIN)[0].tolist() == [2, 5]


def test_without_a_header_the_first_two_columns_are_taken(table: Path) -> None:
    table.write_text("1,2,7\n3,4,8\n")
    assert read_points(table, Data(header=False))[1].tolist() == [2, 4]


def test_spreadsheets_may_add_a_mark_blank_lines_and_spaces(table: Path) -> None:
    table.write_bytes(b"\xef\xbb\xbfx, y\r\n 0.5, 1\r\n\r\n0.75 ,2\r\n")
    x, y, _ = read_points(table, PLAIN)
    assert (x.tolist(), y.tolist()) == ([0.5, 0.75], [1, 2])


@pytest.mark.parametrize(
    ("contents", "answer"),
    [
        ("x,y\n1,2\n1_0,2\n", "line 3: '1_0' is not a finite number"),
        ("x,y\n1,2\n1e999,2\n", "line 3: '1e999' is not a finite number"),
        ("x,y\n1,2\n٣,2\n", "line 3: '٣' is not a finite number"),
        ("x,y\n1,2\n,2\n", "line 3: '' is no value; write one, or say data.missing = \"skip\""),
        ("x,y\n1,2\n1e,2\n", "line 3: '1e' is not a finite number"),
        ('x,y\n1,2\n1,"9\n4"\n', r"line 4: '9\n4' is not a finite number"),
        ("x,y\n1,2,3\n", "line 2: '1,2,3' has 3 values; there must be 2, as in the first line"),
        (
            "x,y\n1,5,2,4\n",
            "line 2: '1,5,2,4' has 4 values; there must be 2, as in the first line (a",
        ),
        ("x,y;z\n1,2\n", "line 1: the header is 'x,y;z'; it must name a column 'y'"),
        ("1,2\n3,4\n", "header = false"),
        ("x,y,x\n1,2,3\n", "line 1: the header names 2 columns 'x'; say which by its number"),
        ("", "line 1: the header is ''"),
        ("x,y\n\0,1\n", "line 2: '\\x00' is not a finite number"),
    ],
)
def test_what_is_no_point(table: Path, contents: str, answer: str) -> None:
    table.write_text(contents)
    with pytest.raises(LessonError) as refusal:
        read_points(table, PLAIN)
    assert answer in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_what_is_no_text(table: Path) -> None:
    table.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LessonError, match="are not CSV text"):
        read_points(table, PLAIN)


def test_too_many_points(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_POINTS", 3)
    table.write_text("x,y\n" + "1,2\n" * 4)
    with pytest.raises(LessonError, match="more than 3 points; take a sample"):
        read_points(table, PLAIN)


def test_a_hundred_thousand_points(table: Path) -> None:
    points = np.random.default_rng(1).normal(size=(100_000, 2)).round(6)
    np.savetxt(table, points, "%.6f", ",", header="x,y", comments="")
    assert np.column_stack(read_points(table, PLAIN)[:2]).tolist() == points.tolist()
