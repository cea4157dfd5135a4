"""Find which part of a formula came from which part of the one before, to move it there."""

from collections.abc import Iterable

import sympy as sp
from sympy.core.function import Function

from gdmath.notation import typeset
from gdmath.trees import Path, subexpression


def correspond(before: sp.Basic, after: sp.Basic) -> tuple[tuple[Path, Path], ...]:
    """Return pairs (path in before, path in after): a source for each printed part that has one.

    Equal sub-expressions come first, the largest first, whole with all their parts; of several
    equal sources one that is still free is taken, then the nearest in reading order, so that a part
    that is there more often than before is a copy. What then remains is matched by kind, Σ with Σ
    and ∂/∂a with ∂/∂a, where the parts already matched agree best; and last, a part that stands
    where another vanished grows out of it. The pairs are in reading order of `after`.
    """
    matching = _Matching(before, after)
    matching.match_equals()
    matching.match_kinds()
    matching.match_places()
    return tuple(
        (matching.sources[path], path) for path in matching.new if path in matching.sources
    )


class _Matching:
    """The sources found so far: `sources` maps a path of `after` to one of `before`."""

    def __init__(self, before: sp.Basic, after: sp.Basic) -> None:
        self.old, self.new = _printed(before), _printed(after)
        self.old_place = {path: place for place, path in enumerate(self.old)}
        self.new_place = {path: place for place, path in enumerate(self.new)}
        self.sources: dict[Path, Path] = {}

    def match_equals(self) -> None:
        """Match equal sub-expressions with all their parts; a number may have lost its sign."""
        for path, node in self.largest_first():
            equal = [old for old, known in self.old.items() if _same(known, node)]
            if path not in self.sources and equal:
                source = self.nearest(path, dict.fromkeys(equal, 0))
                for part in _inside(path, self.new):
                    self.sources[part] = source + part[len(path) :]

    def match_kinds(self) -> None:
        """Match nodes of one kind by how many of their parts already agree."""
        for path, node in self.largest_first():
            if path in self.sources or not node.args:
                continue
            copied = isinstance(node, (sp.Sum, sp.Derivative))
            agreeing = {
                old: self.agreeing(old, path)
                for old, known in self.old.items()
                if _kind(known) == _kind(node) and (copied or old not in self.sources.values())
            }
            candidates = {old: count for old, count in agreeing.items() if count or copied}
            if candidates:
                self.sources[path] = self.nearest(path, candidates)

    def match_places(self) -> None:
        """Match what stands where another vanished, as 1 for ∂b/∂b, or where another number was."""
        for path, node in self.new.items():
            if path and path not in self.sources and path[:-1] in self.sources:
                place = (*self.sources[path[:-1]], path[-1])
                if place in self.old:
                    numbers = node.is_Number and self.old[place].is_Number
                    if numbers or place not in self.sources.values():
                        self.sources[path] = place

    def largest_first(self) -> list[tuple[Path, sp.Basic]]:
        return sorted(self.new.items(), key=lambda item: -_size(item[1]))

    def nearest(self, path: Path, agreeing: dict[Path, int]) -> Path:
        """Return the source that agrees best, is still free if one is, and then is nearest."""
        used = set(self.sources.values())
        here = self.new_place[path]
        return min(
            agreeing,
            key=lambda old: (-agreeing[old], old in used, abs(self.old_place[old] - here)),
        )

    def agreeing(self, old: Path, new: Path) -> int:
        """Return how many parts of the new node came from within the old one."""
        return sum(_within(old, self.sources[part]) for part in _inside(new, self.sources))


def _inside(path: Path, paths: Iterable[Path]) -> list[Path]:
    return [part for part in paths if _within(path, part)]


def _within(path: Path, part: Path) -> bool:
    return part[: len(path)] == path


def _printed(expression: sp.Basic) -> dict[Path, sp.Basic]:
    paths = typeset(expression, as_written=True).paths
    return {path: subexpression(expression, path) for path in paths}


def _size(expression: sp.Basic) -> int:
    return sum(1 for _ in sp.preorder_traversal(expression))


def _same(old: sp.Basic, new: sp.Basic) -> bool:
    if isinstance(old, sp.Number) and isinstance(new, sp.Number):
        return bool(abs(old) == abs(new))
    return bool(old == new)


def _kind(expression: sp.Basic) -> object:
    """Return what two nodes share if one can become the other: all functions are of one kind."""
    if isinstance(expression, sp.Pow):
        return sp.Pow, expression.exp.is_Integer, expression.exp.is_negative
    return Function if isinstance(expression, Function) else type(expression)
