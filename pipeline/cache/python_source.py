"""Read one Python source: what it imports, and a digest that no comment or docstring changes."""

import ast
import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pipeline.atomic import atomic

ALL = "*"
"""Stands for every name of a module, and for the modules of a package."""

LAZY = "?"
"""Stands for every name of a module that a string spells, which may be imported by that."""

SELF = "the module itself"
"""Stands for a module among those that it calls."""

MOST = 2000
"""Number of readings of sources that are remembered, the latest ones."""

Read = TypeVar("Read")

Import = tuple[str, str]
"""A module by its dotted name, and the name that is taken from it, `ALL` or `LAZY`."""

REFLECTION = {"__doc__", "getdoc", "getsource", "__subclasses__", "__init_subclass__"}
"""Names that code uses to see docstrings, or classes that nobody handed to it."""


@dataclass(frozen=True)
class Source:
    """What a source says, by digests of its bytes and of its syntax, and whom it imports.

    ``exports`` tells where the names of a facade come from, which only imports them for others; it
    is None for any other source. ``calls`` are the modules whose functions are called while this
    one is imported, and `SELF` if it does more than define names; ``reflects`` tells whether it
    uses `REFLECTION`.
    """

    exact: str
    digest: str
    imports: frozenset[Import] = frozenset()
    exports: Mapping[str, Import] | None = None
    calls: frozenset[str] = frozenset()
    reflects: bool = False


_new: set[str] = set()


def read_source(contents: bytes, package: tuple[str, ...]) -> Source:
    """Read the source of a module of ``package``; one that does not parse imports nothing.

    What was read once is remembered by `remember_sources`.
    """
    key = short_digest(contents + repr(package).encode())
    return remembered(key, lambda: _read(contents, package))


def remembered(key: str, read: Callable[[], Read]) -> Read:
    """What was ``read`` of something whose digest is ``key``, now or by an earlier run."""
    known = _remembered()
    if key not in known:
        known[key] = read()
        _new.add(key)
    found: Read = known[key]
    return found


def remember_sources() -> None:
    """Keep what was read for the next run, which then has not to parse it."""
    if not _new:
        return
    latest = dict([*_remembered().items()][-MOST:])
    with suppress(OSError), atomic(_memory()) as aside:
        aside.write_bytes(pickle.dumps(latest))
        _new.clear()


def _memory() -> Path:
    """Where it is kept what this version of these modules reads."""
    readers = sorted(Path(__file__).parent.glob("*.py"))
    version = short_digest(b"".join(path.read_bytes() for path in readers))
    return Path("build") / "sources" / f"{version}.pickle"


@cache
def _remembered() -> dict[str, Any]:
    """What was read of sources, also by an earlier run."""
    with suppress(Exception):
        known: dict[str, Any] = pickle.loads(_memory().read_bytes())
        return known
    return {}


def _read(contents: bytes, package: tuple[str, ...]) -> Source:
    exact = short_digest(contents)
    try:
        tree = ast.parse(contents)
    except SyntaxError:  # rendering will say so, better than hashing could
        return Source(exact, exact)
    nodes = [*ast.walk(tree)]
    words = {node.id for node in nodes if isinstance(node, ast.Name)}
    words |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    words |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.alias)}
    blank_docstrings(nodes)
    return Source(
        exact=exact,
        digest=short_digest(ast.dump(tree).encode()),
        imports=frozenset(found for node in nodes for found in _imports(node, package)),
        exports=_exports(tree, package),
        calls=frozenset(_calls(tree, package)),
        reflects=bool(words & REFLECTION),
    )


def blank_docstrings(nodes: Iterable[ast.AST]) -> None:
    """Empty the docstrings of those of ``nodes`` that have one."""
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str()) as text), *_]:
                    text.value = ""


def short_digest(contents: bytes) -> str:
    """A digest of ``contents`` short enough for a record of a hundred of them."""
    return hashlib.sha256(contents).hexdigest()[:16]


def _imports(node: ast.AST, package: tuple[str, ...]) -> Iterator[Import]:
    """What ``node`` may import, be it later; a string that spells a module's name may, too."""
    match node:
        case ast.Import(names=aliases):
            for alias in aliases:
                parts = alias.name.split(".")
                yield from ((".".join(parts[: end + 1]), ALL) for end in range(len(parts)))
        case ast.ImportFrom(names=aliases):
            yield from ((_origin(node, package), alias.name) for alias in aliases)
        case ast.Constant(value=str(text)) if all(
            part.isidentifier() for part in text.removeprefix(".").split(".")
        ):
            yield ".".join(package) + text if text.startswith(".") else text, LAZY


def _origin(node: ast.ImportFrom, package: tuple[str, ...]) -> str:
    """The module that ``node``, in a module of ``package``, imports names from."""
    base = package[: len(package) + 1 - node.level] if node.level else ()
    return ".".join([*base, *([node.module] if node.module else [])])


def _exports(tree: ast.Module, package: tuple[str, ...]) -> dict[str, Import] | None:
    """Where the names come from if there is nothing but imports of names, and `__all__`."""
    found: dict[str, Import] = {}
    for node in tree.body:
        match node:
            case ast.ImportFrom(names=aliases) if all(alias.name != ALL for alias in aliases):
                origin = _origin(node, package)
                found |= {alias.asname or alias.name: (origin, alias.name) for alias in aliases}
            case ast.Expr(value=ast.Constant()) | ast.Assign(targets=[ast.Name(id="__all__")]):
                pass
            case _:
                return None
    return found


def _calls(tree: ast.Module, package: tuple[str, ...]) -> Iterator[str]:
    """The modules whose functions may be called by importing this one; see `Source.calls`."""
    origins = {}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                origin = alias.name if isinstance(node, ast.Import) else _origin(node, package)
                origins[(alias.asname or alias.name).partition(".")[0]] = origin
    nodes = [*_run_by_import(tree)]
    for part in nodes:
        match part:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                origins[name] = SELF
            case ast.Name(id=name, ctx=ast.Store()):
                origins[name] = SELF
    for part in nodes:
        called: list[ast.expr] = []
        match part:
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr() | ast.AugAssign() | ast.Delete():
                yield SELF
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield SELF
            case ast.Call(func=function):
                called = [function]
            case (
                ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators)
            ):
                called = decorators
        for function in called:
            root: ast.AST = function
            while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and root.id in origins:
                yield origins[root.id]


def _run_by_import(node: ast.AST) -> Iterator[ast.AST]:
    """All of ``node`` but what stands in functions, which importing them only defines."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts: list[ast.AST] = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        parts = [node.args]
    else:
        parts = [*ast.iter_child_nodes(node)]
    for part in parts:
        yield from _run_by_import(part)
