"""Contact sheets against the films they are taken from."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.cache.record import Beat
from pipeline.cli.review import frame_number

REVIEW = Path("build/draft/review")


def test_single_frames_are_those_of_the_film(rendered: Path, run: Callable) -> None:
    outcome = run(rendered, "review", "--frames", "--chapter", "1")
    assert outcome.returncode == 0, outcome.stderr
    with av.open(rendered / "build/draft/ch01_square.mp4") as container:
        film = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    # beats of 6, 18 and 9 frames: the last frame of each is its end
    for beat, last in ((1, 5), (2, 23), (3, 32)):
        with Image.open(rendered / REVIEW / f"ch01/beat{beat:02}-3-end.png") as picture:
            assert np.array_equal(np.asarray(picture), film[last])
    assert len(list((rendered / REVIEW / "ch01").iterdir())) == 9


def test_a_sheet_shows_three_large_frames_a_beat(rendered: Path, run: Callable) -> None:
    outcome = run(rendered, "review", "--chapter", "2", "1")
    first, second, *_ = outcome.stdout.splitlines()
    assert [first, second] == [str(REVIEW / "ch01-1.png"), str(REVIEW / "ch02-1.png")]
    with Image.open(rendered / REVIEW / "ch01-1.png") as sheet:
        assert sheet.width >= 3 * 640
        assert sheet.height > 3 * 360
        pixels = np.asarray(sheet.convert("L")).astype(int)
    with Image.open(rendered / "build/draft/ch01_square.png") as poster:
        small = np.asarray(poster.convert("L").resize((640, 360))).astype(int)
    # the first beat ends before the square moves by one unit, which is 45 of 640 pixels
    top = pixels[15 : 15 + 360, 15 + 2 * 655 : 15 + 2 * 655 + 640]
    moved = np.roll(small, -45, axis=1)
    assert np.abs(top - moved).mean() < np.abs(top - small).mean() / 3


def test_reviewing_renders_what_is_stale_first(rendered: Path, run: Callable) -> None:
    scene = rendered / "scenes/ch04_dot.py"
    scene.write_text(scene.read_text().replace("self.wait(1)", "self.wait(2)"))
    assert run(rendered, "review", "--chapter", "4").returncode == 0
    with av.open(rendered / "build/draft/ch04_dot.mp4") as container:
        assert container.streams.video[0].frames == 30


@given(st.floats(0, 100), st.floats(0, 20), st.floats(0, 1), st.sampled_from([15, 30, 60]))
def test_a_moment_of_a_beat_is_one_of_its_frames(
    start: float, length: float, fraction: float, rate: int
) -> None:
    number = frame_number(Beat("", start, start + length), fraction, rate, frames=10_000)
    # a frame stands from its time for 1 / rate, and times are rounded to the nearest frame
    assert start - 0.5 / rate <= number / rate + 1e-9
    assert number / rate <= max(start + length - 0.5 / rate, start + 0.5 / rate) + 1e-9


@pytest.mark.parametrize(("fraction", "number"), [(0.0, 30), (0.5, 37), (1.0, 44)])
def test_the_end_of_a_beat_is_its_last_frame(fraction: float, number: int) -> None:
    assert frame_number(Beat("", 2.0, 3.0), fraction, 15, frames=1000) == number
