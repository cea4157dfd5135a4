"""Read a lesson file and check its shape, blaming the line and key of what is wrong."""

import reprlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gdmath.lesson import LessonError
from gdmath.lesson_file.schema import PATTERNS, LessonFile, keys_of

LONGEST_FILE = 50_000
"""Most bytes of a lesson file."""

MOST_LINES = 1000
"""Most lines of a lesson file: a mistake's line is found by reading each beginning of them."""

WANTED = {
    "string_type": "text in quotes",
    "string_too_short": "text, and not empty",
    "string_too_long": "text of at most {max_length} characters",
    "float_type": "a number",
    "finite_number": "a finite number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "too_short": "a list of two",
    "too_long": "a list of {max_length} at most",
    "model_type": "a table",
    "greater_than": "above {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "below {lt:g}",
    "less_than_equal": "at most {le:.0f}",
    "literal_error": "{expected}",
}
"""Pydantic's kinds of errors, in words for a lecturer."""


@dataclass(frozen=True)
class TomlFile:
    """The text of a lesson file and its tables, to say where in it something is wrong."""

    path: Path
    text: str
    tables: Mapping[str, Any]

    def error(self, key: str, message: str) -> LessonError:
        """Return the error about the dotted `key`: the file, its line, the key, the message.

        For a key that is not there it is the line of the table it belongs into.
        """
        names = key.split("[")[0].split(".")
        while names and not holds(self.tables, names):
            names.pop()
        line = f", line {line_of(self.text, names)}" if names else ""
        return LessonError(f"{self.path}{line}, {key}: {message}")

    @contextmanager
    def blaming(self, key: str, keys: Mapping[str, str] | None = None) -> Iterator[None]:
        """Have a LessonError raised in the block name the line of `key`.

        If it says which field of a Lesson it is about, `keys` may tell a better one.
        """
        try:
            yield
        except LessonError as mistake:
            raise self.error((keys or {}).get(mistake.about, key), str(mistake)) from None


def read_toml(path: Path) -> TomlFile:
    """Return what the TOML file at `path` says, whatever its keys.

    Raises LessonError for a file that cannot be read, is too long, or is not TOML.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise LessonError(f"{path}: this is no file; name a TOML file such as lesson.toml")
        with path.open("rb") as file:
            contents = file.read(LONGEST_FILE + 1)
    except OSError as failure:
        raise LessonError(
            f"{path}: the lesson cannot be read ({failure.strerror}); "
            "name a TOML file such as lesson.toml"
        ) from None
    if len(contents) > LONGEST_FILE or contents.count(b"\n") > MOST_LINES:
        raise LessonError(
            f"{path}: a lesson file has at most {LONGEST_FILE} bytes and {MOST_LINES} lines; "
            "write many points into a CSV file"
        )
    try:
        # Some editors put a byte order mark before the text.
        text = contents.decode("utf-8-sig")
        tables = tomllib.loads(text)
        _check_integers(tables)
    except (ValueError, RecursionError) as failure:
        raise LessonError(
            f"{path}: this is not TOML ({failure}); it must have lines like steps = 400"
        ) from None
    return TomlFile(path, text, tables)


def _check_integers(value: object) -> None:
    """Raise ValueError for an integer that TOML does not know; tomllib reads it all the same."""
    match value:
        case dict() | list():
            for each in value.values() if isinstance(value, dict) else value:
                _check_integers(each)
        case int() if not -(2**63) <= value < 2**63:
            raise ValueError("an integer has more than 64 bits")


def checked(file: TomlFile) -> LessonFile:
    """Return the file by the names of the schema; LessonError for the first thing out of shape."""
    try:
        return LessonFile.model_validate(file.tables)
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
    # A misspelt key is also a missing one; only the first of the two helps.
    error: Mapping[str, Any] = min(errors, key=lambda each: each["type"] != "extra_forbidden")
    raise file.error(*_complaint(file.tables, error))


def _complaint(tables: Mapping[str, Any], error: Mapping[str, Any]) -> tuple[str, str]:
    """Return the dotted key that an error of Pydantic is about, and what to say of it."""
    kind, path = error["type"], list(error["loc"])
    if kind in {"extra_forbidden", "missing"}:
        table, name = path[:-1], str(path[-1])
        known = keys_of([str(part) for part in table])
        near = get_close_matches(name, known, n=1)
        others = f"did you mean {near[0]}?" if near else f"the keys here are {', '.join(known)}"
        wrong = f"this key is unknown; {others}" if kind != "missing" else "this key is missing"
        return _dotted(path), wrong
    value: Any = tables
    for depth, part in enumerate(path):
        if not (part in value if isinstance(value, dict) else isinstance(part, int)):
            # What follows names the members of a union, of which none would do.
            return _dotted(path[:depth]), _wrong(value, "a column's name, or its number from 1")
        value = value[part]
    context = error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return _dotted(path), _wrong(value, PATTERNS[context["pattern"]])
    if kind == "too_long" and context["max_length"] == 2:
        kind = "too_short"
    return _dotted(path), _wrong(value, WANTED.get(kind, error["msg"]).format(**context))


def _wrong(given: object, wanted: str) -> str:
    return f"it is {reprlib.repr(given)}; it must be {wanted}"


def _dotted(path: list[str | int]) -> str:
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """Return the line, from 1, where the value at the nested `keys` begins; None if there is none.

    TOML may be read up to the end of any statement, so the first beginning of the text that holds
    the keys ends with their statement. No rule of TOML is needed for this but the parser's own; it
    reads the text once a line, which a bound on the lines of a lesson keeps short.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    begins = 1
    for end in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            # In the middle of a list or a text of several lines.
            continue
        if holds(table, keys):
            return begins
        begins = end + 1
    return None


def holds(table: Mapping[str, object], keys: Sequence[str]) -> bool:
    """Tell whether there is a value at the nested `keys`."""
    value: object = table
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
