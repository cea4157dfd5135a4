"""Pack all the sources that filming needs, for a machine that has none of them."""

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.cache.fingerprint import CONFIGURATION, FILM_MAKERS, LOCK, lesson_files, locked
from pipeline.language import catalogue_path, language_of
from pipeline.voice.chosen import BUILT_IN, is_folder

BORROWED = ("fastcairo", "pipeline")
PACKAGES = ("gdmath", "scenes", *BORROWED)


@dataclass(frozen=True)
class Sources:
    """Zipped ``contents``, the same bytes for the same sources.

    In them ``root`` is the project's folder, and from there the lesson is at ``lesson`` and the
    lecturer's takes, if there are any, at ``voice``.
    """

    contents: bytes
    root: str
    lesson: Path
    voice: str


def pack(lesson: Path, voice: str = BUILT_IN) -> Sources:
    """Pack the project in the working directory, its catalogue, the lesson, its points and takes.

    Those may lie outside of it: then the folder that holds all is the top of what is packed.
    """
    here = Path.cwd()
    catalogue = catalogue_path(language_of(lesson))
    files = {here / path: here / path for path in (CONFIGURATION, LOCK, catalogue)}
    for package in PACKAGES:
        # A lecture may borrow the pipeline and its camera from another project.
        folder = (Path(*pipeline.__path__).parent if package in BORROWED else here) / package
        files |= {here / package / path.relative_to(folder): path for path in _files(folder)}
    files |= {path: path for path in map(_absolute, lesson_files(lesson))}
    if is_folder(voice):
        files |= {path: path for path in _files(_absolute(Path(voice)))}
    top = os.path.commonpath([here, *files])
    contents = io.BytesIO()
    with zipfile.ZipFile(contents, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            if path.is_file():
                # Without a date, which would make other bytes of the same sources.
                entry = zipfile.ZipInfo(str(name.relative_to(top)))
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    place = Path(os.path.relpath(_absolute(lesson), here))
    takes = os.path.relpath(_absolute(Path(voice)), here) if is_folder(voice) else voice
    return Sources(contents.getvalue(), str(here.relative_to(top)), place, takes)


def picture_makers() -> dict[str, str]:
    """The versions that the lock has of the packages that pictures come from."""
    return {name: version for name, version in locked().items() if name in FILM_MAKERS}


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute leaves .. where it is)


def _files(folder: Path) -> list[Path]:
    paths = folder.rglob("*")
    return [path for path in paths if path.is_file() and path.parent.name != "__pycache__"]
