import dataclasses

import av
import numpy as np
import pytest

from fastcairo import encoder, hints
from fastcairo.encoder import PatchEncoder
from fastcairo.picture import Picture
from fastcairo.tiles import SIDE
from tests.fastcairo.small_film import AS_WE_DO, HEIGHT, WIDTH

STRAY, TOLD = np.s_[20:60, 70:110], np.s_[70:100, 200:240]
"""Two patches: one that no tile named as changed holds, and one in the tile 1 down, 3 across."""
TILE = np.s_[SIDE : 2 * SIDE, 3 * SIDE : 4 * SIDE]


def film(path, repeat=1, spec=AS_WE_DO):
    """The luminance of two pictures that differ in STRAY and TOLD, as a film shows them.

    The second says that nothing changed but the tile that holds TOLD.
    """
    pixels = np.random.default_rng(11).integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    made = PatchEncoder(target=path, spec=spec)
    made.write_frame(pixels, repeat=repeat)
    second = pixels.copy()
    second[STRAY], second[TOLD] = 255 - second[STRAY], 255 - second[TOLD]
    # The converter takes all of it, so that only the encoder is told what stood still.
    made._converter._convert(
        second, next(made._converter.tiles.rectangles(made._converter.tiles.all))
    )
    picture = second.view(Picture)
    picture.changed = 1 << 3 + made._converter.tiles.columns
    made.write_frame(picture)
    drawn = made._converter.frame.to_ndarray()[:HEIGHT]
    made.finish()
    with av.open(path) as shown:
        frames = [frame.to_ndarray()[:HEIGHT] for frame in shown.decode(video=0)]
    return frames[0].astype(int), frames[-1].astype(int), drawn.astype(int)


@pytest.mark.parametrize("repeat", [1, 20])
def test_x264_looks_only_where_it_is_told_to(tmp_path, repeat):
    first, second, drawn = film(tmp_path / "hinted.mp4", repeat)
    elsewhere = np.ones_like(first, bool)
    elsewhere[TILE] = False
    assert np.array_equal(second[elsewhere], first[elsewhere])
    # A quantizer of 18 takes steps of 5 levels (ITU-T H.264, 8.5.9), and noise comes back 2 off.
    assert np.abs(second - drawn)[TILE].mean() < 2.5 < 50 < np.abs(second - drawn)[STRAY].mean()


def test_where_no_hint_can_be_put_x264_looks_everywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(encoder, "hint_beside", lambda *_: None)
    _, second, drawn = film(tmp_path / "plain.mp4")
    assert np.abs(second - drawn).mean() < 2.5


def test_another_kind_of_encoder_is_told_nothing(tmp_path):
    other = dataclasses.replace(AS_WE_DO, options=(("crf", "20"), ("threads", "1")))
    assert PatchEncoder(target=tmp_path / "other.mp4", spec=other)._hint is None


def test_a_wrong_address_is_noticed(monkeypatch):
    frame, other = (av.VideoFrame(64, 64, "yuv420p") for _ in range(2))
    address = hints._address(other)
    monkeypatch.setattr(hints, "_address", lambda _: address)
    assert hints.hint_beside(frame, 1) is None


def test_a_frame_of_another_pyav_is_not_reached_into(monkeypatch):
    monkeypatch.setattr(hints, "KNOWN", hints.KNOWN + 1)
    monkeypatch.setattr(hints, "_address", lambda _: pytest.fail("looked for an address"))
    assert hints.hint_beside(av.VideoFrame(64, 64, "yuv420p"), 1) is None
