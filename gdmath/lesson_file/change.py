"""Change one value in the text of a lesson file, as whoever edits it would."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gdmath.lesson_file.toml_file import holds, line_of, read_toml

NEXT_TO = "descent.learning_rate"
"""The key, there in every lesson, after which a key that is not there is written."""

VALUE = r"""(\s*=\s*)(\[[^\]]*\]|"[^"]*"|'[^']*'|[^\s,}#]+)"""
"""What follows a key on its line: an equals sign, and a value of one line."""


@dataclass(frozen=True)
class Change:
    """Lines ``first`` to ``last`` of a file, from 1, become the line ``after``.

    ``before`` is the one line that stood there; it is empty, and ``last`` below ``first``, where
    the line is a new one.
    """

    first: int
    last: int
    before: str
    after: str

    def applied(self, text: str) -> str:
        """`text` of the file with the change made."""
        lines = text.split("\n")
        return "\n".join([*lines[: self.first - 1], self.after, *lines[self.last :]])


def change_of(path: str | Path, key: str, value: str) -> Change:
    """Return what to change in the lesson file at `path` so that the dotted `key` has `value`.

    The value is TOML. The file is otherwise as it was, which TOML's own parser is asked.

    Raises LessonError for a file that cannot be read, and ValueError if no change of a line would
    do.
    """
    file = read_toml(Path(path))
    names = key.split(".")
    wanted: dict[str, Any] = deepcopy(dict(file.tables))
    table = wanted
    for name in names[:-1]:
        table = table[name]
    table[names[-1]] = tomllib.loads(f"v = {value}")["v"]
    text = file.text.replace("\r\n", "\n")
    for change in _candidates(text, names, value, holds(file.tables, names)):
        try:
            if tomllib.loads(change.applied(text)) == wanted:
                return change
        except tomllib.TOMLDecodeError:
            continue
    raise ValueError(f"{path}: no line can be changed so that {key} = {value}")


def _candidates(text: str, names: list[str], value: str, is_there: bool) -> Iterator[Change]:
    """Changes that may do, the most natural first."""
    name = names[-1]
    known = names if is_there else NEXT_TO.split(".")
    number, lines = line_of(text, known) or 1, text.split("\n")
    line = lines[number - 1]
    found = re.search(rf"(?<![\w-]){known[-1]}{VALUE}", line)
    if is_there:
        if found:
            at, end = found.span(2)
            yield Change(number, number, line, line[:at] + value + line[end:])
        for last in range(number, len(lines) + 1):
            yield Change(number, last, line if last == number else "", f"{name} = {value}")
    else:
        for new in (f"{name} = {value}", f"{'.'.join(names)} = {value}"):
            yield Change(number + 1, number, "", new)
        if found:
            after = f"{line[: found.end()]}, {name} = {value}{line[found.end() :]}"
            yield Change(number, number, line, after)
