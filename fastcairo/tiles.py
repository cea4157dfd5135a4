"""Tiles: the picture cut into small squares, and sets of them as the bits of one integer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

SIDE = 64
"""In pixels; even, because two by two pixels share their colour in yuv420p."""

FEW = 12
"""So many tiles are taken as they are, without asking which of them a thin line leaves out."""


Boxes = NDArray[np.float64]
"""Upright boxes in pixels, (k, 2, 2): of each the upper left corner and the lower right one."""


@dataclass(frozen=True)
class Spread:
    """How far beyond a line, in pixels, something may show; and all that it encloses if filled."""

    reach: float
    filled: bool


@dataclass(frozen=True)
class Rectangle:
    """Pixels from ``left`` to before ``right``, ``top`` to before ``bottom``, and their tiles."""

    left: int
    top: int
    right: int
    bottom: int
    tiles: int


@dataclass(frozen=True)
class Band:
    """Rows of tiles from ``top`` to before ``bottom``, all ``tiles`` in them, and some columns."""

    top: int
    bottom: int
    tiles: int
    columns: int


@dataclass(frozen=True)
class Tiles:
    """The tiles of a picture of ``width`` by ``height`` pixels, row by row from the top left.

    A set of tiles, or of columns, is an integer: union is ``|``, what two share is ``&``, none is
    0. Points are in pixels.
    """

    width: int
    height: int

    @cached_property
    def columns(self) -> int:
        """How many tiles stand in a row."""
        return -(-self.width // SIDE)

    @cached_property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return -(-self.height // SIDE)

    @cached_property
    def all(self) -> int:
        """Every tile."""
        return (1 << self.columns * self.rows) - 1

    def under(self, lines: Sequence[Boxes], spreads: Sequence[Spread]) -> list[tuple[int, int]]:
        """The tiles that each of ``lines`` may touch, and all columns from its left to its right.

        A line of at least one curve is the boxes around its curves.
        """
        starts = np.cumsum([0, *(len(boxes) for boxes in lines[:-1])])
        lower, upper = np.concatenate(lines).swapaxes(0, 1)
        whole = np.minimum.reduceat(lower, starts), np.maximum.reduceat(upper, starts)
        reaches = np.array([[spread.reach] for spread in spreads])
        under = []
        spans = self._spans(np.stack(whole, axis=1), reaches)
        for boxes, spread, span in zip(lines, spreads, spans, strict=True):
            left, top, right, bottom = span
            if spread.filled or (right - left) * (bottom - top) <= FEW:
                tiles = self._block(*span)
            else:
                # The boxes along a line lie on the same few tiles again and again.
                tiles = 0
                for part in set(map(tuple, self._spans(boxes, spread.reach))):
                    tiles |= self._block(*part)
            under.append((tiles, _bits(left, right)))
        return under

    def _spans(self, boxes: Boxes, reach: float | NDArray[np.float64]) -> list[list[int]]:
        """First column and row that each box touches, and those after its last, with the reach."""
        most = (self.columns, self.rows)
        first = np.clip((boxes[:, 0] - reach) / SIDE, 0, most)
        beyond = np.clip((boxes[:, 1] + reach) / SIDE + 1, 0, most)
        spans: list[list[int]] = np.hstack([first, beyond]).astype(int).tolist()
        return spans

    def bands(self, tiles: int) -> Iterator[Band]:
        """Cut a set of tiles into bands, between which there is a row without any."""
        rows = [self._row(tiles, row) for row in range(self.rows)]
        top = 0
        while top < self.rows:
            bottom, columns = top, 0
            while bottom < self.rows and rows[bottom]:
                columns |= rows[bottom]
                bottom += 1
            if columns:
                everything = self._block(0, top, self.columns, bottom)
                yield Band(top, bottom, everything, columns)
            top = bottom + 1

    def parts(self, band: Band, columns: int) -> Iterator[Rectangle]:
        """The rectangles that ``columns`` cut out of ``band``, cut off at the picture's border."""
        for left, right in _runs(columns):
            yield self._rectangle(left, band.top, right, band.bottom)

    def rectangles(self, tiles: int) -> Iterator[Rectangle]:
        """Cut a set of tiles into rectangles of few sizes: so many tiles as a power of two."""
        tops: dict[tuple[int, int], int] = {}
        for row in range(self.rows + 1):
            runs = list(_runs(self._row(tiles, row)))
            for (left, right), top in tops.items():
                if (left, right) not in runs:
                    for sides in product(_powers(left, right), _powers(top, row)):
                        (first, last), (upper, lower) = sides
                        yield self._rectangle(first, upper, last, lower)
            tops = {run: tops.get(run, row) for run in runs}

    def _row(self, tiles: int, row: int) -> int:
        return tiles >> row * self.columns & (1 << self.columns) - 1

    def _rectangle(self, left: int, top: int, right: int, bottom: int) -> Rectangle:
        return Rectangle(
            left * SIDE,
            top * SIDE,
            min(right * SIDE, self.width),
            min(bottom * SIDE, self.height),
            self._block(left, top, right, bottom),
        )

    @cache  # noqa: B019 (a few sizes, for good)
    def _block(self, left: int, top: int, right: int, bottom: int) -> int:
        """The tiles of the columns ``left`` to before ``right``, of the rows likewise."""
        row, tiles = _bits(left, right), 0
        for number in range(top, bottom):
            tiles |= row << number * self.columns
        return tiles


def _powers(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a run into runs whose lengths are powers of two."""
    while start < stop:
        length = 1 << (stop - start).bit_length() - 1
        yield start, start + length
        start += length


def _bits(start: int, stop: int) -> int:
    return (1 << max(stop - start, 0)) - 1 << start


def _runs(bits: int) -> Iterator[tuple[int, int]]:
    """The runs of ones in ``bits``, each from its first to before its last, from the lowest."""
    while bits:
        first = (bits & -bits).bit_length() - 1
        run = bits >> first
        last = first + (~run & run + 1).bit_length() - 1
        yield first, last
        bits &= ~_bits(first, last)
