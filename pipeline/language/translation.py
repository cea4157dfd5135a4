"""Translate a lecture into its lesson's language, and tell what stays English."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pipeline.language import ENGLISH, catalogue_path, language_of
from pipeline.language.catalogue import read

Translation = Mapping[str, str]
"""The templates that are translated, each with its translation."""


def translation_of(lesson: Path, root: Path = Path()) -> Translation | None:
    """What the catalogue of the lesson's language has, without what is fuzzy; None for English.

    Raises:
        UserError: the catalogue cannot be used.
    """
    language = language_of(lesson)
    if language == ENGLISH:
        return None
    path = root / catalogue_path(language)
    return _translation(path, path.read_bytes() if path.is_file() else b"")


@cache
def _translation(path: Path, _: bytes) -> Translation:
    return {
        str(message.id): str(message.string)
        for message in read(path)
        if message.id and message.string and not message.fuzzy
    }


def untranslated(lesson: Path, sentences: Iterable[str]) -> Iterator[str]:
    """The line to tell, if any sentence of a lecture about the lesson was said in English."""
    if (language := language_of(lesson)) == ENGLISH:
        return
    path = catalogue_path(language)
    messages = [message for message in read(path) if message.id and message.id != message.string]
    patterns = [re.compile(_SLOT.sub("(.+)", re.escape(str(m.id)))) for m in messages]
    said = [sentence for sentence in sentences if sentence]
    english = [s for s in said if any(pattern.fullmatch(s) for pattern in patterns)]
    if english:
        yield (
            f"still in English, for want of a translation in {path}: "
            f"{len(english)} of {len(said)} sentences, the first of them: {english[0]}"
        )


_SLOT = re.compile(r"\\\{\w+\\\}")
"""A slot in a template whose signs have been escaped."""
