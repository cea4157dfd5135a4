"""What a film's pixels depend on: every ingredient by name, with a digest of its contents.

Two mappings that are equal promise the same film; where they differ, they name what changed. The
chapter's own source counts as its storyboard does, beat by beat: see `pipeline.cache.keys`.
"""

import ast
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.cache.dependency_slice import read_storyboard
from pipeline.cache.storyboard import Storyboard
from pipeline.quality import Quality
from scenes.outline import Entry

OUTLINE = Path("scenes/outline.py")
EVERYWHERE = (Path("manim.cfg"), Path("requirements.lock"))
FILMING = ("pipeline.film.filming",)
JOINING = ("pipeline.film.assemble", "pipeline.film.captions")
METHOD = re.compile(rb"^[ \t]+(?:async )?def (\w+)", re.MULTILINE)


def segment_ingredients(
    entry: Entry, lesson: Path, quality: Quality, stock: bool = False, root: Path = Path()
) -> dict[str, str]:
    """Everything that makes each segment of ``entry`` what it is, but for the chapter's own source.

    Of the outline only the chapter's own entry counts: renaming one chapter leaves the others be.
    """
    modules = (entry.module, *FILMING)
    sources = {path for module in modules for path in reached(root, module)}
    files = sources - {source_path(entry)} | {*EVERYWHERE}
    return {
        **{str(path): _digest(root / path) for path in sorted(files)},
        **{str(path): _digest(path) for path in lesson_files(lesson)},
        "the outline": repr(entry),
        "the quality": str(quality),
        "the renderer": "stock" if stock else "fast",
    }


def joining_ingredients(root: Path = Path()) -> dict[str, str]:
    """Everything that makes a film out of its segments."""
    paths = {path for module in JOINING for path in reached(root, module)}
    return {str(path): _digest(root / path) for path in sorted(paths)}


def source_path(entry: Entry) -> Path:
    """Where the chapter's own source is, from the root."""
    return Path(*entry.module.split(".")).with_suffix(".py")


def storyboard_of(entry: Entry, root: Path = Path()) -> Storyboard:
    """The storyboard of ``entry`` as its source stands."""
    path = root / source_path(entry)
    source = path.read_bytes() if path.is_file() else b""
    return read_storyboard(source, entry.scene, _methods_above(root, source))


def lecture_ingredients(
    chapters: Mapping[str, Mapping[str, str]], root: Path = Path()
) -> dict[str, str]:
    """Everything that makes the lecture what it is: its chapters' ingredients, and the joining."""
    return {
        **{
            str(path): _digest(root / path)
            for path in sorted(reached(root, "pipeline.film.lecture"))
        },
        **{
            slug: _hash(repr(sorted(made_of.items())).encode())
            for slug, made_of in chapters.items()
        },
    }


def difference(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the ingredients that changed, came or went."""
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def reached(root: Path, module: str) -> set[Path]:
    """The source files that importing ``module`` may run, relative to ``root``, its own included.

    Imports anywhere in a file count, and so do strings that spell a module's name (lazy imports).
    The outline is left out: it spells every chapter's name and runs none of them.
    """
    found: set[Path] = set()
    waiting = list(_files(root, module))
    while waiting:
        path = waiting.pop()
        if path not in found and path != OUTLINE:
            found.add(path)
            waiting.extend(_imported(root, path))
    return found


@cache
def _methods_above(root: Path, source: bytes) -> frozenset[str]:
    """The names of all methods that a class of ``source`` may inherit, or more.

    They are those of every module that a base class is imported from, and of manim's scenes.
    """
    names: set[str] = set()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return frozenset()
    bases = {
        name.id
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        for name in ast.walk(base)
        if isinstance(name, ast.Name)
    }
    for node in tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            known = {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
            if known & bases:
                origin = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
                path = root / Path(*origin.split(".")).with_suffix(".py")
                if origin and path.is_file():
                    above = path.read_bytes()
                    names |= _methods(above) | _methods_above(root, above)
                else:
                    names |= _methods_of_manim()
    return frozenset(names)


@cache
def _methods_of_manim() -> frozenset[str]:
    """The methods of manim's scenes; found without importing it, which takes a second."""
    package = find_spec("manim")
    places = package.submodule_search_locations if package is not None else None
    scenes = [path for place in places or () for path in Path(place, "scene").glob("*.py")]
    return frozenset(name for path in scenes for name in _methods(path.read_bytes()))


def _methods(source: bytes) -> frozenset[str]:
    return frozenset(name.decode() for name in METHOD.findall(source))


def look_again() -> None:
    """Forget which files there are, and what is in them: both may be others by now."""
    for kept in (_files, _imported, _methods_above):
        kept.cache_clear()


@cache
def _imported(root: Path, path: Path) -> frozenset[Path]:
    """The source files that the one at ``path`` may import by itself."""
    names = _mentioned((root / path).read_bytes(), path.parent.parts)
    return frozenset(file for name in names for file in _files(root, name))


@cache
def _files(root: Path, name: str) -> tuple[Path, ...]:
    return tuple(_run_by(root, name))


def _run_by(root: Path, name: str) -> Iterator[Path]:
    """What importing ``name`` runs: the packages above it, then the module; nothing if foreign."""
    folder = Path()
    for part in name.split("."):
        folder /= part
        for path in (folder.with_suffix(".py"), folder / "__init__.py"):
            if (root / path).is_file():
                yield path
        if not (root / folder).is_dir():
            return


@cache
def _mentioned(source: bytes, package: tuple[str, ...]) -> frozenset[str]:
    try:
        nodes: Iterable[ast.AST] = ast.walk(ast.parse(source))
    except SyntaxError:  # rendering will say so, better than hashing could
        return frozenset()
    return frozenset(name for node in nodes for name in _names(node, package))


def _names(node: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """The dotted names that ``node``, standing in a module of ``package``, may import."""
    match node:
        case ast.Import(names=aliases):
            yield from (alias.name for alias in aliases)
        case ast.ImportFrom(module=module, names=aliases, level=level):
            base = package[: len(package) + 1 - level] if level else ()
            origin = ".".join([*base, *([module] if module else [])])
            yield from (f"{origin}.{alias.name}" for alias in aliases)
        case ast.Constant(value=str(text)) if text.replace(".", "_").isidentifier():
            yield ".".join(package) + text if text.startswith(".") else text


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
    return "missing" if contents is None else _hash(contents)


def _hash(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()[:16]
