"""The sources of the project, read and never run: what a name is at the top of one."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path


@dataclass(frozen=True)
class Module:
    """A source file, by its place under the ``root`` of all packages."""

    root: Path
    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        """What it says; nothing if there is none, or if it does not parse."""
        path = self.root / self.path
        return _parsed(path.read_bytes() if path.is_file() else b"")

    def find(self, name: str) -> "tuple[Module, ast.AST] | None":
        """What ``name`` is at the top of this module, and the module in which that is said."""
        for node in self.tree.body:
            match node:
                case ast.FunctionDef(name=found) | ast.ClassDef(name=found) if found == name:
                    return self, node
                case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                    return self, value
                case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value):
                    if found == name:
                        return self, value
                case ast.ImportFrom(module=str(module), names=aliases, level=0):
                    for alias in aliases:
                        if (alias.asname or alias.name) == name:
                            return self._imported(module).find(alias.name)
        return None

    def _imported(self, name: str) -> "Module":
        path = Path(*name.split("."))
        package = path / "__init__.py"
        is_package = (self.root / package).is_file()
        return Module(self.root, package if is_package else path.with_suffix(".py"))


def classes_of(module: Module, name: str) -> tuple[tuple[Module, ast.ClassDef], ...]:
    """The class of that name and those of the project above it, nearest first."""
    match module.find(name):
        case (Module() as where, ast.ClassDef() as kind):
            bases = [base.id for base in kind.bases if isinstance(base, ast.Name)]
            return (where, kind), *(above for base in bases for above in classes_of(where, base))
    return ()


@cache
def _parsed(source: bytes) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:  # rendering will say so
        return ast.Module([], [])
