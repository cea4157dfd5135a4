"""The name of an axis as the lesson gives it, in Typst: a symbol or words, and a unit."""

from scenes.kit.text.given import given


def axis_name(label: str, unit: str = "") -> str:
    """``label``, a letter as a symbol and anything else as words, then "in" and its ``unit``."""
    within = f" in {unit}" if unit else ""
    if len(label) == 1 and label.isalpha():
        return f"{label} {_words(within)}" if unit else label
    return _words(label + within)


def _words(text: str) -> str:
    """``text`` in quotes for Typst."""
    escaped = given(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
