"""Measures of films are those that one would take with a stopwatch."""

import json
from pathlib import Path

import av
import numpy as np

from pipeline.cache.record import Beat, Rendered
from pipeline.cli.measures import HEAD, measures, still_seconds

RATE = 10


def film(path: Path, brightness: list[int]) -> Rendered:
    """A film of one grey a frame, and what is known of it."""
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", RATE, options={"qp": "0"})
        stream.width, stream.height = 64, 64
        for grey in brightness:
            picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), grey, np.uint8))
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    beats = (Beat("Five words are said here.", 0.0, 2.0), Beat("", 2.0, 3.0))
    return Rendered(path, len(brightness), RATE, path.stat().st_size, beats, {})


def test_a_film_is_still_where_no_pixel_changes_by_much(tmp_path: Path) -> None:
    moving, trembling, standing = [*range(0, 200, 20)], [200, 204] * 5, [220] * 10
    rendered = film(tmp_path / "ch01_a.mp4", moving + trembling + standing)
    # of ten moves the last leads into what trembles, and one more away from that
    assert still_seconds(rendered.film, RATE) == (29 - 11) / RATE


def test_the_table_has_a_row_for_each_chapter_and_one_for_all(tmp_path: Path) -> None:
    told = {"beats": 8, "fading": 2, "title": 2.5, "smallest": 30.25}
    (tmp_path / "ch01_a.measures.json").write_text(json.dumps(told))
    chapters = [(name, film(tmp_path / f"{name}.mp4", [50] * 30)) for name in ("ch01_a", "ch02_b")]
    head, first, second, both = measures(chapters, tmp_path, 1)
    assert head == HEAD
    assert first.split() == ["ch01", "5", "3.0", "100", "97%", "2/8", "2.5s", "30.2"]
    assert second.split() == ["ch02", "5", "3.0", "100", "97%", "0/0", "0.0s", "–"]
    assert both.split() == ["all", "10", "6.0", "100", "97%", "2/8", "2.5s", "30.2"]
