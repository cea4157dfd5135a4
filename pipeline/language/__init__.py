"""Know the language of the captions, which are translated by gettext's convention.

English stands in the sources, in calls of `say` and `message`; a catalogue in ``translations/`` has
it in another language, template by template. A lecture in English needs none of this.
"""

import tomllib
from pathlib import Path

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
