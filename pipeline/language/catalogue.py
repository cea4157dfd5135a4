"""Catalogues: the sentences and their translations as .po files, which translators have tools for.

English as it stands in the source is the key, as gettext has it
(https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html). What may stand in a slot is a
message too, and the slot's name its context.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from pipeline.language import catalogue_path
from pipeline.language.sayings import Saying
from pipeline.language.template import names, walk
from pipeline.language.translation import Translation
from pipeline.refusal import RefusalError
from pipeline.whole import whole

HEADER = """# The sentences of the lecture as its chapters say them; what is in braces comes later.
# A message with a context (msgctxt) is what may stand in the braces of that name.
#"""
PROJECT = "gradient-descent-lecture"
WIDTH = 100


def gather(said: Iterable[Saying]) -> Catalog:
    """A catalogue without translations of all that is ``said``, in its order."""
    catalogue = Catalog(project=PROJECT, header_comment=HEADER, fuzzy=False)
    for saying in said:
        for context, template, within in walk(saying.templates):
            if template.message:
                known = catalogue.get(template.message, context or None)
                catalogue.add(
                    template.message,
                    locations=[_location(saying)],
                    auto_comments=[f"in: {within}"] if within and not known else [],
                    context=context or None,
                )
    return catalogue


def update(language: str, gathered: Catalog, said: Iterable[Saying]) -> tuple[Path, int, int]:
    """Begin the catalogue of ``language``, or bring it up to date with what was ``gathered``.

    What was translated is kept: sentences that changed a little go on as fuzzy, others that nobody
    says any more at the end of the file, and come back from there. Returns the file, how many
    messages it has, and how many of them are translated.

    Raises:
        RefusalError: there is no such language, or its catalogue cannot be read.
    """
    locale, path = _locale(language), catalogue_path(language)
    if path.exists():
        catalogue = _read(path)
        _keep(catalogue, gathered, said)
        gathered.creation_date = catalogue.creation_date
        catalogue.update(gathered, update_creation_date=False)
    else:
        catalogue = gathered
        catalogue.locale, catalogue.revision_date = locale, datetime.now().astimezone()
    write(catalogue, path)
    told = [message for message in catalogue if message.id]
    return path, len(told), sum(1 for message in told if message.string and not message.fuzzy)


def write(catalogue: Catalog, path: Path) -> None:
    """Write ``catalogue`` to ``path``: all of it, or nothing."""
    with whole(path) as aside, aside.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_previous=True)


def read_translation(language: str, root: Path = Path()) -> Translation:
    """What the catalogue of ``language`` has translated; what is marked as fuzzy is not.

    Raises:
        RefusalError: it is not there, or a translation in it cannot be used.
    """
    path = root / catalogue_path(language)
    return _translation(path, path.read_bytes() if path.is_file() else b"")


@cache
def _translation(path: Path, _: bytes) -> Translation:
    said = {}
    for message in _read(path):
        if message.id and message.string and not message.fuzzy:
            said[message.context or "", str(message.id)] = str(message.string)
    return Translation(said)


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except FileNotFoundError:
        language = path.stem
        raise RefusalError(
            f"{path}: there is no such catalogue; make sentences TO={language} begins one"
        ) from None
    except (PoFileError, ValueError, LookupError) as error:
        line = f", line {error.lineno + 1}" if isinstance(error, PoFileError) else ""
        raise RefusalError(f"{path}{line}: this is no catalogue ({error})") from None
    for message in catalogue:
        if message.id:
            _check(path, message)
    return catalogue


def _check(path: Path, message: Message) -> None:
    """Raise the RefusalError of a translation that does not have the slots of its message."""
    # A fuzzy one is another sentence's, to be looked at first.
    text, translation = str(message.id), "" if message.fuzzy else str(message.string or "")
    try:
        wanted, found = names(text), names(translation or text)
    except ValueError as error:
        wrong = f"cannot be filled in ({error})"
    else:
        if missing := [name for name in wanted if name not in found]:
            wrong = f"leaves out {{{missing[0]}}}"
        elif unknown := [name for name in found if name not in wanted]:
            wrong = f"has {{{unknown[0]}}}, which its sentence has not"
        else:
            return
    raise RefusalError(
        f"{path}, line {message.lineno}: the translation {wrong}: {translation!r} of {text!r}"
    )


def _keep(catalogue: Catalog, gathered: Catalog, said: Iterable[Saying]) -> None:
    """Have ``gathered`` take up what a translator added, and ``catalogue`` what is said again."""
    for key, message in [*catalogue.obsolete.items()]:
        if gathered.get(message.id, message.context) and message.string:
            catalogue[message.id] = catalogue.obsolete.pop(key)
    added = [m for m in catalogue if m.id and not gathered.get(m.id, m.context)]
    for saying in said:
        for context, template, _ in walk(saying.templates):
            for message in added:
                if (message.context or "") == context and template.variant(str(message.id)):
                    gathered.add(message.id, locations=[_location(saying)], context=message.context)


def _location(saying: Saying) -> tuple[str, int]:
    return str(saying.path), saying.position[0]


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise RefusalError(
            f"TO={language} is no language; name one by its tag, such as TO=de or TO=pt-BR"
        ) from None
