"""Find the line of a key in a TOML file, so that a mistake can be pointed at."""

import tomllib
from collections.abc import Mapping, Sequence

Keys = Sequence[str]


def line_of(text: str, keys: Keys) -> int | None:
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


def holds(table: Mapping[str, object], keys: Keys) -> bool:
    """Tell whether there is a value at the nested `keys`."""
    value: object = table
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
