"""Name every ingredient that a film's pixels depend on, with a digest of its contents.

Two mappings that are equal promise the same film; where they differ, they name what changed. The
chapter's own source counts as its storyboard does, beat by beat: see `pipeline.cache.keys`.
"""

import ast
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.cache.dependency_slice import read_storyboard
from pipeline.cache.imports import dependencies, home
from pipeline.cache.python_source import Import, remembered, short_digest
from pipeline.cache.storyboard import Storyboard
from pipeline.quality import Quality
from scenes.outline import Entry

CONFIGURATION, LOCK = Path("manim.cfg"), Path("requirements.lock")
FILM_MAKERS = (
    "manim",
    "typst",
    "av",
    "numpy",
    "scipy",
    "sympy",
    "contourpy",
    "pillow",
    "hibari-tts",
)
FILMING = "pipeline.film.filming"
JOINING = ("pipeline.film.assemble", "pipeline.film.captions")
METHOD = re.compile(rb"^[ \t]+(?:async )?def (\w+)", re.MULTILINE)


def segment_ingredients(
    entry: Entry, lesson: Path, quality: Quality, stock: bool = False, root: Path = Path()
) -> dict[str, str]:
    """Everything that makes each segment of ``entry`` what it is, but for the chapter's own source.

    Of the outline only the chapter's own entry counts: renaming one chapter leaves the others be.
    """
    return {
        **dependencies(root, FILMING, chapter=entry.module),
        str(CONFIGURATION): _digest(root / CONFIGURATION),
        str(LOCK): short_digest(repr(sorted(locked(root).items())).encode()),
        **{str(path): _digest(path) for path in lesson_files(lesson)},
        "the outline": repr(entry),
        "the quality": str(quality),
        "the theme": quality.theme,
        "the renderer": "stock" if stock else "fast",
    }


def joining_ingredients(root: Path = Path()) -> dict[str, str]:
    """Everything that makes a film out of its segments."""
    return dependencies(root, *JOINING)


def locked(root: Path = Path()) -> dict[str, str]:
    """The versions that the lock has of `FILM_MAKERS` and of all packages that these need."""
    path = root / LOCK
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    pins = re.findall(r"^([\w.-]+)==(\S+).*((?:\n .*)*)", text, re.MULTILINE)
    counted = {*FILM_MAKERS}
    while more := {
        name
        for name, _, needed_by in pins
        if name not in counted and counted.intersection(re.findall(r"# +(?:via )?(\S+)", needed_by))
    }:
        counted |= more
    return {name: version for name, version, _ in pins if name in counted}


def source_path(entry: Entry) -> Path:
    """Where the chapter's own source is, from the root."""
    return Path(*entry.module.split(".")).with_suffix(".py")


def storyboard_of(entry: Entry, root: Path = Path()) -> Storyboard:
    """The storyboard of ``entry`` as its source stands."""
    path = root / source_path(entry)
    source = path.read_bytes() if path.is_file() else b""
    above = _methods_above(root, source)
    key = short_digest(source + repr((entry.scene, sorted(above))).encode())
    return remembered(key, lambda: read_storyboard(source, entry.scene, above))


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the ingredients that changed, came or went."""
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def _methods_above(root: Path, source: bytes) -> frozenset[str]:
    """The names of all methods that a class of ``source`` may inherit, or more.

    They are those of every module that a base class is imported from, and of manim's scenes.
    """
    names: set[str] = set()
    key = short_digest(source + b" bases")
    for origin, name in remembered(key, lambda: _imported_bases(source)):
        path = home(root, origin, name)
        if path is None:
            names |= _methods_of_manim()
        else:
            above = (root / path).read_bytes()
            names |= _methods(above) | _methods_above(root, above)
    return frozenset(names)


def _imported_bases(source: bytes) -> list[Import]:
    """Whence the classes of ``source`` have those of their base classes that it imports."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    bases = {
        name.id
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        for name in ast.walk(base)
        if isinstance(name, ast.Name)
    }
    return [
        ((node.module or "") if isinstance(node, ast.ImportFrom) else "", alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
        if (alias.asname or alias.name).partition(".")[0] in bases
    ]


@cache
def _methods_of_manim() -> frozenset[str]:
    """The methods of manim's scenes; found without importing it, which takes a second."""
    package = find_spec("manim")
    places = package.submodule_search_locations if package is not None else None
    scenes = [path for place in places or () for path in Path(place, "scene").glob("*.py")]
    return frozenset(name for path in scenes for name in _methods(path.read_bytes()))


def _methods(source: bytes) -> frozenset[str]:
    return frozenset(name.decode() for name in METHOD.findall(source))


def lesson_files(lesson: Path) -> list[Path]:
    """The lesson and its points; only itself if it cannot be read, which is told elsewhere."""
    try:
        contents = tomllib.loads(lesson.read_text(encoding="utf-8"))
        return [lesson, lesson.parent / contents["data"]["file"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return [lesson]


def contents_of(path: Path) -> bytes | None:
    """What is in the file; None if there is none or it cannot be read, which is told elsewhere."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _digest(path: Path) -> str:
    contents = contents_of(path)
    return "missing" if contents is None else short_digest(contents)
