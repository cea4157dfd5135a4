"""Know the language of the captions, which are translated by gettext's convention.

English stands in the sources, in calls of `say` and `message`; a catalogue in ``translations/`` has
it in another language, template by template. A lecture in English needs none of this.
"""

import tomllib
from pathlib import Path

ENGLISH = "en"
CATALOGUES = Path("translations")
BIBLIOGRAPHIC = "alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel"
"""Codes of ISO 639-2 for libraries, of the languages for which films use another code."""


def language_of(lesson: Path) -> str:
    """The language of a lesson's captions; English if that cannot be read."""
    try:
        return str(tomllib.loads(lesson.read_text(encoding="utf-8")).get("language", ENGLISH))
    except (OSError, ValueError):
        return ENGLISH


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is kept, from the root."""
    return CATALOGUES / f"{language}.po"


def track_language(language: str) -> str:
    """The three letters of ISO 639-2/T for a language tag: ``deu`` for ``de``; ``und`` if none."""
    if language == ENGLISH:
        return "eng"
    from babel.core import get_global

    short = language.split("-")[0]
    known = [code for code, tag in get_global("language_aliases").items() if tag == short]
    codes = [code for code in known if len(code) == 3 and code not in BIBLIOGRAPHIC]
    # A language of several, such as Chinese, comes before those that it takes in.
    codes.sort(key=lambda code: (not code.startswith(short), code))
    return next(iter(codes), short if len(short) == 3 else "und")
