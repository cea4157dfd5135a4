"""Gather every sentence of the lecture in one place, where a translation can join."""

from pipeline.cache.plan import BUILD
from pipeline.errors import UserError
from pipeline.language import ENGLISH
from pipeline.language.catalogue import gather, update, write

TEMPLATE = BUILD / "sentences.pot"


def gather_sentences(language: str | None) -> int:
    """Write all messages to ``build/sentences.pot``, or into the catalogue of ``language``.

    Raises:
        UserError: that is English, or no language, or its catalogue cannot be read.
    """
    if language == ENGLISH:
        raise UserError(f"TO={ENGLISH} is what the chapters say; name another language")
    gathered = gather()
    if language is None:
        write(gathered, TEMPLATE)
        print(f"{TEMPLATE}: {len(gathered)} messages")
    else:
        path, count, translated = update(language, gathered)
        print(f"{path}: {translated} of {count} messages are translated")
    return 0
