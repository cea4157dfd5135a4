"""Get the points of a lesson: from a CSV file, or made up by a formula and a seed.

Of a file it is told by line what cannot be a point.
"""

import csv
import math
import re
import reprlib
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import sympy as sp

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import LARGEST, MOST_POINTS, LessonError, X
from gdmath.lesson_file.expressions import parse_expression
from gdmath.lesson_file.schema import Recipe
from gdmath.numeric import compile_curve

Column = int | str
"""A column by its number, from 1, or by its name in the header."""

_DIGITS = str.maketrans("", "", "0123456789.eE+- \t")
_WHOLE = r"\s*[-+]?\d+\s*"
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}


def read_points(
    path: Path, x: Column | None = None, y: Column | None = None, header: bool = True
) -> tuple[FloatArray, FloatArray]:
    """Return two columns, each (n,), of the CSV at `path`; empty lines are skipped.

    With a header, columns are named, "x" and "y" if nothing else is said; without one they are
    numbered, and the first two are taken. Raises LessonError with the file, the line, what was
    found there and what should be.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise LessonError(f"{path}: this is no file; data.file must name a CSV file")
        # utf-8-sig, because spreadsheets put a byte order mark before the header.
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            names = [name.strip() for name in next(rows, [])] if header else []
            places = (
                _place(path, header, names, "x" if x is None and header else x or 1),
                _place(path, header, names, "y" if y is None and header else y or 2),
            )
            if places[0] == places[1]:
                raise LessonError(
                    f"{path}: x and y are both column {places[0] + 1}; data.x and data.y say which "
                    "two to take"
                )
            filled = ((rows.line_num, row) for row in rows if row)
            columns = _columns(filled, places, len(names), path)
    except OSError as failure:
        raise LessonError(
            f"{path}: the data cannot be read ({failure.strerror}); data.file must name a CSV "
            "file, relative to the lesson file"
        ) from None
    except (UnicodeDecodeError, csv.Error) as failure:
        raise LessonError(
            f"{path}: the data are not CSV text ({failure}); save them as CSV in UTF-8"
        ) from None
    return read_only(columns[0]), read_only(columns[1])


def _place(path: Path, header: bool, names: Sequence[str], column: Column) -> int:
    """Return the index of a column, by its number or by its name in the header."""
    if isinstance(column, int):
        return column - 1
    if not header:
        raise LessonError(
            f"{path}: without a header no column is called {column!r}; give its number, from 1"
        )
    if column not in names:
        if len(names) == 1 and (wrong := _separated_otherwise(names)):
            raise LessonError(f"{path}, line 1: {wrong}")
        given = reprlib.repr(",".join(names))
        raise LessonError(
            f"{path}, line 1: the header is {given}; it must name a column {column!r} (data.x and "
            "data.y say which columns to take, header = false that there is no header)"
        )
    if (count := names.count(column)) > 1:
        raise LessonError(
            f"{path}, line 1: the header names {count} columns {column!r}; "
            "say which by its number, as in x = 1"
        )
    return names.index(column)


def _columns(
    rows: Iterable[tuple[int, list[str]]], places: tuple[int, int], width: int, path: Path
) -> tuple["array[float]", "array[float]"]:
    """Return the numbers in the two columns; every row is as wide as the header or the first."""
    first, second = places
    x, y = array("d"), array("d")
    for line, row in rows:
        width = width or len(row)
        if len(row) != width or max(places) >= width:
            raise LessonError(f"{path}, line {line}: {_shape(row, places, width)}")
        x.append(_number(row[first], path, line))
        y.append(_number(row[second], path, line))
        if len(x) > MOST_POINTS:
            raise LessonError(
                f"{path}: there are more than {MOST_POINTS} points; take a sample of them"
            )
    return x, y


def _shape(row: list[str], places: tuple[int, int], width: int) -> str:
    if wrong := _separated_otherwise(row):
        return wrong
    given = reprlib.repr(",".join(row))
    if len(row) != width:
        likely = ""
        if width < len(row) <= 2 * width and all(re.fullmatch(_WHOLE, cell) for cell in row):
            likely = " (a comma separates values, so write decimals as 1.5, not 1,5)"
        return f"{given} has {len(row)} values; there must be {width}, as in the first line{likely}"
    return f"{given} has no column {max(places) + 1}; there are {width}"


def _separated_otherwise(row: Sequence[str]) -> str:
    """Return what to say of a row whose values are not separated by commas, else nothing."""
    given = ",".join(row)
    for separator, name in _OTHER_SEPARATORS.items():
        if separator in given:
            return (
                f"{reprlib.repr(given)} is separated by {name}; separate values by commas, "
                "and write decimals with a point"
            )
    return ""


def _number(cell: str, path: Path, line: int) -> float:
    # float() also takes inf, nan, 1_000 and digits of other scripts.
    if not cell.translate(_DIGITS):
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
    if wrong := _separated_otherwise([cell.strip()]):
        raise LessonError(f"{path}, line {line}: {wrong}")
    given, right = reprlib.repr(cell.strip()), "write one like 8.0395"
    if re.fullmatch(r"[-+]?[\d.]*,\d+", cell.strip()):
        right += ", with a decimal point and no other mark"
    raise LessonError(f"{path}, line {line}: {given} is not a finite number; {right}")


def made_up_points(
    recipe: Recipe, prediction: sp.Expr, parameters: tuple[sp.Symbol, sp.Symbol]
) -> tuple[FloatArray, FloatArray]:
    """Return x and y, each (n,), as anybody can make them again with NumPy.

        generator = numpy.random.default_rng(seed)
        x = numpy.linspace(low, high, n)        or generator.uniform(low, high, n), if random
        y = formula(x) + noise * generator.standard_normal(n)

    Then both are rounded by numpy.round, if the recipe says to how many decimals.

    Raises LessonError for a recipe without just one of `formula` and `values`, an empty range, or
    a formula that is undefined somewhere in it.
    """
    generator = np.random.default_rng(recipe.seed)
    low, high = recipe.x
    if not -LARGEST <= low < high <= LARGEST:
        raise LessonError(
            f"x goes from {low:g} to {high:g}; the first must be the smaller, "
            f"and both lie within ±{LARGEST:g}"
        )
    if recipe.spacing == "even":
        x = np.linspace(low, high, recipe.n)
    else:
        x = generator.uniform(low, high, recipe.n)
    formula = _formula(recipe, prediction, parameters)
    y = compile_curve(formula)(x)
    undefined = np.flatnonzero(~np.isfinite(y))
    if undefined.size:
        where = f"{x[undefined[0]]:g}"
        raise LessonError(f"{formula} is not a finite number at x = {where}; choose another range")
    # What is too large becomes inf, which no lesson takes.
    with np.errstate(all="ignore"):
        y = y + recipe.noise * generator.standard_normal(recipe.n)
        if recipe.decimals is not None:
            x, y = np.round(x, recipe.decimals), np.round(y, recipe.decimals)
    return read_only(x), read_only(y)


def _formula(
    recipe: Recipe, prediction: sp.Expr, parameters: tuple[sp.Symbol, sp.Symbol]
) -> sp.Expr:
    if (recipe.formula is None) == (recipe.values is None):
        raise LessonError(
            "a recipe has either a formula such as 3*x + 4, or the values of the two parameters"
        )
    if recipe.formula is not None:
        return parse_expression(recipe.formula, {"x": X})
    return prediction.subs(dict(zip(parameters, recipe.values or (), strict=True)))
