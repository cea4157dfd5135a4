"""Read a TOML file whose keys are known, and say by key what is not as it should be."""

import math
import reprlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeGuard

from gdmath.lesson import LessonError


@dataclass(frozen=True)
class Entries:
    """The values of a TOML file by dotted key, each read as the type that is wanted of it.

    Every reader raises LessonError, in one line, for a value of another type. Booleans, infinities
    and NaN are not numbers here, though TOML or Python would let them pass.
    """

    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """Return a text of one line."""
        value = self.values[key]
        if not isinstance(value, str) or not value.isprintable():
            raise self._error(key, "text in quotes, on one line")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        values = self.values[key]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._error(key, 'a list of texts like ["a", "b"]')
        return values

    def number(self, key: str) -> float:
        """Return a finite number."""
        value = self.values[key]
        if not _is_number(value):
            raise self._error(key, "a finite number")
        return float(value)

    def numbers(self, key: str) -> list[float]:
        """Return a list of finite numbers."""
        values = self.values[key]
        if not isinstance(values, list) or not all(_is_number(value) for value in values):
            raise self._error(key, "a list of finite numbers like [-1, 1]")
        return [float(value) for value in values]

    def count(self, key: str) -> int:
        """Return a whole number above zero."""
        value = self.values[key]
        if not _is_number(value) or not isinstance(value, int) or value < 1:
            raise self._error(key, "a whole number above zero")
        return value

    def _error(self, key: str, right: str) -> LessonError:
        given = reprlib.repr(self.values[key])
        return LessonError(f"{key} is {given}; it must be {right}")


def read_toml(path: Path, keys: Sequence[str]) -> Entries:
    """Return the entries of the TOML file at `path`, which must have just the dotted `keys`.

    Raises LessonError for a file that cannot be read, is not TOML, or has other keys; an unknown
    key is answered with the known one it resembles.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as failure:
        raise LessonError(
            f"the lesson cannot be read ({failure.strerror}); name a TOML file such as lesson.toml"
        ) from None
    except (ValueError, RecursionError) as failure:
        raise LessonError(
            f"this is not TOML ({failure}); it must have lines like steps = 400"
        ) from None
    values = dict(_flat(table))
    for key in values:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(keys)}"
            raise LessonError(f"the key {key!r} is unknown; {hint}")
    for key in keys:
        if key not in values:
            raise LessonError(f"the key {key} is missing; the keys are {', '.join(keys)}")
    return Entries(values)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value of nested tables under its dotted key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
