"""The language of the captions: their sentences gathered, and said as a catalogue has them.

Sentences stand where they are said, in the chapters. From there they are read, and never copied by
hand; a catalogue in ``translations/`` says them in another language. English needs none of this.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.language.interpreter import Interpreter

ENGLISH = "en"
CATALOGUES = Path("translations")


def language_of(lesson: Path) -> str:
    """The language of a lesson's captions; English if that cannot be read."""
    try:
        return str(tomllib.loads(lesson.read_text(encoding="utf-8")).get("language", ENGLISH))
    except (OSError, ValueError):
        return ENGLISH


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is kept, from the root."""
    return CATALOGUES / f"{language}.po"


def interpreter_of(
    module: str, scene: str, lesson: Path, root: Path = Path()
) -> "Interpreter | None":
    """Who says what the chapter says in the language of the lesson; nobody is needed for English.

    Raises:
        RefusalError: the catalogue of that language cannot be used.
    """
    language = language_of(lesson)
    if language == ENGLISH:
        return None
    from pipeline.language.interpreter import Interpreter

    return Interpreter(module, scene, language, root)


def interpreted(chapter: Any, lesson: Path) -> Any:
    """The class ``chapter``, which from now on speaks the language of the lesson."""
    interpreter = interpreter_of(chapter.__module__, chapter.__name__, lesson)
    if interpreter is not None:
        chapter.translate = staticmethod(interpreter.say)
    return chapter
