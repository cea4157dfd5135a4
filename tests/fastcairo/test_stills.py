import dataclasses
from contextlib import contextmanager
from fractions import Fraction

import av
import numpy as np
import pytest
from av.bitstream import BitStreamFilterContext
from av.packet import Packet
from manim import config
from manim._config.output import OutputFormat, OutputSpec
from manim._config.video_encoder import resolve_video_encoder
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from fastcairo import encoder
from fastcairo.encoder import PatchEncoder
from fastcairo.picture import Picture
from fastcairo.skipping import still_of
from fastcairo.stills import Still, UnexpectedSliceError
from pipeline.film.assemble import join
from tests.fastcairo.small_film import AS_WE_DO, HEIGHT, RATE, WIDTH, X264

INTERVAL = 40
OFTEN = dataclasses.replace(AS_WE_DO, options=(*AS_WE_DO.options, ("g", str(INTERVAL))))
REPEATS = (1, 1, 3, 1, 20, 2, 1, 1, 37, 1, 5)
"""How often each picture is shown: singly, past the sixteen that frame_num counts, at the end."""


def pictures(count):
    """Noise of which a patch moves."""
    generator = np.random.default_rng(7)
    pixels = generator.integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    for _ in range(count):
        yield pixels.copy()
        x, y = generator.integers(0, (WIDTH - 40, HEIGHT - 30))
        pixels[y : y + 30, x : x + 40] = generator.integers(0, 256, (30, 40, 4), dtype=np.uint8)


def film(path, spec, repeats=REPEATS, kind=PatchEncoder):
    made = kind(target=path, spec=spec)
    for picture, repeat in zip(pictures(len(repeats)), repeats, strict=True):
        made.write_frame(picture, repeat=repeat)
    made.finish()
    return path


@contextmanager
def heard(level):
    """What libav says, in any thread, at ``level`` or worse: (level, who, what)."""
    before = av.logging.get_level()
    av.logging.set_level(level)
    try:
        with av.logging.Capture(local=False) as said:
            yield said
    finally:
        av.logging.set_level(before)


def frames(path):
    """The decoded pictures; whatever is wrong with the film is an error, or said."""
    with heard(av.logging.WARNING) as said, av.open(path) as film:
        film.streams.video[0].codec_context.options = {"err_detect": "explode"}
        decoded = [frame.to_ndarray() for frame in film.decode(video=0)]
    assert said == []
    return decoded


def packets(path):
    with av.open(path) as film:
        return [
            (packet.pts, packet.dts, packet.duration, packet.is_keyframe)
            for packet in film.demux(video=0)
            if packet.size
        ]


def frame_numbers(path):
    """The frame_num of each slice, read by libav."""
    with heard(av.logging.INFO) as said, av.open(path) as film:
        stream = film.streams.video[0]
        reader = BitStreamFilterContext("trace_headers", stream)
        for packet in film.demux(stream):
            reader.filter(packet)
    return [int(line.split()[-1]) for _, _, line in said if " frame_num " in line]


@pytest.fixture
def without_stills(monkeypatch):
    """Let x264 see every frame, until the test is over."""
    return lambda: monkeypatch.setattr(encoder, "still_of", lambda _: None)


def test_a_still_shows_the_picture_before_it(tmp_path):
    each = frames(film(tmp_path / "each.mp4", AS_WE_DO, [1] * len(REPEATS), VideoSegmentEncoder))
    shown = frames(film(tmp_path / "stills.mp4", AS_WE_DO))
    expected = [
        picture for picture, repeat in zip(each, REPEATS, strict=True) for _ in range(repeat)
    ]
    assert len(shown) == len(expected) == sum(REPEATS)
    assert all(map(np.array_equal, shown, expected))


def test_a_still_at_full_size_shows_the_picture_before_it(tmp_path):
    large = dataclasses.replace(AS_WE_DO, width=1920, height=1080)
    made = PatchEncoder(target=tmp_path / "large.mp4", spec=large)
    noise = np.random.default_rng(3).integers(0, 256, (1080, 1920, 4), dtype=np.uint8)
    made.write_frame(noise)
    made.write_frame(noise[::-1].copy(), repeat=3)
    made.finish()
    first, *rest = frames(tmp_path / "large.mp4")
    assert not np.array_equal(first, rest[0])
    assert [np.array_equal(frame, rest[0]) for frame in rest] == [True] * 3


def test_a_film_of_stills_is_small(tmp_path):
    once = film(tmp_path / "once.mp4", AS_WE_DO, [1]).stat().st_size
    # 11 bytes of a slice of 242 macroblocks, and 4 of the index
    assert film(tmp_path / "long.mp4", AS_WE_DO, [201]).stat().st_size - once < 200 * 20


def test_frames_are_numbered_from_each_keyframe_on(tmp_path):
    path = film(tmp_path / "stills.mp4", OFTEN)
    assert frame_numbers(path) == [n % INTERVAL % 16 for n in range(sum(REPEATS))]


def test_times_and_keyframes_are_those_of_a_film_without_stills(tmp_path, without_stills):
    spliced = packets(film(tmp_path / "stills.mp4", OFTEN))
    without_stills()
    plain = packets(film(tmp_path / "plain.mp4", OFTEN))
    assert spliced == plain
    keys = [number for number, (*_, is_key) in enumerate(spliced) if is_key]
    assert keys == list(range(0, sum(REPEATS), INTERVAL))
    frames(tmp_path / "stills.mp4")


def test_a_picture_of_which_nothing_changed_is_a_still(tmp_path):
    made = PatchEncoder(target=tmp_path / "same.mp4", spec=AS_WE_DO)
    for number, picture in enumerate([next(pictures(1)).view(Picture)] * 4):
        picture.changed = made._converter.tiles.all if number == 0 else 0
        made.write_frame(picture)
    made.finish()
    once = film(tmp_path / "once.mp4", AS_WE_DO, [1])
    repeated = film(tmp_path / "repeated.mp4", AS_WE_DO, [4])
    assert (tmp_path / "same.mp4").read_bytes() == repeated.read_bytes() != once.read_bytes()


def test_joined_films_play_without_a_fault(tmp_path):
    # Cut in the middle of the count, each film begins with a keyframe of its own.
    films = [film(tmp_path / f"{n}.mp4", OFTEN, repeats) for n, repeats in enumerate([[2, 7], [9]])]
    number_of_frames = join(films, tmp_path / "joined.mp4", RATE)
    shown = frames(tmp_path / "joined.mp4")
    assert len(shown) == number_of_frames == 18
    assert all(map(np.array_equal, shown, frames(films[0]) + frames(films[1])))
    assert frame_numbers(tmp_path / "joined.mp4") == [*range(9), *range(9)]


@pytest.mark.parametrize(
    "options",
    [
        {"x264-params": f"{X264}:bframes=2"},
        {"x264-params": f"{X264}:scenecut=40"},
        {"x264-params": f"{X264}:slices=2"},
        {"x264-params": f"{X264}:intra-refresh=1"},
        {"x264-params": f"{X264}:ref=3"},
        {"x264-params": "scenecut=0"},
        {"threads": "2"},
        {"crf": "23"},
    ],
    ids=str,
)
def test_with_other_options_x264_sees_each_frame(tmp_path, options):
    other = dataclasses.replace(
        AS_WE_DO, options=tuple({**dict(AS_WE_DO.options), **options}.items())
    )
    assert still_of(other) is None
    stock = film(tmp_path / "stock.mp4", other, kind=VideoSegmentEncoder)
    assert film(tmp_path / "fast.mp4", other).read_bytes() == stock.read_bytes()


def test_another_encoder_sees_each_frame():
    assert still_of(dataclasses.replace(AS_WE_DO, codec="mpeg4", options=())) is None


def test_a_slice_of_another_kind_is_an_error():
    intra = Packet(b"\0\0\0\1\x41\x88\x84\x21")
    intra.pts, intra.time_base = 1, Fraction(1, RATE)
    with pytest.raises(UnexpectedSliceError, match="frame 1 is not one slice"):
        Still(b"", 250).number(intra)


def test_the_options_of_manim_cfg_let_stills_be_skipped():
    film = OutputSpec(OutputFormat.MP4, False, False, False)
    size = {"width": WIDTH, "height": HEIGHT, "frame_rate": RATE}
    spec = resolve_video_encoder(film, **size, options=config.video_encoder_options)
    assert still_of(spec) is not None
