"""What a text can read, as templates: found from the expression that makes it, never by running it.

What can be told from the source is spelled out: literal text, choices between texts, and what
functions of the project return. Anything else, such as a number, is a slot for any text.
"""

import ast
import re
from collections.abc import Iterable

from pipeline.language.scope import Scope
from pipeline.language.steps import names_of_steps
from pipeline.language.template import Slot, Template, joined

STEP = "rule"
"""What a step of a derivation calls its name."""


def spelled(node: ast.expr, scope: Scope) -> tuple[Template, ...]:
    """All that ``node`` can be in ``scope``, each once."""
    match node:
        case ast.Constant(value=str(text)):
            return (Template((text,) if text else ()),)
        case ast.JoinedStr(values=values):
            return (joined(_piece(value, scope) for value in values),)
        case ast.IfExp(body=body, orelse=other):
            return _either(spelled(choice, scope) for choice in (body, other))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            firsts, seconds = (spelled(side, scope) for side in (left, right))
            return tuple(joined((first, second)) for first in firsts for second in seconds)
    sources = scope.sources(node)
    if isinstance(node, ast.Attribute) and node.attr == STEP:
        sources = [*names_of_steps(scope.module.root)]
    texts = _either(spelled(source, there.deeper) for source, there in sources)
    return (_any_text(node, scope),) if all(text.is_value for text in texts) else texts


def _piece(node: ast.expr, scope: Scope) -> Template:
    """What a part of an f-string adds to it."""
    if not isinstance(node, ast.FormattedValue):
        return spelled(node, scope)[0]
    value = node.value
    if node.conversion != -1 or node.format_spec is not None:
        return _any_text(value, scope)
    options = spelled(value, scope)
    return options[0] if len(options) == 1 else Template((Slot(_label(value), options),))


def _either(choices: Iterable[tuple[Template, ...]]) -> tuple[Template, ...]:
    return tuple(dict.fromkeys(template for choice in choices for template in choice))


def _any_text(node: ast.expr, scope: Scope) -> Template:
    """The template of what is not known to be any words: a slot named as ``node`` is."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"))) if scope.sources(node):
            return Template((Slot(_name(node.func)),))
    return Template((Slot(_name(node)),))


def _label(node: ast.expr) -> str:
    """What a choice between texts is called: the function that makes it, or what decides it."""
    match node:
        case ast.Call(func=function):
            return _name(function)
        case ast.IfExp(test=test):
            return _name(test)
    return _name(node)


def _name(node: ast.AST) -> str:
    """What the value of an expression is called: in ``fixed(100 * CLOSE, 0)`` it is close."""
    return re.sub(r"\W|^[\d_]+", "", _word(node).lower()) or "text"


def _word(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value, slice=ast.Constant(value=int(index))):
            return f"{_word(value)}_{index + 1}"
        case ast.Subscript(value=value) | ast.Starred(value=value):
            return _word(value)
        case ast.Call(args=[argument, *_], func=function):
            return _word(argument) or _word(function)
        case ast.Call(func=function):
            return _word(function)
        case ast.BinOp(left=left, right=right):
            return _word(right) or _word(left)
        case ast.UnaryOp(operand=operand) | ast.Compare(left=operand):
            return _word(operand)
    return ""
