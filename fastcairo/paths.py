"""Paths for Cairo, handed over in one call.

Waste removed: stock Manim walks every curve of every mobject in Python, at every frame, one call of
pycairo a curve. Here NumPy lays out the curves of all that changed as Cairo keeps them
(``cairo_path_data_t``, https://www.cairographics.org/manual/cairo-Paths.html), and
``cairo_append_path`` takes those of a mobject at once. pycairo wraps that function only for paths
that it has copied itself, hence ctypes. Where that does not work, the same entries are handed over
one by one.
"""

import ctypes
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import cairo
import numpy as np
from numpy.typing import NDArray

MOVE, CURVE, CLOSE = 0, 2, 3
ENTRY = 2
"""An entry is two doubles: a point, or a header of two integers, in 16 bytes."""
# NumPy moves an entry in a quarter of the time if it is one number, a complex one. A header says of
# what kind it is, and how many entries it and its points are.
MOVE_TO, CURVE_TO, CLOSED = (
    np.array([kind, entries, 0, 0], np.int32).view(complex)
    for kind, entries in ((MOVE, 2), (CURVE, 4), (CLOSE, 1))
)


class _CairoPath(ctypes.Structure):
    _fields_ = (("status", ctypes.c_int), ("data", ctypes.c_char_p), ("num_data", ctypes.c_int))


class Path:
    """Subpaths of cubic Bézier curves as Cairo keeps them: ``entries`` are doubles, (n, 2)."""

    def __init__(self, entries: bytes) -> None:
        self.entries = entries
        self._given = _CairoPath(0, entries, len(entries) // (8 * ENTRY))

    def append_to(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Add this path to the current one of ``context``."""
        append = _append_function()
        if append is None:
            _append_one_by_one(context, self)
        else:
            append(_address(context), ctypes.byref(self._given))

    def commands(self) -> Iterator[tuple[int, list[float]]]:
        """The kind of each header, and the coordinates of the points that follow it."""
        points = np.frombuffer(self.entries).reshape(-1, ENTRY)
        headers = points.view(np.int32)
        position = 0
        while position < len(points):
            kind, length = headers[position, :2].tolist()
            yield kind, points[position + 1 : position + length].ravel().tolist()
            position += length


def paths_of(
    curves: NDArray[np.float64],
    starts: NDArray[np.int_],
    closed: NDArray[np.bool_],
    sizes: Sequence[int],
) -> list[Path]:
    """Lay out curves (k, 4, 2) as one path for each of ``sizes``, which says how many are its own.

    A subpath begins at each of ``starts``, indices of curves, among them the first of every path;
    ``closed`` says of each whether it returns to where it began. In Cairo a subpath is a header and
    where it begins, a header and three points for each curve, and a header if it closes.
    """
    lengths = np.diff(starts, append=len(curves))
    heads = 4 * starts + 2 * np.arange(len(starts)) + np.cumsum(closed) - closed
    beyond = heads + 2 + 4 * lengths
    curve_heads = 4 * np.arange(len(curves)) + np.repeat(heads + 2 - 4 * starts, lengths)
    points = np.empty((4, len(curves)), complex)
    points.real, points.imag = curves.T
    entries = np.empty(4 * len(curves) + 2 * len(starts) + int(closed.sum()), complex)
    entries[heads], entries[heads + 1] = MOVE_TO, points[0, starts]
    entries[beyond[closed]] = CLOSED
    entries[curve_heads] = CURVE_TO
    for point in (1, 2, 3):
        entries[curve_heads + point] = points[point]
    # A path ends with the last subpath that begins before the next path; before all stands 0.
    ends = np.append(0, beyond + closed)
    cuts = ends[np.searchsorted(starts, np.cumsum(sizes))].tolist()
    return [Path(entries[start:end].tobytes()) for start, end in pairwise([0, *cuts])]


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
