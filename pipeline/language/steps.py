"""What the steps of a derivation are called: chapters say it, gdmath names it, rule by rule."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.language.scope import Found, Scope
from pipeline.language.source import Module

DERIVATION = Path("gdmath", "derivation")
RULE = "Rule"
"""The class of rules, which are made with their names first."""
CLOSING = "closing"
"""What comes after all rules: pairs, the name first."""


def names_of_steps(root: Path) -> Iterator[Found]:
    """The expressions that name rules in `gdmath.derivation`, where they stand."""
    for path in sorted((root / DERIVATION).glob("*.py")):
        module = Module(root, path.relative_to(root))
        nodes = [*ast.walk(module.tree)]
        scope = Scope(module, given=dict(_gone_through(nodes, Scope(module))))
        for node in nodes:
            match node:
                case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name == RULE:
                    if not isinstance(first, ast.Attribute):  # a rule made of another has its name
                        yield first, scope
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    if name == CLOSING:
                        _, *pairs = (
                            node for node in ast.walk(value) if isinstance(node, ast.Tuple)
                        )
                        yield from ((pair.elts[0], scope) for pair in pairs)


def _gone_through(nodes: Iterable[ast.AST], scope: Scope) -> Iterator[tuple[str, Found]]:
    """The names that stand for any value of a mapping, whose items a comprehension goes through."""
    for node in nodes:
        match node:
            case ast.comprehension(
                target=ast.Tuple(elts=[_, ast.Name(id=name)]),
                iter=ast.Call(func=ast.Attribute(value=mapping, attr="items")),
            ):
                yield name, (ast.Subscript(mapping, ast.Name("any")), scope)
