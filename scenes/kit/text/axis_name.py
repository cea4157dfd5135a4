"""An axis is named as the lesson says, in Typst: a symbol or words, and a unit."""

from collections.abc import Iterator

from scenes.kit.text.typeset import in_maths
from scenes.kit.wording import Written, fill, from_lesson, numbers_of


def axis_name(label: str, unit: str = "") -> str:
    """``label``, a letter as a symbol and anything else as words, then "in" and its ``unit``."""
    within = f" in {unit}" if unit else ""
    if len(label) == 1 and label.isalpha():
        words = in_maths(from_lesson(within))
        return fill("{label} {words}", label=label, words=words) if unit else label
    return in_maths(from_lesson(label + within))


def shorter(name: str) -> Iterator[str]:
    """``name``, and where it is words the same with ever fewer of them before its unit."""
    yield name
    if name.startswith('"'):
        label, *units = name[1:-1].rsplit(" in ", 1)
        words, unit = label.split(), "".join(f" in {each}" for each in units)
        for count in reversed(range(len(words))):
            cut = f'"{" ".join((*words[:count], "…"))}{unit}"'
            yield Written(cut, numbers_of(name))
