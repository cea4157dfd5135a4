"""What of a lecture is still in English, to be told when it is rendered."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.language import catalogue_path, interpreter_of, language_of
from pipeline.record import Beat
from scenes.outline import Entry


def untranslated(lesson: Path, chapters: Iterable[tuple[Entry, Iterable[Beat]]]) -> Iterator[str]:
    """The line to tell, if anything in these chapters about the lesson is said in English."""
    sentences = left = 0
    first = ""
    for entry, beats in chapters:
        interpreter = interpreter_of(entry.module, entry.scene, lesson)
        if interpreter is None:
            return
        said = [beat.sentence for beat in beats if beat.sentence]
        english = [sentence for sentence in said if interpreter.is_english(sentence)]
        sentences, left = sentences + len(said), left + len(english)
        first = first or next(iter(english), "")
    if left:
        language = language_of(lesson)
        yield (
            f"still in English, for want of a translation in {catalogue_path(language)}: "
            f"{left} of {sentences} sentences, the first of them: {first}"
        )
