"""Files of points as spreadsheets and loggers write them: read rightly, or refused in one line."""

from pathlib import Path

import pytest

from gdmath import LessonError
from gdmath.lesson_file.schema import Data
from gdmath.lesson_file.tables import Points, read_points

SEMICOLONS = "The points are read with semicolons between values and decimal commas."
HALVES = [(1.5, 2.5), (3.0, 4.25)]
WHOLE = [(1.0, 2.0), (3.0, 4.0)]


def read(folder: Path, contents: str | bytes, **keys: object) -> Points:
    path = folder / "points.csv"
    path.write_bytes(contents.encode() if isinstance(contents, str) else contents)
    return read_points(path, Data.model_validate(keys))


@pytest.mark.parametrize(
    ("contents", "keys", "points", "told"),
    [
        # what separates values, and decimal marks
        ("x;y\n1,5;2,5\n3;4,25\n", {}, HALVES, SEMICOLONS),
        ("x;y\r\n1,5;2,5\r\n3,0;4,25\r\n", {}, HALVES, SEMICOLONS),
        ("1,5;2,5\n3;4,25\n", {"header": False}, HALVES, SEMICOLONS),
        ("x;y\n1.5;2.5\n3;4.25\n", {}, HALVES, "semicolons between values and decimal points."),
        ("x\ty\n1,5\t2,5\n3\t4,25\n", {}, HALVES, "tabs between values and decimal commas."),
        ("x\ty\n1.5\t2.5\n3\t4.25\n", {}, HALVES, "tabs between values and decimal points."),
        ("x|y\n1.5|2.5\n3|4.25\n", {}, HALVES, "bars between values and decimal points."),
        ("x   y\n 1.5  2.5 \n3    4.25\n", {}, HALVES, "blanks between values and decimal points."),
        ("1,5 2,5\n3 4,25\n", {"header": False}, HALVES, "blanks between values and decimal comma"),
        ('x,y\n"1,5","2,5"\n3,"4,25"\n', {}, HALVES, "commas between values and decimal commas."),
        ("x;y\n1;2\n3;4\n", {}, WHOLE, "semicolons between values"),
        ("x;y\n1,5e0;25e-1\n+3;4,25\n", {}, HALVES, SEMICOLONS),
        ('"x";"y"\n"1,5";"2,5"\n"3";"4,25"\n', {}, HALVES, SEMICOLONS),
        ("n;x;y;t\n1;1,5;2,5;a,b\n2;3;4,25;c\n", {}, HALVES, SEMICOLONS),
        # ordinary CSV, about which nothing is said
        ("x,y\n1.5,2.5\n3,4.25\n", {}, HALVES, ""),
        ("1 ,2\n3 ,4\n", {"header": False}, WHOLE, ""),
        ("x,y,note\n1,2,a;b\n3,4,c d\n", {}, WHOLE, ""),
        ("1.234,2\n5.678,4\n", {"header": False}, [(1.234, 2.0), (5.678, 4.0)], ""),
        # what is stated is not said again
        ("x;y\n1,5;2,5\n3;4,25\n", {"separator": ";", "decimal": ","}, HALVES, ""),
        ("x\ty\n1\t2\n3\t4\n", {"separator": "\t"}, WHOLE, ""),
        ("x;y\n1,234;2\n", {"separator": ";", "decimal": ","}, [(1.234, 2.0)], ""),
        ("x;y\n1,234;0,5\n", {"separator": ";"}, [(1.234, 0.5)], SEMICOLONS),
        ("1,5;2;3,4\n", {"header": False, "y": 3, "separator": ";"}, [(1.5, 3.4)], SEMICOLONS),
        ("1,5,2,4\n", {"header": False, "decimal": "."}, [(1.0, 5.0)], ""),
        ("1,5,2,4\n", {"header": False, "x": 3, "y": 4}, [(2.0, 4.0)], ""),
        ("1,5,2,4\n1,5,2.5,4\n", {"header": False}, [(1.0, 5.0), (1.0, 5.0)], ""),
        # Excel's first line
        ("sep=;\r\nx;y\r\n1;2\r\n3;4\r\n", {}, WHOLE, ""),
        ('"sep=;"\nx;y\n1,5;2,5\n3;4,25\n', {}, HALVES, SEMICOLONS),
        ("sep=\t\nx\ty\n1\t2\n3\t4\n", {}, WHOLE, ""),
        # encodings
        ("x;y\n1,5;2,5\n3;4,25\n".encode("utf-16"), {}, HALVES, SEMICOLONS),
        (b"\xfe\xff" + "x\ty\n1\t2\n3\t4\n".encode("utf-16-be"), {}, WHOLE, "tabs between"),
        ("\ufeffsep=;\nx;y\n1;2\n3;4\n", {}, WHOLE, ""),
        # comments and blank lines
        ("# logger 5\n#\nx,y\n1,2\n# pause, of 3 s\n3,4\n", {}, WHOLE, "3 lines begin with #"),
        ("#1,2\n1,2\n3,4\n", {"header": False}, WHOLE, "1 line begins with #"),
        ("#1,2\n1,2\n3,4\n", {"header": False, "comment": "#"}, WHOLE, ""),
        ("% made by\nx y\n1 2\n3 4\n", {"comment": "%"}, WHOLE, "blanks between"),
        ("id,x,y\n#1,1,2\n#2,3,4\n", {"comment": ""}, WHOLE, ""),
        ("#,x,y\n1,1,2\n2,3,4\n", {}, WHOLE, ""),
        ('x,y,n\n1,2,"a\n#b"\n3,4,c\n', {}, WHOLE, ""),
        ("\nx,y\n1,2\n,\n \n3,4\n,\n", {}, WHOLE, ""),
        # missing values
        (
            "x,y\n1,2\nNA,3\nn/a,3\n4,NaN\n5,null\n6,-\n7,\n#N/A,8\n3,4\n",
            {"missing": "skip"},
            WHOLE,
            "7 rows were skipped for want of a value.",
        ),
        ("x;y\n;7\n1;2\n3;4\n", {"missing": "skip"}, WHOLE, "1 row was skipped for want of a valu"),
        # names of columns
        ("X,Y\n1,2\n3,4\n", {}, WHOLE, ""),
        ("X,x,y\n9,1,2\n9,3,4\n", {}, WHOLE, ""),
        ("Time;Height\n1,5;2,5\n3;4,25\n", {"x": "time", "y": "HEIGHT"}, HALVES, SEMICOLONS),
    ],
)
def test_is_read(
    tmp_path: Path,
    contents: str | bytes,
    keys: dict[str, object],
    points: list[tuple[float, float]],
    told: str,
) -> None:
    x, y, remarks = read(tmp_path, contents, **keys)
    assert list(zip(x.tolist(), y.tolist(), strict=True)) == points
    assert told in " ".join(remarks)
    assert told or not remarks


@pytest.mark.parametrize(
    ("contents", "keys", "answer"),
    [
        ("x,y\n1,5,2,5\n", {}, "line 2: '1,5,2,5' has 4 values; there must be 2, as in the first"),
        ("x;y\n1,5;2\n2.5;3\n", {}, "line 3: '2.5' is not a finite number; write one like 8,0395"),
        ("x;y\n1.000,5;2\n", {}, "line 2: '1.000,5' is not a finite number; write one like 8.0395"),
        ("x;y\n1,5;high\n", {}, "line 2: 'high' is not a finite number; write one like 8,0395"),
        ("x;y\n1,5;2;3\n", {}, "line 2: '1,5;2;3' has 3 values with semicolons between; there mu"),
        ("x;y\n1,234;5,678\n", {}, "'1,234' may be 1.234 or 1234, and no other value tells which"),
        ("x\ty\n1.234\t5.678\n", {}, "'1.234' may be 1.234 or 1234, and no other value tells whi"),
        ('x,y\n"1,000",999\n', {}, '\'1,000\' may be 1.000 or 1000, and no other value tells'),
        (
            "1,5;2;3,4\n",
            {"header": False, "y": 4, "x": 1, "separator": ","},
            "line 1: '1,5;2;3,4' has no column 4; there are 3",
        ),
        ("x,y\n1,5\n", {"separator": ";"}, "line 1: the header is 'x,y'; it must name a column"),
        ("x;y\n1,5;2\n", {"decimal": "."}, "line 2: '1,5' is not a finite number; write one like "),
        ("sep=:\nx:y\n1:2\n", {}, "line 1: the header is 'sep=:'; it must name a column 'x'"),
        ("sep=,\nx;y\n1;2\n", {}, "line 2: the header is 'x;y'; it must name a column 'x'"),
        ("x,y\n1,2\nNA,3\n", {}, "line 3: 'NA' is no value; write one, or say data.missing"),
        ("x;y\n1,5;2\n3;\n", {}, "line 3: '' is no value; write one, or say data.missing"),
        ("x,y\n1,2\n3\n", {"missing": "skip"}, "line 3: '3' has 1 values; there must be 2, as in"),
        ("x,y\n1,2\n#DIV/0!,3\n", {}, "line 3: '#DIV/0!' is not a finite number"),
        ("id,x,y\n7,1,2\n", {"x": "t"}, "line 1: the header is 'id,x,y'; it must name a column"),
        ("X,X,y\n1,2,3\n", {}, "line 1: the header names 2 columns 'x'; say which by its number"),
        ("x,y\n2024-03-01,5\n", {}, "line 2: '2024-03-01' is a date or a time; write a number, as"),
        ("x;y\n01.03.2024;1,5\n", {}, "line 2: '01.03.2024' is a date or a time; write a number"),
        ("x,y\n3/1/24,5\n", {}, "line 2: '3/1/24' is a date or a time; write a number"),
        ("x;y\n12:30;1,5\n", {}, "line 2: '12:30' is a date or a time; write a number"),
        ("x,y\n2024-03-01T12:30:00Z,5\n", {}, "is a date or a time; write a number, as the days s"),
        ("x;y\n1;2\n".encode("utf-16")[:-1], {}, "the data are not CSV text ("),
        ("x;y\n1;2\n".encode("utf-16-le"), {}, "line 1: the header is"),
        ("x;länge\n".encode("latin-1"), {}, "the data are not CSV text ("),
        ('x;y\n"' + 200_000 * "a", {}, "the data are not CSV text (field larger than"),
        ("# nothing else\n", {}, "line 1: the header is ''; it must name a column 'x'"),
    ],
)  # fmt: skip
def test_is_refused(
    tmp_path: Path, contents: str | bytes, keys: dict[str, object], answer: str
) -> None:
    with pytest.raises(LessonError) as refusal:
        read(tmp_path, contents, **keys)
    assert answer in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("y", [3, None])
def test_what_can_be_read_in_two_ways_is_refused(tmp_path: Path, y: int | None) -> None:
    """Three columns with decimal commas, or with commas between; four numbers, or two."""
    row, answer = (
        ("1,5;2;3,4\n", "with commas between values and decimal points the points are others than")
        if y
        else ("1,5,2,4\n", "'1,5,2,4' may be four whole numbers or two with decimal commas, and no")
    )
    with pytest.raises(LessonError) as refusal:
        read(tmp_path, row * 3, header=False, y=y)
    assert answer in str(refusal.value)
    assert "data.decimal" in str(refusal.value)
