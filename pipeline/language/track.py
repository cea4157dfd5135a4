"""What the track of captions in a film says of its language."""

from pipeline.language import ENGLISH

BIBLIOGRAPHIC = "alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel"
"""ISO 639-2 has two codes for these languages: this one is for libraries, the other for films."""


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
