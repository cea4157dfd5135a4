"""Write the language of a track of captions as films do."""

from pipeline.language import ENGLISH

BIBLIOGRAPHIC = "alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel"
"""Codes of ISO 639-2 for libraries, of the languages for which films use another code."""


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
