"""Everything that the chapters say, read from their sources."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.language.scope import Scope
from pipeline.language.source import Module, classes_of
from pipeline.language.spelling import spelled
from pipeline.language.template import Template
from pipeline.reading import says
from pipeline.storyboard import Position
from scenes.outline import Entry


@dataclass(frozen=True)
class Saying:
    """What one `say` may say, and where it stands."""

    path: Path
    position: Position
    templates: tuple[Template, ...]

    @property
    def is_readable(self) -> bool:
        """Whether it can be told from the source what is said."""
        return not any(template.is_value for template in self.templates)


def sayings(module: str, scene: str, root: Path = Path()) -> list[Saying]:
    """What the class ``scene`` of ``module`` says, in the order of the source."""
    source = Module(root, Path(*module.split(".")).with_suffix(".py"))
    classes = classes_of(source, scene)
    return [
        Saying(source.path, (call.lineno, call.col_offset), spelled(call.args[0], scope))
        for where, kind in classes[:1]
        for function in kind.body
        if isinstance(function, ast.FunctionDef)
        for scope in [Scope(where, classes, function)]
        for call in says(function)
        if call.args
    ]


def everything_said(lecture: Iterable[Entry], root: Path = Path()) -> list[Saying]:
    """What all chapters of the ``lecture`` say, in its order."""
    return [saying for entry in lecture for saying in sayings(entry.module, entry.scene, root)]
