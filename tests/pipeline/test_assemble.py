"""Joining against decoding: the very pictures of the parts, one every frame."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.film.assemble import AssemblyError, Mark, join, verify
from pipeline.film.captions import Cue
from pipeline.film.frames import pictures
from pipeline.voice.sound import from_file, levelled, loudness
from pipeline.voice.speaker import built_in

RATE = 15


def encode(film: Path, values: list[int], rate: int = RATE, **options: str) -> Path:
    """Write a film whose pictures are plain greys of these values, crossed by a moving bar."""
    with av.open(film, "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "10", **options})
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for number, value in enumerate(values):
            picture = np.full((64, 96, 3), value, np.uint8)
            picture[:, (7 * number) % 90 : (7 * number) % 90 + 6] = 255
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return film


def decode(film: Path) -> list[tuple[Fraction, bytes]]:
    with av.open(film) as container:
        return [
            (frame.pts * frame.time_base, frame.to_ndarray().tobytes())
            for frame in container.decode(video=0)
        ]


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    """Films of 40, 1 and 23 frames that reorder frames to different depths."""
    return [
        encode(tmp_path / "a.mp4", list(range(40, 80)), preset="medium"),
        encode(tmp_path / "b.mp4", [200], preset="medium"),
        encode(tmp_path / "c.mp4", list(range(100, 146, 2)), preset="medium"),
    ]


def test_shows_the_pictures_of_the_parts_one_every_frame(parts: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "joined.mp4"
    assert join(parts, target, RATE) == 64
    shown = decode(target)
    assert [picture for _, picture in shown] == [
        picture for part in parts for _, picture in decode(part)
    ]
    assert [time for time, _ in shown] == [Fraction(number, RATE) for number in range(64)]


def test_times_that_slipped_in_a_part_are_put_right(parts: list[Path], tmp_path: Path) -> None:
    slipped = tmp_path / "slipped.mp4"
    with av.open(parts[0]) as source, av.open(slipped, "w") as container:
        stream = container.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                assert packet.pts is not None
                packet.pts += 40 * (packet.pts > 20_000)
                packet.stream = stream
                container.mux(packet)
    with pytest.raises(AssemblyError, match="one frame every"):
        verify(slipped, 40, RATE)
    join([slipped], tmp_path / "joined.mp4", RATE)
    verify(tmp_path / "joined.mp4", 40, RATE)


def test_carries_captions_marks_and_tags(parts: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "joined.mp4"
    cues = [
        Cue("first {line}\nη & <b>", 100, 1300),
        Cue("next", 1300, 2000),
        Cue("late", 3000, 4000),
    ]
    marks = [Mark("One", 40), Mark("Two – η", 1), Mark("Three", 23)]
    join(parts, target, RATE, cues, marks, {"title": "A line – η", "artist": "Ada"})
    with av.open(target) as container:
        packets = [packet for packet in container.demux(subtitles=0) if packet.size > 2]
        read = [(bytes(p)[2:].decode(), p.pts, p.pts + p.duration) for p in packets]
        times = [
            (
                chapter["metadata"]["title"],
                round(RATE * chapter["start"] * chapter["time_base"]),
                round(RATE * chapter["end"] * chapter["time_base"]),
            )
            for chapter in container.chapters()
        ]
        assert container.streams.subtitles[0].codec_context.name == "mov_text"
        named = container.metadata
    assert read == [(cue.text, cue.start, cue.end) for cue in cues]
    assert times == [("One", 0, 40), ("Two – η", 40, 41), ("Three", 41, 64)]
    assert (named["title"], named["artist"]) == ("A line – η", "Ada")


def test_encoding_the_sound_makes_no_peak_much_higher(parts: list[Path], tmp_path: Path) -> None:
    # FFmpeg's usual coder made a peak of this very sound 4 dB higher.
    said, _ = built_in("only what multiplies the parameter is left")
    sound = levelled(np.sign(said) * np.abs(said) ** np.float32(1.2))
    join(parts, tmp_path / "joined.mp4", RATE, sound=sound)
    assert loudness(from_file(tmp_path / "joined.mp4"))[1] < loudness(sound)[1] + 0.5


def test_the_index_comes_before_the_pictures(parts: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "joined.mp4"
    join(parts, target, RATE)
    contents = target.read_bytes()
    assert contents.index(b"moov") < contents.index(b"mdat")


def test_a_part_encoded_otherwise_is_refused(parts: list[Path], tmp_path: Path) -> None:
    other = encode(tmp_path / "other.mp4", [10, 20], preset="ultrafast")
    with pytest.raises(AssemblyError, match=r"other.*was encoded differently"):
        join([parts[0], other], tmp_path / "joined.mp4", RATE)


def test_a_film_of_another_length_or_rate_is_not_verified(parts: list[Path]) -> None:
    verify(parts[0], 40, RATE)
    with pytest.raises(AssemblyError, match="40 frames instead of 41"):
        verify(parts[0], 41, RATE)
    with pytest.raises(AssemblyError, match="every 1/30 s"):
        verify(parts[0], 40, 30)


@pytest.mark.parametrize("wanted", [[0], [39], [3, 17, 17, 38], [38, 3]])
def test_pictures_are_the_frames_of_these_numbers(parts: list[Path], wanted: list[int]) -> None:
    found = dict(pictures(parts[0], wanted))
    assert sorted(found) == sorted(set(wanted))
    for number, picture in found.items():
        # crf 10 keeps a plain grey within two of what was encoded
        assert np.median(np.asarray(picture)) == pytest.approx(40 + number, abs=2)


def test_a_picture_beyond_the_end_is_an_error(parts: list[Path]) -> None:
    with pytest.raises(IndexError, match="has no frame 40"):
        list(pictures(parts[0], [12, 40]))
