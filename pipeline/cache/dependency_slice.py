"""Slice a chapter's source, without running it, by what each of its beats can depend on.

`construct` is a list of statements. By the end of statement i no more of the file can have run than
statements 0 to i and the functions that these mention, directly or through others: by name, as an
attribute, or as a string. The digest of that is the reach of statement i. Sentences are left out of
it, because a sentence enters a film only through the length of its own beat; so are docstrings.

What may run without being mentioned counts from the start: decorated functions, and methods that a
base class has too. Source in which this reading could be wrong (reflection, a sentence that
assigns, `say` elsewhere than in a `with`) is not taken apart: any change of it changes every beat.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.cache.python_source import blank_docstrings
from pipeline.cache.storyboard import Position, Storyboard, digest

Function = ast.FunctionDef | ast.AsyncFunctionDef

SILENT_PROPERTIES = {"property", "cached_property", "staticmethod", "classmethod"}
REFLECTION = {"getattr", "globals", "locals", "vars", "dir", "eval", "exec"}
REFLECTION |= {"__dict__", "__doc__"}


def read_storyboard(source: bytes, scene: str, hooks: Collection[str] = ()) -> Storyboard:
    """Read the storyboard of the class ``scene``; ``hooks`` are names that its base classes have.

    Source that does not parse, or in which that class has no `construct` of its own, is one whole.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return Storyboard(digest(source))
    chapter = _named(tree.body, scene, ast.ClassDef)
    construct = _named(getattr(chapter, "body", ()), "construct", ast.FunctionDef)
    if not isinstance(chapter, ast.ClassDef) or not isinstance(construct, ast.FunctionDef):
        return Storyboard(digest(ast.dump(tree)))
    functions = [
        node
        for node in (*tree.body, *chapter.body)
        if isinstance(node, Function) and node is not construct
    ]
    if not _can_be_taken_apart(tree, (construct, *functions)):
        return Storyboard(digest(ast.dump(tree)))
    blank_docstrings(ast.walk(tree))
    return _take_apart(tree, chapter, construct, functions, frozenset(hooks))


def _take_apart(
    tree: ast.Module,
    chapter: ast.ClassDef,
    construct: ast.FunctionDef,
    functions: Sequence[Function],
    hooks: frozenset[str],
) -> Storyboard:
    rest: list[ast.AST] = [
        *(node for node in tree.body if node not in functions and node is not chapter),
        *(node for node in chapter.body if node not in functions and node is not construct),
        *chapter.bases,
        *chapter.keywords,
        *chapter.decorator_list,
        construct.args,
    ]
    mentions = {id(node): _mentioned(node) for node in (*functions, *rest, *construct.body)}
    sites, sentences = _mask_sentences(chapter, functions, construct)
    dumps = {id(node): ast.dump(node) for node in (*functions, *rest, *construct.body)}

    def reach(nodes: Sequence[ast.AST]) -> str:
        """All of ``nodes``, and of the functions they can lead to."""
        waiting, seen = list(nodes), {id(node): node for node in nodes}
        while waiting:
            names = mentions[id(waiting.pop())]
            for function in functions:
                if function.name in names and id(function) not in seen:
                    seen[id(function)] = function
                    waiting.append(function)
        return digest(*sorted(dumps[node] for node in seen))

    unasked = [function for function in functions if _runs_unasked(function, hooks)]
    beginning: list[ast.AST] = [*rest, *unasked]
    order = [dumps[id(node)] for node in construct.body]
    return Storyboard(
        frame=digest(*(dumps[id(node)] for node in rest), reach(beginning)),
        reaches=tuple(
            digest(order[: number + 1], reach([*beginning, *construct.body[: number + 1]]))
            for number in range(len(construct.body))
        ),
        sentences=sentences,
        functions={
            **{function.name: digest(dumps[id(function)]) for function in functions},
            construct.name: digest(order),
        },
        statements=tuple((node.lineno, node.end_lineno or 0) for node in construct.body),
        sites=tuple(sites),
    )


def _mask_sentences(
    chapter: ast.ClassDef, functions: Iterable[Function], construct: Function
) -> tuple[list[tuple[Position, str]], dict[str, str]]:
    """Take every sentence out of the tree; where each was, by what name, and its digest."""
    sites, sentences = [], {}
    for function in (construct, *functions):
        owner = f"{chapter.name}." if function in chapter.body else ""
        for number, call in enumerate(says(function)):
            site = f"{owner}{function.name}#{number}"
            sites.append(((call.lineno, call.col_offset), site))
            sentences[site] = digest(*map(ast.dump, (*call.args, *call.keywords)))
            call.args, call.keywords = [], []
    return sorted(sites), sentences


def _can_be_taken_apart(tree: ast.Module, functions: Iterable[Function]) -> bool:
    """Whether every `say` stands alone in its `with`, and nothing reaches for names unspelled."""
    calls = [*says(tree)]
    inside = {id(call) for function in functions for call in says(function)}
    alone = [
        item.context_expr
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        and sum(1 for item in node.items for _ in says(item.context_expr)) == 1
        for item in node.items
    ]
    return (
        all(
            call in alone
            and id(call) in inside
            and len(call.args) == 1
            and not isinstance(call.args[0], ast.Starred)
            for call in calls
        )
        and not any(
            isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom)
            for call in calls
            for node in ast.walk(call)
        )
        and not _mentioned(tree) & (REFLECTION | {"construct"})
    )


def says(node: ast.AST) -> Iterator[ast.Call]:
    """The calls of `self.say` in ``node``, in the order of the text."""
    calls = (
        call
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "say"
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "self"
    )
    yield from sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _runs_unasked(function: Function, hooks: frozenset[str]) -> bool:
    """Whether ``function`` may run although nothing in the chapter mentions it."""
    plain = all(
        isinstance(decorator, ast.Name) and decorator.id in SILENT_PROPERTIES
        for decorator in function.decorator_list
    )
    return not plain or function.name in hooks or function.name.startswith("__")


def _mentioned(node: ast.AST) -> frozenset[str]:
    """Every word in ``node`` that may be the name of a function."""
    return frozenset(
        name
        for child in ast.walk(node)
        for name in (
            (child.id,) if isinstance(child, ast.Name)
            else (child.attr,) if isinstance(child, ast.Attribute)
            else (child.value,) if isinstance(child, ast.Constant) and isinstance(child.value, str)
            else (child.name.rpartition(".")[2],) if isinstance(child, ast.alias)
            else ()
        )
    )  # fmt: skip


def _named(nodes: Iterable[ast.AST], name: str, kind: type[ast.AST]) -> ast.AST | None:
    """The one definition of that kind and name; None if there is none, or several."""
    found = [node for node in nodes if isinstance(node, kind) and vars(node).get("name") == name]
    return found[0] if len(found) == 1 else None
