"""Follow imports: which sources of the project a module runs, and which of them it depends on.

A chapter that imports one name from a package depends on the module where that name is defined,
not on all that the package's `__init__` imports. What is run on the way without being asked for
counts if it does more than define names.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.cache.python_source import ALL, LAZY, SELF, Import, Source, read_source, short_digest

OUTLINE = Path("scenes/outline.py")
"""The source that is never followed: it spells every chapter's name and runs none of them."""

NOTHING = ""
"""Stands for no name: a module is run, and nothing is taken from it."""


@dataclass
class _Closure:
    """What importing runs: ``taken`` are the names that are used of each source that counts."""

    root: Path
    run: dict[Path, Source] = field(default_factory=dict)
    taken: dict[Path, set[str]] = field(default_factory=dict)
    seen: set[Import] = field(default_factory=set)

    def follow(self, *modules: str) -> "_Closure":
        """What importing ``modules`` as a whole runs beside what is run already; a new one."""
        taken = {path: {*names} for path, names in self.taken.items()}
        more = _Closure(self.root, {**self.run}, taken, {*self.seen})
        waiting: list[Import] = [(module, ALL) for module in modules]
        while waiting:
            wanted = waiting.pop()
            if wanted not in more.seen:
                more.seen.add(wanted)
                for path, name in _taken_by(self.root, *wanted):
                    waiting.extend(more._take(path, name))
            if not waiting:
                waiting = [module for module in more._attributes() if module not in more.seen]
        return more

    def _take(self, path: Path, name: str) -> Iterator[Import]:
        """Take ``name`` of the source at ``path``; tell what that imports in turn."""
        new = path not in self.run
        if new:
            self.run[path] = read_source((self.root / path).read_bytes(), path.parent.parts)
        source, taken = self.run[path], self.taken.setdefault(path, set())
        if not name and not _only_defines(self.root, source):
            name = LAZY
        if name and name not in taken:
            first = not taken
            taken.add(name)
            if source.exports is not None and name not in {ALL, LAZY}:
                yield from [source.exports[name]] if name in source.exports else ()
            elif first or source.exports is not None:
                yield from source.imports
        if new:
            yield from ((module, NOTHING) for module, _ in source.imports)

    def _attributes(self) -> Iterator[Import]:
        """The modules that are attributes of a package which is taken as a whole."""
        for path in self.run:
            above = [folder / "__init__.py" for folder in path.parents]
            if any(ALL in self.taken.get(package, ()) for package in above):
                yield ".".join(path.with_suffix("").parts).removesuffix(".__init__"), ALL

    def digest(self, path: Path) -> str:
        """The digest of what counts of a source: of a facade, where the names come from."""
        source = self.run[path]
        if source.exports is None or self.taken[path] & {ALL, LAZY}:
            return source.digest
        used = [(name, source.exports.get(name)) for name in sorted(self.taken[path])]
        return short_digest(repr(used).encode())


def reached(root: Path, module: str) -> set[Path]:
    """The source files that importing ``module`` may run, relative to ``root``, its own included.

    Imports anywhere in a file count, and so do strings that spell a module's name (lazy imports).
    """
    return {*_Closure(root).follow(module).run}


def dependencies(root: Path, *modules: str, chapter: str | None = None) -> dict[str, str]:
    """The sources that ``modules`` depend on, with digests, as they were at the last `look_again`.

    A ``chapter`` is a module more whose own source is left out. If any of what is run sees
    docstrings or other people's classes, all of it counts as it stands.
    """
    closure = _closure(root, modules)
    apart = None
    if chapter is not None:
        closure = closure.follow(chapter)
        apart = Path(*chapter.split(".")).with_suffix(".py")
    if any(source.reflects for source in closure.run.values()):
        return {str(path): source.exact for path, source in sorted(closure.run.items())}
    counted = sorted(path for path in closure.run if closure.taken[path] and path != apart)
    return {str(path): closure.digest(path) for path in counted}


def home(root: Path, module: str, name: str) -> Path | None:
    """The source in which ``name`` is defined that ``module`` has; None if it is not ours."""
    for path, taken in _taken_by(root, module, name):
        if taken == name:
            exports = read_source((root / path).read_bytes(), path.parent.parts).exports or {}
            return home(root, *exports[name]) if name in exports else path
    return None


def look_again() -> None:
    """Forget which sources there are, and what they say."""
    _taken_by.cache_clear()
    _closure.cache_clear()


def _only_defines(root: Path, source: Source) -> bool:
    """Whether importing it changes nothing but itself: it calls none of the project's functions."""
    return SELF not in source.calls and not any(_taken_by(root, m, ALL) for m in source.calls)


@cache
def _closure(root: Path, modules: tuple[str, ...]) -> _Closure:
    """What importing ``modules`` runs; all chapters have most of it in common."""
    return _Closure(root).follow(*modules)


@cache
def _taken_by(root: Path, module: str, name: str) -> tuple[tuple[Path, str], ...]:
    """The sources that ``from module import name`` runs, each with what is taken of it."""
    folder = Path(*module.split("."))
    packages = [*reversed(folder.parents)][1:]
    found = [(path, NOTHING) for package in packages for path in _files(root, package)]
    found += [(path, name) for path in _files(root, folder)]
    if name not in {NOTHING, ALL, LAZY}:
        found += [(path, ALL) for path in _files(root, folder / name)]
    return tuple(found)


def _files(root: Path, module: Path) -> Iterator[Path]:
    # As texts: a plan asks this some thousand times, and paths take four times as long.
    for name in (f"{module}.py", f"{module}/__init__.py"):
        if os.path.isfile(f"{root}/{name}") and (path := Path(name)) != OUTLINE:  # noqa: PTH113
            yield path
