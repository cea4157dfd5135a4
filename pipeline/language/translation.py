"""The translation of a lecture: what it says in its lesson's language, and what stays English."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.language import ENGLISH, catalogue_path, language_of
from pipeline.language.catalogue import read
from pipeline.record import Beat
from pipeline.storyboard import Storyboard, digest

Translation = Mapping[str, str]
"""The templates that are translated, each with its translation."""


def translation_of(lesson: Path, root: Path = Path()) -> Translation | None:
    """What the catalogue of the lesson's language has, without what is fuzzy; None for English.

    Raises:
        RefusalError: the catalogue cannot be used.
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


def in_language(chapter: Any, lesson: Path) -> Any:
    """The class ``chapter``, which from now on speaks the language of the lesson."""
    translation = translation_of(lesson)
    if translation is not None:
        chapter.translate = staticmethod(translation.get)
    return chapter


def with_translation(
    storyboard: Storyboard, translation: Translation, source: Path, others: Iterable[Path]
) -> Storyboard:
    """The ``storyboard`` of the chapter at ``source``, as the translation decides its sentences.

    A sentence depends on what is translated of the texts in its own function, and of those in the
    ``others`` of the sources that the chapter is made of.
    """
    own = ast.parse(source.read_bytes())
    functions = {
        node.name: _texts(node) for node in ast.walk(own) if isinstance(node, ast.FunctionDef)
    }
    elsewhere = {text for path in others for text in _texts(ast.parse(path.read_bytes()))}

    def decisive(texts: set[str]) -> list[tuple[str, str]]:
        return sorted((text, translation[text]) for text in texts if text in translation)

    shared = decisive(elsewhere | _texts(own)) if not storyboard.sentences else []
    return replace(
        storyboard,
        frame=digest(storyboard.frame, shared) if shared else storyboard.frame,
        sentences={
            site: digest(sentence, decisive(elsewhere | functions.get(_function(site), set())))
            for site, sentence in storyboard.sentences.items()
        },
    )


def _function(site: str) -> str:
    """The name of the function that a site of the storyboard is in: beat, for Scene.beat#0."""
    return site.partition("#")[0].rpartition(".")[2]


def _texts(tree: ast.AST) -> set[str]:
    """The texts written in a piece of source."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def untranslated(lesson: Path, beats: Iterable[Beat]) -> Iterator[str]:
    """The line to tell, if any sentence of a lecture about the lesson was said in English."""
    if (language := language_of(lesson)) == ENGLISH:
        return
    path = catalogue_path(language)
    messages = [message for message in read(path) if message.id and message.id != message.string]
    patterns = [re.compile(_SLOT.sub("(.+)", re.escape(str(m.id)))) for m in messages]
    said = [beat.sentence for beat in beats if beat.sentence]
    english = [s for s in said if any(pattern.fullmatch(s) for pattern in patterns)]
    if english:
        yield (
            f"still in English, for want of a translation in {path}: "
            f"{len(english)} of {len(said)} sentences, the first of them: {english[0]}"
        )


_SLOT = re.compile(r"\\\{\w+\\\}")
"""A slot in a template whose signs have been escaped."""
