"""Read a file of points by one separator and one decimal mark, blaming the line that has none."""

import csv
import math
import re
import reprlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from gdmath.lesson import MOST_POINTS, LessonError
from gdmath.lesson_file.schema import Data

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}
DECIMALS = {".": "points", ",": "commas"}

MISSING = frozenset({"", "-", "na", "n/a", "#n/a", "nan", "null"})
"""What stands for no value, in small letters."""

_ERROR = r"#(N/A|[A-Z/0]+[!?]|[,;\t|])"
"""How a line begins that is no comment: a spreadsheet's error such as #DIV/0!, or a column #."""

_DIGITS = str.maketrans("", "", "0123456789.eE+- \t")
_DECIMAL_COMMA = r"\s*[-+]?[0-9]+(,[0-9]+)?([eE][-+]?[0-9]+)?\s*"
_THOUSANDS = r"[-+]?(0|[1-9][0-9]{0,2}([.,][0-9]{3})?)"
_DATE = r"[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}(?![0-9])|[0-9]{1,2}:[0-9]{2}"
_WHOLE = r"\s*[-+]?\d+\s*"


class Reading:
    """A file read by one separator and one decimal mark, as far as these make numbers of it."""

    def __init__(self, path: Path, how: Data, separator: str, decimal: str) -> None:
        self.path, self.how, self.separator, self.decimal = path, how, separator, decimal
        self.x, self.y = array("d"), array("d")
        self.width = self.comments = self.skipped = 0
        self.begins, self.is_second, self.doubt = True, False, ""
        self._number = _number if decimal == "." else _number_with_comma

    def __str__(self) -> str:
        names = SEPARATORS[self.separator], DECIMALS[self.decimal]
        return f"{names[0]} between values and decimal {names[1]}"

    @property
    def reached(self) -> tuple[int, bool, int]:
        """How far it made sense: the points, whether x of the next one, the columns."""
        return len(self.x), self.is_second, self.width

    def left_out(self) -> Iterator[str]:
        """Yield what was not read, a sentence for each kind."""
        if self.skipped:
            rows = "1 row was" if self.skipped == 1 else f"{self.skipped} rows were"
            yield f"{rows} skipped for want of a value."
        if self.comments and self.how.comment is None:
            lines = "1 line begins" if self.comments == 1 else f"{self.comments} lines begin"
            yield f"{lines} with # in the file of the points and counted as comments."

    def read(self, lines: Iterable[str]) -> None:
        """Read x and y; raises LessonError at the first line of which no point can be made."""
        filled = self._filled(lines)
        line, names = next(filled, (1, [])) if self.how.header else (0, [])
        self.width = len(names)
        first, second = places = self._places([name.strip() for name in names], line)
        number, is_doubtful = self._number, self.how.decimal is None
        for line, row in filled:
            self.width = self.width or len(row)
            try:
                x, y = number(row[first]), number(row[second])
            except (ValueError, IndexError):
                self._pass_over(line, row, places)
                continue
            if len(row) != self.width:
                raise self._mistake(line, self._shape(row, places))
            self.x.append(x)
            self.y.append(y)
            if len(self.x) > MOST_POINTS:
                raise LessonError(
                    f"{self.path}: there are more than {MOST_POINTS} points; take a sample of them"
                )
            if is_doubtful:
                is_doubtful = self._may_differ(row, places)
        if not is_doubtful:
            self.doubt = ""

    def _may_differ(self, row: list[str], places: tuple[int, int]) -> bool:
        """Tell whether the row may mean other numbers, and set the doubt if it looks like it."""
        if (self.separator, self.decimal) == (",", "."):
            stated = self.how.header or self.how.x or self.how.y
            if stated or len(row) != 4 or not all(re.fullmatch(_WHOLE, cell) for cell in row):
                return False
            self.doubt = self.doubt or (
                f"{self._given(row)} may be four whole numbers or two with decimal commas, and no "
                'row tells which; say data.decimal = "." for the first, or separate values by '
                "semicolons"
            )
            return True
        cells = [row[place].strip() for place in places]
        marked = next((cell for cell in cells if self.decimal in cell), "")
        if marked and not self.doubt:
            point, whole = (marked.replace(self.decimal, by) for by in (".", ""))
            self.doubt = (
                f"{marked!r} may be {point} or {whole}, and no other value tells which; say "
                f'data.decimal = "{self.decimal}" for the first, or write no marks of thousands'
            )
        return all(re.fullmatch(_THOUSANDS, cell) for cell in cells)

    def _filled(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not empty, each with the number of its last line."""
        rows = csv.reader(self._uncommented(lines), delimiter=self.separator)
        for row in rows:
            self.begins = True
            if row:
                yield rows.line_num, row

    def _uncommented(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines, empty ones for comments, so that they are counted."""
        stated = self.how.comment
        mark = "#" if stated is None else stated
        for line in lines:
            # A line within quotes is no comment, however it begins.
            begins, self.begins = self.begins, False
            is_marked = begins and mark and line.startswith(mark)
            if is_marked and (stated or not re.match(_ERROR, line)):
                self.comments += 1
                yield "\n"
            elif self.separator == " ":
                yield re.sub(" +", " ", line.strip(" \r\n"))
            else:
                yield line

    def _places(self, names: Sequence[str], line: int) -> tuple[int, int]:
        x, y = (
            self._place(names, line, (name if self.how.header else number) if to is None else to)
            for name, number, to in (("x", 1, self.how.x), ("y", 2, self.how.y))
        )
        if x == y:
            raise LessonError(
                f"{self.path}: x and y are both column {x + 1}; data.x and data.y say which "
                "two to take"
            )
        return x, y

    def _place(self, names: Sequence[str], line: int, column: int | str) -> int:
        """Return the index of a column, by its number or by its name in the header."""
        if isinstance(column, int):
            return column - 1
        if not self.how.header:
            raise LessonError(
                f"{self.path}: without a header no column is called {column!r}; give its number, "
                "from 1"
            )
        like = [name for name in names if name.casefold() == column.casefold()]
        called = [name for name in like if name == column] or like
        if not called:
            raise self._mistake(
                line,
                f"the header is {self._given(names)}; it must name a column {column!r} (data.x and "
                "data.y say which columns to take, header = false that there is no header)",
            )
        if len(called) > 1:
            raise self._mistake(
                line,
                f"the header names {len(called)} columns {column!r}; "
                "say which by its number, as in x = 1",
            )
        return names.index(called[0])

    def _pass_over(self, line: int, row: list[str], places: tuple[int, int]) -> None:
        """Raise LessonError for a row without a point, unless it is blank or to be skipped."""
        if not "".join(row).strip():
            return
        if len(row) != self.width or max(places) >= self.width:
            raise self._mistake(line, self._shape(row, places))
        cells = [row[place].strip() for place in places]
        if self.how.missing == "skip" and any(cell.lower() in MISSING for cell in cells):
            self.skipped += 1
            return
        with suppress(ValueError):
            self._number(cells[0])
            self.is_second = True
        raise self._mistake(line, self._no_number(cells[self.is_second]))

    def _shape(self, row: list[str], places: tuple[int, int]) -> str:
        given, width = self._given(row), self.width
        between = "" if self.separator == "," else f" with {SEPARATORS[self.separator]} between"
        if len(row) != width:
            likely = ""
            if (
                width < len(row) <= 2 * width
                and all(re.fullmatch(_WHOLE, cell) for cell in row)
                and not between
            ):
                likely = " (a comma separates values, so write decimals as 1.5, not 1,5)"
            return (
                f"{given} has {len(row)} values{between}; there must be {width}, "
                f"as in the first line{likely}"
            )
        return f"{given} has no column {max(places) + 1}; there are {width}{between}"

    def _no_number(self, cell: str) -> str:
        given, right = reprlib.repr(cell), f"write one like 8{self.decimal}0395"
        if cell.lower() in MISSING:
            return f'{given} is no value; write one, or say data.missing = "skip"'
        if re.match(_DATE, cell):
            return f"{given} is a date or a time; write a number, as the days since the first"
        if re.fullmatch(r"[-+]?[\d.,]*[.,]\d+", cell):
            right += f", with a decimal {DECIMALS[self.decimal][:-1]} and no other mark"
        return f"{given} is not a finite number; {right}"

    def _given(self, cells: Sequence[str]) -> str:
        return reprlib.repr(self.separator.join(cells))

    def _mistake(self, line: int, wrong: str) -> LessonError:
        return LessonError(f"{self.path}, line {line}: {wrong}")


def _number(cell: str) -> float:
    """Return the number in a cell; raises ValueError if there is none."""
    # float() also takes inf, nan, 1_000 and digits of other scripts.
    if cell.translate(_DIGITS) or not math.isfinite(number := float(cell)):
        raise ValueError(cell)
    return number


def _number_with_comma(cell: str) -> float:
    # A comma at an end may be one that separates values.
    if not re.fullmatch(_DECIMAL_COMMA, cell):
        raise ValueError(cell)
    return _number(cell.replace(",", "."))
