import cairo
import numpy as np
import pytest

from fastcairo import paths
from fastcairo.paths import paths_of


def drawn_by_pycairo(context, curves, starts, closed):
    """The way of stock Manim: one call a curve."""
    ends = [*starts[1:], len(curves)]
    for start, end, close in zip(starts, ends, closed, strict=True):
        context.move_to(*curves[start, 0])
        for curve in curves[start:end]:
            context.curve_to(*curve[1:].ravel())
        if close:
            context.close_path()


@pytest.mark.parametrize("in_one_call", [True, False])
@pytest.mark.parametrize("starts", [[0], [0, 1], [0, 3, 4, 9]])
def test_cairo_gets_the_path_that_it_gets_from_stock_manim(monkeypatch, in_one_call, starts):
    if not in_one_call:
        monkeypatch.setattr(paths, "_append_function", lambda: None)
    curves = np.random.default_rng(3).uniform(0, 100, (11, 4, 2))
    closed = np.arange(len(starts)) % 2 == 0
    expected = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 100, 100))
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 100, 100))
    drawn_by_pycairo(expected, curves, starts, closed)
    (path,) = paths_of(curves, np.array(starts), closed, [len(curves)])
    path.append_to(context)
    assert list(context.copy_path()) == list(expected.copy_path())


def test_each_path_has_its_own_curves():
    curves = np.random.default_rng(4).uniform(0, 100, (9, 4, 2))
    starts, closed = np.array([0, 2, 3, 7]), np.array([True, False, True, True])
    several = paths_of(curves, starts, closed, [0, 3, 4, 0, 2, 0])
    own = [
        (slice(0, 3), slice(0, 2), 0),
        (slice(3, 7), slice(2, 3), 3),
        (slice(7, 9), slice(3, 4), 7),
    ]
    alone = [
        paths_of(curves[which], starts[parts] - first, closed[parts], [len(curves[which])])[0]
        for which, parts, first in own
    ]
    assert [list(path.commands()) for path in several if len(path.entries)] == [
        list(path.commands()) for path in alone
    ]
    assert [len(path.entries) for path in several].count(0) == 3


def test_the_library_call_is_what_is_used_here():
    assert paths._append_function() is not None
