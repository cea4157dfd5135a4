"""Pack all the sources that filming needs, for a machine that has none of them."""

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.cache.fingerprint import CONFIGURATION, LOCK, PICTURE_MAKERS, lesson_files, locked
from pipeline.language import catalogue_path, language_of

PACKAGES = ("gdmath", "scenes", "fastcairo", "pipeline")


@dataclass(frozen=True)
class Sources:
    """Zipped ``contents``, the same bytes for the same sources.

    In them ``root`` is the project's folder, and from there the lesson is at ``lesson``.
    """

    contents: bytes
    root: str
    lesson: Path


def pack(lesson: Path) -> Sources:
    """Pack the project in the working directory, its catalogue, and the lesson with its points.

    Those may lie outside of it: then the folder that holds both is the top of what is packed.
    """
    here = Path.cwd()
    catalogue = catalogue_path(language_of(lesson))
    files = {here / path: here / path for path in (CONFIGURATION, LOCK, catalogue)}
    for package in PACKAGES:
        # A lecture may borrow the pipeline from another project.
        folder = Path(*pipeline.__path__) if package == pipeline.__name__ else here / package
        files |= {here / package / path.relative_to(folder): path for path in _files(folder)}
    files |= {path: path for path in map(_absolute, lesson_files(lesson))}
    top = os.path.commonpath([here, *files])
    contents = io.BytesIO()
    with zipfile.ZipFile(contents, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            if path.is_file():
                # Without a date, which would make other bytes of the same sources.
                entry = zipfile.ZipInfo(str(name.relative_to(top)))
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    place = Path(os.path.relpath(_absolute(lesson), here))
    return Sources(contents.getvalue(), str(here.relative_to(top)), place)


def picture_makers() -> dict[str, str]:
    """The versions that the lock has of the packages that pictures come from."""
    return {name: version for name, version in locked().items() if name in PICTURE_MAKERS}


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute leaves .. where it is)


def _files(folder: Path) -> list[Path]:
    paths = folder.rglob("*")
    return [path for path in paths if path.is_file() and path.parent.name != "__pycache__"]
