"""What the steps of a derivation are called: chapters say it, gdmath names it, rule by rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

from pipeline.language.source import Found, Module, Scope

DERIVATION = Path("gdmath", "derivation")
RULE = "Rule"
CLOSING = "closing"
"""The class of rules, which have their names first; and those that come after them, in pairs."""


def names_of_steps(root: Path) -> Iterator[Found]:
    """The expressions that name rules in `gdmath.derivation`, where they stand."""
    for path in sorted((root / DERIVATION).glob("*.py")):
        module = Module(root, path.relative_to(root))
        for node in ast.walk(module.tree):
            match node:
                case ast.GeneratorExp(elt=rule, generators=[ast.comprehension(iter=kinds)]):
                    scope = Scope(module, given={"name": (_values(kinds), Scope(module))})
                    yield from _named(rule, scope)
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    if name == CLOSING:
                        pairs = [pair for pair in ast.walk(value) if isinstance(pair, ast.Tuple)]
                        yield from ((pair.elts[0], Scope(module)) for pair in pairs[1:])
                case _:
                    yield from _named(node, Scope(module))


def _named(node: ast.AST, scope: Scope) -> Iterator[Found]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name == RULE:
            if not isinstance(first, ast.Attribute):  # a rule made of another has its name
                yield first, scope


def _values(kinds: ast.expr) -> ast.expr:
    """What gives any of the values of a mapping that is gone through by its items."""
    match kinds:
        case ast.Call(func=ast.Attribute(value=mapping, attr="items")):
            return ast.Subscript(mapping, ast.Name("any"))
    return kinds
