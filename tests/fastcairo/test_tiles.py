import numpy as np
import pytest

from fastcairo.tiles import SIDE, Spread, Tiles

TILES = Tiles(1000, 500)


def painted(parts) -> np.ndarray:
    """How often each pixel lies in one of these rectangles."""
    count = np.zeros((TILES.height, TILES.width), int)
    for part in parts:
        count[part.top : part.bottom, part.left : part.right] += 1
    return count


def pixels(tiles: int) -> np.ndarray:
    """Which pixels lie on these tiles, by the definition of their bits."""
    rows, columns = np.indices((TILES.height, TILES.width)) // SIDE
    numbers = rows * TILES.columns + columns
    return np.array([tiles >> n & 1 for n in range(TILES.all.bit_length())])[numbers]


def some_tiles(seed: int) -> int:
    return int.from_bytes(np.random.default_rng(seed).bytes(40), "big") & TILES.all


@pytest.mark.parametrize("seed", range(5))
def test_rectangles_cover_each_tile_once_and_nothing_else(seed):
    tiles = some_tiles(seed)
    parts = list(TILES.rectangles(tiles))
    assert np.array_equal(painted(parts), pixels(tiles))
    assert all(np.array_equal(painted([part]), pixels(part.tiles)) for part in parts)


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_of_bands_cover_all_tiles_without_overlapping(seed):
    tiles = some_tiles(seed) & some_tiles(seed + 100) & some_tiles(seed + 200)
    parts = [part for band in TILES.bands(tiles) for part in TILES.parts(band, band.columns)]
    count = painted(parts)
    assert count.max() == 1
    assert (count >= pixels(tiles)).all()


def under(curves: np.ndarray, reach: float, *, filled: bool) -> tuple[int, int]:
    boxes = np.stack([curves.min(axis=1), curves.max(axis=1)], axis=1)
    (tiles,) = TILES.under([boxes], [Spread(reach, filled)])
    return tiles


def test_a_curve_lies_on_the_tiles_of_its_points():
    generator = np.random.default_rng(1)
    curves = generator.uniform(-200, 1200, (30, 4, 2))
    tiles, columns = under(curves, 0, filled=False)
    inside = [
        (int(x), int(y))
        for x, y in curves.reshape(-1, 2)
        if 0 <= x < TILES.width and 0 <= y < TILES.height
    ]
    assert inside
    assert all(pixels(tiles)[y, x] and columns >> x // SIDE & 1 for x, y in inside)


def test_a_long_thin_line_leaves_out_what_a_filled_shape_covers():
    corners = np.linspace((10, 10), (990, 490), 40)
    curves = np.stack([corners[:-1], corners[:-1], corners[1:], corners[1:]], axis=1)
    line, _ = under(curves, 3, filled=False)
    filled, _ = under(curves, 3, filled=True)
    assert filled == TILES.all
    assert line.bit_count() < filled.bit_count() / 2


def test_what_is_outside_the_picture_lies_on_no_tile():
    beyond = np.full((2, 4, 2), 3000.0)
    assert under(beyond, 5, filled=True)[0] == 0


def test_many_lines_at_once_lie_where_each_lies_alone():
    generator = np.random.default_rng(2)
    corners = [generator.uniform(-100, 1100, (count, 1, 2)) for count in (1, 7, 2, 40)]
    lines = [np.hstack([corner, corner + 30]) for corner in corners]
    spreads = [Spread(reach, reach > 2) for reach in (0.0, 1.0, 5.0, 2.0)]
    alone = [TILES.under([line], [spread])[0] for line, spread in zip(lines, spreads, strict=True)]
    assert TILES.under(lines, spreads) == alone
