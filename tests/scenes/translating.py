"""What a chapter says by templates, and whether a catalogue has them all."""

from collections.abc import Callable, Iterable
from functools import cache

from pipeline.language.catalogue import gather
from scenes.kit.chapter import Chapter
from tests.conftest import ROOT


@cache
def messages() -> frozenset[str]:
    """All that can be translated, as it is gathered from the sources."""
    return frozenset(str(message.id) for message in gather(ROOT))


def untranslatable(said: Iterable[str]) -> list[str]:
    """The templates among those ``said`` that no catalogue would have."""
    return sorted(set(said) - messages())


def listening(kind: type[Chapter]) -> tuple[type[Chapter], list[str]]:
    """A chapter of that ``kind`` in English, and a list that its templates come into."""
    said: list[str] = []

    def translate(template: str) -> str:
        said.append(template)
        return template

    hook: Callable[[str], str | None] = staticmethod(translate)
    return type(kind.__name__, (kind,), {"translate": hook, "__module__": kind.__module__}), said
