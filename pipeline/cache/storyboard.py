"""Represent a chapter as a storyboard: where its beats happen, and what of its source each sees."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

Position = tuple[int, int]


END = "the end"
"""Stands for a `say` where something is played after the last one."""


@dataclass(frozen=True)
class Place:
    """Where in its chapter a beat happens: the statement of `construct`, and which `say` says it.

    ``site`` is the function and which of its sentences; empty if the kit says it.
    """

    statement: int
    site: str = ""


@dataclass(frozen=True)
class Storyboard:
    """A chapter's source as its beats see it.

    ``frame`` digests what belongs to every beat, ``reaches`` what each statement of `construct`
    adds, ``sentences`` what each `say` says, and ``functions`` each function, to tell what changed.
    """

    frame: str
    reaches: tuple[str, ...] = ("",)
    sentences: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[tuple[int, int], ...] = ((0, 0),)
    sites: tuple[tuple[Position, str], ...] = ()

    @property
    def digest(self) -> str:
        """Equal if nothing changed that a film of the chapter could show."""
        return digest(self.frame, self.reaches[-1], *sorted(self.sentences.items()))

    @property
    def end(self) -> Place:
        """Where what comes after the last beat happens."""
        return Place(len(self.reaches) - 1, END)

    def reach(self, place: Place) -> str:
        """The digest of all that may have run by the end of a beat there, its sentence left out."""
        return digest(self.frame, self.reaches[place.statement])

    def statement(self, line: float) -> int:
        """Which statement of `construct` stands at ``line``; the last if none does."""
        for number, (first, last) in reversed(list(enumerate(self.statements))):
            if first <= line <= last:
                return number
        return len(self.reaches) - 1

    def site(self, position: Position) -> str:
        """Which `say` is entered by the code at ``position``: a `with`, or the call inside it."""
        return next((site for start, site in self.sites if start >= position), "")


def digest(*parts: object) -> str:
    """A short name for ``parts``, the same for the same ones only."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
