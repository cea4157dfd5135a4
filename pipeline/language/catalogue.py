"""Keep every message of the lecture and its translation in catalogues for translators' tools.

English as it stands in the source is the key, as gettext has it
(https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).
"""

import ast
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import datetime
from io import StringIO
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from pipeline.atomic import atomic
from pipeline.errors import UserError
from pipeline.language import catalogue_path

SCENES = Path("scenes")
OUTLINE = SCENES / "outline.py"
CALLS = {"say": None, "message": None}
"""Functions whose first argument is a message, when it is a literal."""
HEADER = """# What the lecture says, chapter by chapter; what braces hold is put in when it is said.
#"""
PROJECT = "gradient-descent-lecture"
WIDTH = 100


def gather(root: Path = Path()) -> Catalog:
    """A catalogue without translations of all that the chapters and the kit can say."""
    catalogue = Catalog(project=PROJECT, header_comment=HEADER, fuzzy=False)
    # Babel warns of each empty message: a beat in which nothing is said.
    with redirect_stderr(StringIO()):
        found = [*extract_from_dir(root / SCENES, [("**.py", "python")], keywords=CALLS)]
    for path, line, message, _, _ in found:
        if slots_of(str(message))[1]:
            catalogue.add(message, locations=[((SCENES / path).as_posix(), line)])
    for claim, line in _claims((root / OUTLINE).read_text(encoding="utf-8")):
        catalogue.add(claim, locations=[(OUTLINE.as_posix(), line)])
    return catalogue


def _claims(outline: str) -> Iterator[tuple[str, int]]:
    """What the chapters claim, which the last of them says again, and on which lines."""
    for node in ast.walk(ast.parse(outline)):
        match node:
            case ast.keyword(arg="claim", value=ast.Constant(value=str(claim), lineno=line)):
                yield claim, line


def update(language: str, gathered: Catalog) -> tuple[Path, int, int]:
    """Begin the catalogue of ``language``, or bring it up to date with what was ``gathered``.

    What was translated is kept: sentences that changed a little go on as fuzzy, others that nobody
    says any more at the end of the file, and come back from there. Returns the file, how many
    messages it has, and how many of them are translated.

    Raises:
        UserError: there is no such language, or its catalogue cannot be read.
    """
    locale, path = _locale(language), catalogue_path(language)
    if path.exists():
        catalogue = read(path)
        for key, message in [*catalogue.obsolete.items()]:
            if gathered.get(message.id) and message.string:
                catalogue[message.id] = catalogue.obsolete.pop(key)
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
    with atomic(path) as aside, aside.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_previous=True)


def read(path: Path) -> Catalog:
    """The catalogue at ``path``, each of whose translations can be filled in.

    Raises:
        UserError: it is not there, is no catalogue, or a translation has other slots.
    """
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except FileNotFoundError:
        language = path.stem
        raise UserError(
            f"{path}: there is no such catalogue; make sentences TO={language} begins one"
        ) from None
    except (PoFileError, ValueError, LookupError) as error:
        line = f", line {error.lineno + 1}" if isinstance(error, PoFileError) else ""
        raise UserError(f"{path}{line}: this is no catalogue ({error})") from None
    for message in catalogue:
        if message.id:
            _check(path, message)
    return catalogue


def slots_of(template: str) -> tuple[list[str], bool]:
    """The names of the slots in ``template``, in order, and whether there are words around them.

    Raises:
        ValueError: its braces do not match, or hold more than a name.
    """
    names, words = [], False
    for text, name, form, conversion in Formatter().parse(template):
        if name is not None and (not name.isidentifier() or form or conversion):
            raise ValueError(f"in braces stands a name, not {name!r}")
        names += [name] if name is not None else []
        words = words or any(character.isalpha() for character in text)
    return names, words


def _check(path: Path, message: Message) -> None:
    """Raise the UserError of a translation that does not have the slots of its message."""
    # A fuzzy one is another sentence's, to be looked at first.
    text, translation = str(message.id), "" if message.fuzzy else str(message.string or "")
    try:
        wanted, found = slots_of(text)[0], slots_of(translation or text)[0]
    except ValueError as error:
        wrong = f"cannot be filled in ({error})"
    else:
        if missing := [name for name in wanted if name not in found]:
            wrong = f"leaves out {{{missing[0]}}}"
        elif unknown := [name for name in found if name not in wanted]:
            wrong = f"has {{{unknown[0]}}}, which its sentence has not"
        else:
            return
    raise UserError(
        f"{path}, line {message.lineno}: the translation {wrong}: {translation!r} of {text!r}"
    )


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise UserError(
            f"TO={language} is no language; name one by its tag, such as TO=de or TO=pt-BR"
        ) from None
