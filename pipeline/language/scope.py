"""Where a name in the source leads: what an expression stands for, found without running it."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.language.source import Module
from pipeline.reading import Function

PROPERTIES = {"property", "cached_property"}
DEEPEST = 12
"""Of names that lead to names; what refers to itself ends there."""


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, the classes that `self` is of, its function.

    ``given`` are the arguments that the function was called with, each with its own scope;
    ``depth`` is how many names have led here.
    """

    module: Module
    classes: tuple[tuple[Module, ast.ClassDef], ...] = ()
    function: Function | None = None
    given: Mapping[str, "Found"] = field(default_factory=dict)
    depth: int = 0

    @property
    def deeper(self) -> "Scope":
        """The same, one name further."""
        return replace(self, depth=self.depth + 1)

    def sources(self, node: ast.AST) -> "list[Found]":
        """The expressions, with their scopes, of which ``node`` has the value of one.

        None are known of what is computed, or comes from outside of the project.
        """
        match node:
            case _ if self.depth > DEEPEST:
                return []
            case ast.Name(id=name):
                return self._of_name(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return self._of_attribute(name)
            case ast.Subscript(value=value, slice=ast.Constant(value=int(index))):
                return self._items(value, index)
            case ast.Subscript(value=value):
                return self._items(value)
            case ast.Call(func=ast.Name(id=name)):
                found = self.module.find(name)
                if found is not None and isinstance(found[1], ast.FunctionDef):
                    return self._returned(Scope(found[0], (), found[1], depth=self.depth), node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                if (method := self._method(name)) is not None:
                    return self._returned(method, node)
        return []

    def _of_name(self, name: str) -> "list[Found]":
        if name in self.given:
            return [self.given[name]]
        if (local := self._assigned(ast.Name(name))) or name in self._parameters:
            return local
        match self.module.find(name):
            case (Module() as module, ast.expr() as value):
                return [(value, Scope(module, depth=self.depth))]
        return []

    def _of_attribute(self, name: str) -> "list[Found]":
        method = self._method(name)
        if method is not None and method.function is not None:
            decorators = {
                node.id for node in method.function.decorator_list if isinstance(node, ast.Name)
            }
            return method._returns() if decorators & PROPERTIES else []
        wanted = ast.Attribute(ast.Name("self"), name)
        return [found for scope in self._methods() for found in scope._assigned(wanted)]

    def _method(self, name: str) -> "Scope | None":
        methods = self._methods()
        return next((m for m in methods if m.function and m.function.name == name), None)

    def _methods(self) -> "Iterator[Scope]":
        for module, kind in self.classes:
            for node in kind.body:
                if isinstance(node, Function):
                    yield Scope(module, self.classes, node, depth=self.depth)

    @property
    def _parameters(self) -> list[str]:
        """The names of the function's arguments, but for `self`."""
        names = [argument.arg for argument in self.function.args.args] if self.function else []
        return names[1:] if self.classes else names

    def _assigned(self, wanted: ast.expr) -> "list[Found]":
        """What this function assigns to ``wanted``, `UNKNOWN` where that cannot be told."""
        found: list[Found] = []
        for node in ast.walk(self.function or ast.Module([], [])):
            match node:
                case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                    starred = any(isinstance(target, ast.Starred) for target in targets)
                    for index, target in enumerate(targets):
                        if _same(target, wanted):
                            found += self._items(UNKNOWN if starred else value, index)
                case ast.Assign(targets=targets, value=value):
                    found += [(value, self) for target in targets if _same(target, wanted)]
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    found += [(value, self)] if _same(target, wanted) else []
                case ast.For(target=target) | ast.AugAssign(target=target):
                    if any(_same(part, wanted) for part in ast.walk(target)):
                        found.append((UNKNOWN, self))
        return found

    def _items(self, node: ast.AST, index: int | None = None) -> "list[Found]":
        """What stands at ``index`` of a sequence, or anywhere in it or in a mapping."""
        match node:
            case ast.Tuple(elts=items) | ast.List(elts=items):
                chosen = items if index is None else items[index : index + 1]
                return [(item, self) for item in chosen]
            case ast.Dict(values=items):
                return [(item, self) for item in items]
            case ast.IfExp(body=body, orelse=other):
                return [*self._items(body, index), *self._items(other, index)]
        sources = self.sources(node)
        found = [each for value, there in sources for each in there.deeper._items(value, index)]
        return found or [(UNKNOWN, self)]

    def _returned(self, called: "Scope", call: ast.Call) -> "list[Found]":
        """What ``called`` returns if it is called like that."""
        parameters = called._parameters
        starred = [isinstance(argument, ast.Starred) for argument in call.args]
        known = starred.index(True) if any(starred) else len(starred)
        given: dict[str, Found] = {
            name: (argument, self)
            for name, argument in zip(parameters, call.args[:known], strict=False)
        }
        if any(starred):
            # What comes after it belongs to the last parameters.
            after = call.args[len(starred) - starred[::-1].index(True) :]
            last = parameters[len(parameters) - len(after) :]
            given |= {name: (argument, self) for name, argument in zip(last, after, strict=True)}
        given |= {word.arg: (word.value, self) for word in call.keywords if word.arg}
        return replace(called, given=given)._returns()

    def _returns(self) -> "list[Found]":
        return [
            (node.value, self)
            for node in ast.walk(self.function or ast.Module([], []))
            if isinstance(node, ast.Return) and node.value is not None
        ]


Found = tuple[ast.expr, Scope]
UNKNOWN = ast.Constant(None)
"""Stands for an expression that may be anything."""


def _same(one: ast.AST, other: ast.AST) -> bool:
    match one, other:
        case ast.Name(id=name), ast.Name(id=wanted):
            return name == wanted
        case ast.Attribute(value=ast.Name(id="self"), attr=name), ast.Attribute(attr=wanted):
            return name == wanted
    return False
