import dataclasses

import av
import numpy as np
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo.encoder import PatchEncoder
from fastcairo.picture import Picture
from fastcairo.tiles import Spread, Tiles
from tests.fastcairo.small_film import HEIGHT, WIDTH, small_film

LOSSLESS = small_film(qp="0")


def moving_noise(count):
    """Pictures in which patches of noise change, with the tiles that they say have changed."""
    generator = np.random.default_rng(5)
    tiles = Tiles(WIDTH, HEIGHT)
    pixels = generator.integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    changed = tiles.all
    for _ in range(count):
        picture = pixels.view(Picture)
        picture.changed = changed
        yield picture, int(generator.integers(1, 4))
        x, y = generator.integers(0, (WIDTH - 40, HEIGHT - 30))
        pixels[y : y + 30, x : x + 40] = generator.integers(0, 256, (30, 40, 4), dtype=np.uint8)
        box = np.array([[(x, y), (x + 39, y + 29)]], float)
        ((changed, _),) = tiles.under([box], [Spread(0, filled=True)])


def decoded(path):
    with av.open(path) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def encode(encoder, count=12):
    for picture, repeat in moving_noise(count):
        # Stock Manim takes the array for its own.
        pixels = picture if isinstance(encoder, PatchEncoder) else np.array(picture, subok=False)
        encoder.write_frame(pixels, repeat=repeat)
    encoder.finish()
    return decoded(encoder.target)


def test_the_frames_are_those_of_stock_manim(tmp_path):
    expected = encode(VideoSegmentEncoder(target=tmp_path / "stock.mp4", spec=LOSSLESS))
    frames = encode(PatchEncoder(target=tmp_path / "fast.mp4", spec=LOSSLESS))
    assert len(frames) == len(expected) > 12
    assert all(map(np.array_equal, frames, expected))


def test_a_lossy_file_is_the_same_byte_for_byte(tmp_path):
    lossy = dataclasses.replace(LOSSLESS, options=(("crf", "20"), ("threads", "1")))
    encode(VideoSegmentEncoder(target=tmp_path / "stock.mp4", spec=lossy))
    encode(PatchEncoder(target=tmp_path / "fast.mp4", spec=lossy))
    assert (tmp_path / "stock.mp4").read_bytes() == (tmp_path / "fast.mp4").read_bytes()


def test_plain_pixels_are_converted_whole(tmp_path):
    encoder = PatchEncoder(target=tmp_path / "fast.mp4", spec=LOSSLESS)
    for level in (10, 200):
        encoder.write_frame(np.full((HEIGHT, WIDTH, 4), level, np.uint8))
    encoder.finish()
    dark, bright = decoded(encoder.target)
    assert bright[:HEIGHT].min() > dark[:HEIGHT].max()


def test_an_aborted_file_is_gone(tmp_path):
    encoder = PatchEncoder(target=tmp_path / "fast.mp4", spec=LOSSLESS)
    encoder.write_frame(np.zeros((HEIGHT, WIDTH, 4), np.uint8))
    encoder.abort()
    assert not (tmp_path / "fast.mp4").exists()
