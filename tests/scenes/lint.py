"""Find numbers typed where a computed one belongs: in what is said and what is typeset.

A chapter's strings hold no numeral at all, whatever becomes of them; of the kit only what it
typesets is read, for it also holds colours and Typst code. An index or exponent is no number, nor
are the digits of a name: x_1, r^2, sum_(i=1)^n and ch07 may be typed.
"""

import ast
from collections.abc import Iterator

from scenes.kit.wording.written import numerals

TYPESETTERS = {"say", "message", "fill", "formula", "words", "maths", "Typst", "MathTypst"}
TYPESETTERS |= {"Scale", "Quantity"}
TRANSLATED = {"say", "message"}
WRITERS = {"fixed", "significant", "whole", "power_of_ten", "str"}


def typed_numbers(source: str, everywhere: bool = True) -> Iterator[str]:
    """Line and reason of every typed number; unless ``everywhere``, only in what is typeset."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    typeset = [node for node in ast.walk(tree) if called(node) in TYPESETTERS]
    for root in [tree] if everywhere else typeset:
        for node in ast.walk(root):
            if id(node) not in docstrings and (reason := fault(node)):
                yield f"line {getattr(node, 'lineno', 0)}: {reason}"


def fault(node: ast.AST) -> str:
    """What is wrong with one node of a syntax tree; empty if nothing is."""
    match node:
        case ast.Constant(value=str(text)) if typed := list(numerals(text)):
            return f"typed {', '.join(typed)} in {text!r}"
        case ast.FormattedValue(value=value) if is_typed(value):
            return f"typed {ast.unparse(value)} in an f-string"
        case ast.FormattedValue(format_spec=ast.JoinedStr() as form):
            return f"formatted by {ast.unparse(form)}, not by kit.text.numbers"
        case ast.Call(args=[ast.JoinedStr() | ast.BinOp(), *_]) if called(node) in TRANSLATED:
            return f"{called(node)} needs a literal template, to be translated: {ast.unparse(node)}"
        case ast.Call(args=[value, *_]) if called(node) in WRITERS and is_typed(value):
            return f"typed {ast.unparse(value)} for {called(node)}"
    return ""


def called(node: ast.AST) -> str:
    """The bare name of what is called; empty for anything but a call."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def is_typed(value: ast.expr) -> bool:
    """Whether an expression is made of nothing but numeric literals."""
    leaves = [node for node in ast.walk(value) if not isinstance(node, ast.operator | ast.unaryop)]
    inner = (ast.BinOp, ast.UnaryOp)
    constants = [node for node in leaves if not isinstance(node, inner)]
    return all(
        isinstance(node, ast.Constant) and isinstance(node.value, int | float) for node in constants
    )
