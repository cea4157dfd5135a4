"""Read the points of a lesson from a file, as spreadsheets and loggers write them.

What is not stated of the file is found by trying: a reading will do if it makes a number of every
cell that is needed.
"""

import codecs
import csv
import re
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from gdmath.arrays import FloatArray, read_only
from gdmath.lesson import LessonError
from gdmath.lesson_file.reading import DECIMALS, SEPARATORS, Reading
from gdmath.lesson_file.schema import Data

_DECLARED = r'"?sep=([,;\t| ])"?\s*'
"""A first line by which Excel is told the separator."""


class Points(NamedTuple):
    """Points x and y, each (n,), and what to say of how they were read, a sentence each."""

    x: FloatArray
    y: FloatArray
    remarks: tuple[str, ...] = ()


def read_points(path: Path, how: Data) -> Points:
    """Return two columns of the file at `path`, written as `how` says; empty lines are skipped.

    With a header, columns are named, "x" and "y" if nothing else is said; without one they are
    numbered, and the first two are taken. A separator or decimal mark that is not stated is found.

    Raises LessonError with the file, the line, what was found there and what should be; also where
    two readings make different numbers.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise LessonError(f"{path}: this is no file; data.file must name a CSV file")
        return _found(path, how)
    except OSError as failure:
        raise LessonError(
            f"{path}: the data cannot be read ({failure.strerror}); data.file must name a CSV "
            "file, relative to the lesson file"
        ) from None
    except UnicodeDecodeError as failure:
        raise _no_text(path, failure) from None


def _found(path: Path, how: Data) -> Points:
    """Return the points by the one reading that makes numbers."""
    with path.open("rb") as start:
        wide = start.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    # utf-8-sig, because spreadsheets put a byte order mark before the header.
    encoding = "utf-16" if wide else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        declared = re.fullmatch(_DECLARED, file.readline())
    stated = how.separator or (declared[1] if declared else None)
    found: list[Reading] = []
    failed: list[tuple[Reading, LessonError]] = []
    for separator in stated or SEPARATORS:
        for decimal in how.decimal or DECIMALS:
            reading = Reading(path, how, separator, decimal)
            with path.open(encoding=encoding, newline="") as file:
                lines = chain(["\n"], islice(file, 1, None)) if declared else file
                try:
                    reading.read(lines)
                except LessonError as mistake:
                    failed.append((reading, mistake))
                except csv.Error as failure:
                    failed.append((reading, _no_text(path, failure)))
                else:
                    found.append(reading)
                    # If one decimal mark makes numbers, the other could only make the same ones.
                    break
    if not found:
        raise max(failed, key=lambda pair: pair[0].reached)[1]
    reading, *others = [each for each in found if each.x] or found[:1]
    for other in others:
        if (other.x, other.y) != (reading.x, reading.y):
            raise LessonError(
                f"{path}: with {reading} the points are others than with {other}; "
                "say which by data.separator and data.decimal"
            )
    if reading.doubt:
        raise LessonError(f"{path}: {reading.doubt}")
    is_plain = (reading.separator, reading.decimal) == (stated or ",", how.decimal or ".")
    told = () if is_plain else (f"The points are read with {reading}.",)
    return Points(read_only(reading.x), read_only(reading.y), (*told, *reading.left_out()))


def _no_text(path: Path, failure: Exception) -> LessonError:
    return LessonError(f"{path}: the data are not CSV text ({failure}); save them as CSV in UTF-8")
