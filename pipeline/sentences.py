"""Gather every sentence of the lecture in one place, where a translation can join."""

import sys
from collections.abc import Sequence

from pipeline.language import ENGLISH
from pipeline.language.catalogue import gather, update, write
from pipeline.language.sayings import everything_said
from pipeline.plan import BUILD
from pipeline.refusal import RefusalError
from scenes.outline import LECTURE, Entry

TEMPLATE = BUILD / "sentences.pot"


def gather_sentences(language: str | None, lecture: Sequence[Entry] = LECTURE) -> int:
    """Write all sentences to ``build/sentences.pot``, or into the catalogue of ``language``.

    Returns the exit code: 1 if a sentence cannot be read from the source, which is told.

    Raises:
        RefusalError: that is English, or no language, or its catalogue cannot be read.
    """
    if language == ENGLISH:
        raise RefusalError(f"TO={ENGLISH} is what the chapters say; name another language")
    said = everything_said(lecture)
    unreadable = [saying for saying in said if not saying.is_readable]
    for saying in unreadable:
        place = f"{saying.path}:{saying.position[0]}"
        print(f"{place}: what is said here cannot be read from the source", file=sys.stderr)
    gathered = gather(saying for saying in said if saying.is_readable)
    if language is None:
        write(gathered, TEMPLATE)
        print(f"{TEMPLATE}: {len(gathered)} messages")
    else:
        path, count, translated = update(language, gathered, said)
        print(f"{path}: {translated} of {count} messages are translated")
    return 1 if unreadable else 0
