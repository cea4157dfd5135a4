"""Tiles: the picture cut into small squares, and sets of them as the bits of one integer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SIDE = 64
"""In pixels; even, because two by two pixels share their colour in yuv420p."""

FEW = 12
"""So many tiles are taken as they are, without asking which of them a thin line leaves out."""


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

    def under(self, curves: NDArray[np.float64], reach: float, filled: bool) -> tuple[int, int]:
        """The tiles, and all columns from left to right, within ``reach`` of ``curves`` (k, 4, 2).

        A curve stays within its control points. What it encloses counts as well if ``filled``.
        """
        points = curves.reshape(-1, 2)
        (whole,) = self._spans(points.min(0)[None] - reach, points.max(0)[None] + reach)
        columns, rows = whole
        tiles = 0
        if filled or len(columns) * len(rows) <= FEW:
            spans = {whole}
        else:
            spans = self._spans(curves.min(axis=1) - reach, curves.max(axis=1) + reach)
        for span in spans:
            tiles |= self._tiles(*span)
        return tiles, _bits(columns)

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
                everything = self._tiles(range(self.columns), range(top, bottom))
                yield Band(top, bottom, everything, columns)
            top = bottom + 1

    def parts(self, band: Band, columns: int) -> Iterator[Rectangle]:
        """The rectangles that ``columns`` cut out of ``band``, cut off at the picture's border."""
        for span in _runs(columns):
            yield self._rectangle(span, range(band.top, band.bottom))

    def rectangles(self, tiles: int) -> Iterator[Rectangle]:
        """Cut a set of tiles into rectangles of one row."""
        for row in range(self.rows):
            for span in _runs(self._row(tiles, row)):
                yield self._rectangle(span, range(row, row + 1))

    def _row(self, tiles: int, row: int) -> int:
        return tiles >> row * self.columns & (1 << self.columns) - 1

    def _rectangle(self, columns: range, rows: range) -> Rectangle:
        return Rectangle(
            columns.start * SIDE,
            rows.start * SIDE,
            min(columns.stop * SIDE, self.width),
            min(rows.stop * SIDE, self.height),
            self._tiles(columns, rows),
        )

    def _tiles(self, columns: range, rows: range) -> int:
        row, tiles = _bits(columns), 0
        for number in rows:
            tiles |= row << number * self.columns
        return tiles

    def _spans(
        self, lower: NDArray[np.float64], upper: NDArray[np.float64]
    ) -> set[tuple[range, range]]:
        """The columns and rows on which boxes (k, 2) lie, as far as they are in the picture.

        The boxes along a line lie on the same few tiles again and again.
        """
        most = (self.columns, self.rows)
        first = np.clip(lower // SIDE, 0, most).astype(int).tolist()
        beyond = np.clip(upper // SIDE + 1, 0, most).astype(int).tolist()
        corners = {
            (left, top, right, bottom)
            for (left, top), (right, bottom) in zip(first, beyond, strict=True)
        }
        return {(range(left, right), range(top, bottom)) for left, top, right, bottom in corners}


def _bits(numbers: range) -> int:
    return (1 << len(numbers)) - 1 << numbers.start


def _runs(bits: int) -> Iterator[range]:
    """The runs of ones in ``bits``, from the lowest."""
    while bits:
        first = (bits & -bits).bit_length() - 1
        run = bits >> first
        length = (~run & run + 1).bit_length() - 1
        yield range(first, first + length)
        bits &= ~_bits(range(first, first + length))
