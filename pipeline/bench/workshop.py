"""Copies of the sources to measure: as they are, for plain Manim, and to make changes in."""

import ast
import hashlib
import re
import shutil
from pathlib import Path

SOURCES = (
    "gdmath",
    "scenes",
    "fastcairo",
    "pipeline",
    "data",
    "lesson.toml",
    "manim.cfg",
    "requirements.lock",
)
PLAIN_CONFIGURATION = """\
[CLI]
background_color = #0E1220
notify_outdated_version = False
"""
"""What is left for plain Manim: the look of the picture, and not to ask the network."""


class Workshop:
    """Copies below ``folder``, kept for as long as the sources do not change.

    Changes are made in two of them, so that what is built of a chapter and of the lecture can stay.
    """

    def __init__(self, folder: Path, root: Path = Path()) -> None:
        copies = [folder.absolute() / name for name in ("tree", "plain", "chapter", "lecture")]
        self.tree, self.plain, self.chapter, self.lecture = copies
        self.digest = _digest(root)
        mark = folder / "sources"
        if not mark.exists() or mark.read_text(encoding="utf-8") != self.digest:
            for copy in copies:
                shutil.rmtree(copy, ignore_errors=True)
                _copy(root, copy)
            (self.plain / "manim.cfg").write_text(PLAIN_CONFIGURATION, encoding="utf-8")
            mark.write_text(self.digest, encoding="utf-8")

    def restore(self, source: Path, tree: Path) -> None:
        """Undo all changes to a file of a copy."""
        shutil.copy2(self.tree / source, tree / source)


def clear(tree: Path) -> None:
    """Leave nothing that was built, nor what Manim keeps."""
    for name in ("build", "media"):
        shutil.rmtree(tree / name, ignore_errors=True)


def retold(source: str, sentence: str, more: str) -> str | None:
    """``source`` with ``more`` at the end of what its `say` of ``sentence`` says.

    None if none of them says it plainly, in one string with or without values in it.
    """
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "say"
            and node.args
            and (pattern := _pattern(node.args[0]))
            and re.fullmatch(pattern, sentence, re.DOTALL)
        ):
            continue
        row, column = (node.args[0].end_lineno or 0) - 1, node.args[0].end_col_offset or 0
        line = lines[row].encode()
        # Columns are counted in bytes; the last one is the quote.
        lines[row] = (line[: column - 1] + more.encode() + line[column - 1 :]).decode()
        return "".join(lines)
    return None


def _pattern(said: ast.expr) -> str:
    """A regular expression for what an expression may say; empty if it is no string."""
    match said:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(_pattern(part) or ".*" for part in parts)
    return ""


def _copy(root: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for name in SOURCES:
        source = root / name
        # Compiled modules come along, with the times that they were compiled for.
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.exists():
            shutil.copy2(source, target / name)


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for name in SOURCES:
        source = root / name
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(root)} ".encode() + path.read_bytes())
    return digest.hexdigest()
