"""Paths for Cairo, handed over in one call.

Waste removed: stock Manim walks every curve of every mobject in Python, at every frame, one call of
pycairo a curve. Here NumPy lays all curves out as Cairo keeps them (``cairo_path_data_t``,
https://www.cairographics.org/manual/cairo-Paths.html), and ``cairo_append_path`` takes them at
once. pycairo wraps that function only for paths that it has copied itself, hence ctypes. Where that
does not work, the same entries are handed over one by one.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import cairo
import numpy as np
from numpy.typing import NDArray

MOVE, CURVE, CLOSE = 0, 2, 3
ENTRY = 2
"""An entry is two doubles: a point, or a header of two integers, in 16 bytes."""


class _CairoPath(ctypes.Structure):
    _fields_ = (("status", ctypes.c_int), ("data", ctypes.c_void_p), ("num_data", ctypes.c_int))


class Path:
    """Subpaths of cubic Bézier curves, as Cairo keeps them.

    ``curves`` are their points, (k, 4, 2); a subpath begins at each of ``starts``, indices of
    curves, and ``closed`` says of each whether it returns to where it began.
    """

    def __init__(
        self, curves: NDArray[np.float64], starts: NDArray[np.int_], closed: NDArray[np.bool_]
    ) -> None:
        form = _form(len(curves), starts.tobytes(), closed.tobytes())
        self.entries = form.headers.copy()
        self.entries[form.begins] = curves[starts, 0]
        self.entries[form.points] = curves[:, 1:].reshape(-1, 2)
        self._given = _CairoPath(0, self.entries.ctypes.data, len(self.entries))

    def append_to(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Add this path to the current one of ``context``."""
        append = _append_function()
        if append is None:
            _append_one_by_one(context, self)
        else:
            append(_address(context), ctypes.byref(self._given))

    def commands(self) -> Iterator[tuple[int, list[float]]]:
        """The kind of each header, and the coordinates of the points that follow it."""
        headers = self.entries.view(np.int32).reshape(len(self.entries), 2 * ENTRY)
        position = 0
        while position < len(self.entries):
            kind, length = headers[position, :2].tolist()
            yield kind, self.entries[position + 1 : position + length].ravel().tolist()
            position += length


@dataclass(frozen=True)
class _Form:
    """Where everything stands in paths of one structure, with the headers filled in."""

    headers: NDArray[np.float64]
    begins: NDArray[np.int_]
    points: NDArray[np.int_]


@lru_cache(maxsize=4096)
def _form(count: int, start_bytes: bytes, closed_bytes: bytes) -> _Form:
    """A subpath is a header and where it begins, four entries a curve, and a header to close."""
    starts, closed = np.frombuffer(start_bytes, int), np.frombuffer(closed_bytes, bool)
    lengths = np.diff(starts, append=count)
    heads = 4 * starts + 2 * np.arange(len(starts)) + np.cumsum(closed) - closed
    curves = 4 * np.arange(count) + np.repeat(heads + 2 - 4 * starts, lengths)
    entries = np.zeros((4 * count + 2 * len(starts) + int(closed.sum()), ENTRY))
    headers = entries.view(np.int32).reshape(len(entries), 2 * ENTRY)
    headers[heads, :2] = MOVE, 2
    headers[curves, :2] = CURVE, 4
    headers[(heads + 2 + 4 * lengths)[closed], :2] = CLOSE, 1
    return _Form(entries, heads + 1, (curves[:, None] + [1, 2, 3]).ravel())


def _append_one_by_one(context: "cairo.Context[cairo.ImageSurface]", path: Path) -> None:
    draw = {MOVE: context.move_to, CURVE: context.curve_to, CLOSE: context.close_path}
    for kind, coordinates in path.commands():
        draw[kind](*coordinates)  # type: ignore[operator]


def _address(context: "cairo.Context[cairo.ImageSurface]") -> int | None:
    """Where the ``cairo_t`` is: pycairo keeps its address as the first field of its object."""
    return ctypes.c_void_p.from_address(id(context) + object.__basicsize__).value


@cache
def _append_function() -> "ctypes._NamedFuncPointer | None":
    """``cairo_append_path`` of the very library that pycairo uses; None if it cannot be trusted."""
    try:
        library = ctypes.CDLL(cairo._cairo.__file__)  # type: ignore[attr-defined]
        append = library.cairo_append_path
        reference = library.cairo_get_reference_count
    except (AttributeError, OSError):
        return None
    append.argtypes = (ctypes.c_void_p, ctypes.POINTER(_CairoPath))
    append.restype = None
    reference.argtypes = (ctypes.c_void_p,)
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
    # One reference is what a new context has: a wrong address would hardly show it.
    return append if reference(_address(context)) == 1 else None
