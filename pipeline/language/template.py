"""Templates: what sentences have in common, and where a number or another few words stand in them.

A template is told from the text that it made: the values of its slots are read back out of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from string import Formatter


@dataclass(frozen=True)
class Slot:
    """A place in a template: for any text, or for what one of its ``options`` makes."""

    name: str
    options: tuple["Template", ...] = ()

    @property
    def context(self) -> str:
        """What its options are listed under: the name, without what tells two slots apart."""
        return re.sub(r"_\d+$", "", self.name)

    @property
    def pattern(self) -> str:
        """A regular expression for what may stand there; exact words go before any text."""
        if not self.options:
            return ".+?"
        return "(?:" + "|".join(option.pattern for option in by_words(self.options)) + ")"


@dataclass(frozen=True)
class Template:
    """Literal text and slots in the order in which they are said."""

    parts: tuple[str | Slot, ...]

    @property
    def slots(self) -> list[Slot]:
        """Its slots, in order."""
        return [part for part in self.parts if isinstance(part, Slot)]

    @property
    def is_value(self) -> bool:
        """Whether it is nothing but a slot for any text, such as a number."""
        return len(self.parts) == 1 and [slot.options for slot in self.slots] == [()]

    @property
    def words(self) -> int:
        """How many characters it says itself."""
        return sum(len(part.strip()) for part in self.parts if isinstance(part, str))

    @cached_property
    def message(self) -> str:
        """What a translator reads: ``After {steps} steps``; nothing if it says nothing itself."""
        if not self.words:
            return ""
        return "".join(
            f"{{{part.name}}}" if isinstance(part, Slot) else re.sub(r"([{}])", r"\1\1", part)
            for part in self.parts
        ).strip()

    @property
    def pattern(self) -> str:
        """A regular expression for all that it may make."""
        return _pattern(self.parts)

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return re.compile(_pattern(self._stripped, named=True), re.DOTALL)

    @cached_property
    def _stripped(self) -> tuple[str | Slot, ...]:
        """Its parts but for the space around them, which is nobody's to translate."""
        match self.parts:
            case [str(text)]:
                return (text.strip(),)
            case [first, *middle, last]:
                return (
                    first.lstrip() if isinstance(first, str) else first,
                    *middle,
                    last.rstrip() if isinstance(last, str) else last,
                )
        return self.parts

    def read(self, text: str) -> dict[str, str] | None:
        """The values of its slots if it made ``text``, whatever space is around; else None."""
        match = self._named.fullmatch(text.strip())
        return None if match is None else match.groupdict()

    def fill(self, values: Mapping[str, str]) -> str:
        """What it makes of ``values`` for its slots."""
        return "".join(values[part.name] if isinstance(part, Slot) else part for part in self.parts)

    def variant(self, message: str) -> "Template | None":
        """The template of ``message`` if that is this one with some slots filled in; else None."""
        slots = {slot.name: slot for slot in self.slots}
        if message == self.message or not set(names(message)) < slots.keys():
            return None
        if not re.fullmatch(_pattern(self._stripped, left=True), message, re.DOTALL):
            return None
        pieces = ((text, slots.get(name or "")) for text, name, _, _ in Formatter().parse(message))
        return Template(tuple(part for piece in pieces for part in piece if part))


def _pattern(parts: Iterable[str | Slot], named: bool = False, left: bool = False) -> str:
    """A regular expression for ``parts``: slots as groups by name, or perhaps left in braces."""

    def of(slot: Slot) -> str:
        if named:
            return f"(?P<{slot.name}>{slot.pattern})"
        return rf"(?:\{{{slot.name}\}}|{slot.pattern})" if left else slot.pattern

    return "".join(of(part) if isinstance(part, Slot) else re.escape(part) for part in parts)


def names(message: str) -> list[str]:
    """The names of the slots in ``message``, in order.

    Raises:
        ValueError: its braces do not match, or hold more than a name.
    """
    fields = [*Formatter().parse(message)]
    for _, name, form, conversion in fields:
        if name is not None and (not name.isidentifier() or form or conversion):
            raise ValueError(f"in braces stands a name, not {name!r}")
    return [name for _, name, _, _ in fields if name is not None]


def by_words(templates: Iterable[Template]) -> list[Template]:
    """``templates``, those first that say most themselves."""
    return sorted(templates, key=lambda template: -template.words)


def joined(pieces: Iterable[Template]) -> Template:
    """One template of ``pieces``, in which no two slots have one name."""
    parts: list[str | Slot] = []
    taken: set[str] = set()
    for part in (part for piece in pieces for part in piece.parts):
        if isinstance(part, Slot):
            others = (f"{part.name}_{number}" for number in count(2))
            name = next(name for name in chain([part.name], others) if name not in taken)
            taken.add(name)
            parts.append(Slot(name, part.options))
        elif parts and isinstance(before := parts[-1], str):
            parts[-1] = before + part
        else:
            parts.append(part)
    return Template(tuple(parts))


def walk(
    templates: Iterable[Template], context: str = "", within: str = ""
) -> Iterator[tuple[str, Template, str]]:
    """``templates`` and all that may fill their slots: context, template, what it is said within.

    A sentence has no context, and is said within nothing.
    """
    for template in templates:
        yield context, template, within
        for slot in template.slots:
            yield from walk(slot.options, slot.context, template.message or within)
