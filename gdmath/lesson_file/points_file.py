"""Read the points of a lesson from a CSV file, and say by line what cannot be a point."""

import csv
import math
import reprlib
from pathlib import Path

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import LessonError

HEADER = ["x", "y"]


def read_points(path: Path) -> tuple[FloatArray, FloatArray]:
    """Return the columns x and y, each (n,), of the CSV at `path`; empty lines are skipped.

    Raises LessonError with the file, the line, what was found there and what should be.
    """
    try:
        # utf-8-sig, because spreadsheets put a byte order mark before the header.
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            if [name.strip() for name in header] != HEADER:
                raise LessonError(f"{path}, line 1: the header is {_shown(header)}; it must be x,y")
            points = [_point(row, f"{path}, line {rows.line_num}") for row in rows if row]
    except OSError as failure:
        raise LessonError(
            f"{path}: the data cannot be read ({failure.strerror}); data.file must name a CSV "
            "file, relative to the lesson file"
        ) from None
    except (UnicodeDecodeError, csv.Error) as failure:
        raise LessonError(
            f"{path}: the data are not CSV text ({failure}); save them as CSV in UTF-8"
        ) from None
    return read_only([x for x, _ in points]), read_only([y for _, y in points])


def _point(row: list[str], place: str) -> tuple[float, float]:
    if len(row) != len(HEADER):
        raise LessonError(f"{place}: {_shown(row)} has {len(row)} values; there must be two, x,y")
    x, y = (_number(cell.strip(), place) for cell in row)
    return x, y


def _number(cell: str, place: str) -> float:
    try:
        # float() also takes 1_000 and digits of other scripts, which no other CSV reader would.
        number = float(cell) if cell.isascii() and "_" not in cell else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        given = reprlib.repr(cell)
        raise LessonError(f"{place}: {given} is not a finite number; write one like 8.0395")
    return number


def _shown(row: list[str]) -> str:
    return reprlib.repr(",".join(row))
