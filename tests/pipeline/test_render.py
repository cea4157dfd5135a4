"""The small lecture rendered as a user would, and read back with PyAV."""

import html
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.pipeline.project import DRAFT, dated, edit, seen

# Frames at 15 a second of what each chapter plays; manim rounds an animation up to whole frames.
FRAMES = {"ch01_square": 6 + 18 + 9, "ch02_circle": 23 + 5, "ch04_dot": 15}
LINES = [
    (6, 24, "A square & its <side> --> to the right"),
    (24, 33, "there"),
    (33, 56, "A sentence that is much too long for two lines of a caption is said in more than one "
     "cue, and each of these cues stands for its own share of the time"),
    (61, 76, "A dot η"),
]  # fmt: skip


def changed(before: dict[str, tuple[int, bytes]], folder: Path) -> set[str]:
    now = dated(folder)
    return {name for name in {*before, *now} if before.get(name) != now.get(name)}


def test_the_lecture_has_all_frames_at_exact_times(rendered_once: Path) -> None:
    with av.open(rendered_once / DRAFT / "lecture.mp4") as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.format.name) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.average_rate) == (854, 480, 15)
        times = [frame.pts * frame.time_base for frame in container.decode(stream)]
    assert times == [Fraction(number, 15) for number in range(sum(FRAMES.values()))]


def test_the_lecture_has_a_mark_a_chapter(rendered_once: Path) -> None:
    with av.open(rendered_once / DRAFT / "lecture.mp4") as container:
        marks = [
            (chapter["metadata"]["title"], round(15 * chapter["start"] * chapter["time_base"]))
            for chapter in container.chapters()
        ]
    assert marks == [("A square, and & <more>", 0), ("A circle", 33), ("A dot η", 61)]


def captions(film: Path) -> list[tuple[int, int, bytes]]:
    """Start, duration and stored text of every caption that libav finds in ``film``."""
    with av.open(film) as container:
        packets = container.demux(subtitles=0)
        return [(p.pts, p.duration, bytes(p)) for p in packets if p.size and p.duration]


def test_captions_inside_and_beside_follow_the_frames(rendered_once: Path) -> None:
    stored = captions(rendered_once / DRAFT / "lecture.mp4")
    # in the mp4 a text follows its length, and a pause is a text of none
    inside = [(start, length, text[2:].decode()) for start, length, text in stored if text[2:]]
    stored = captions(rendered_once / DRAFT / "lecture.vtt")
    beside = [(start, length, html.unescape(text.decode())) for start, length, text in stored]
    assert inside == beside
    for start, end, sentence in LINES:
        cues = [cue for cue in inside if start / 15 <= cue[0] / 1000 + 0.001 < end / 15]
        assert " ".join(" ".join(cue[2] for cue in cues).split()) == sentence
        # half a millisecond: cues are kept in whole ones
        assert cues[0][0] == pytest.approx(1000 * start / 15, abs=0.51)
        assert cues[-1][0] + cues[-1][1] == pytest.approx(1000 * end / 15, abs=0.51)


@pytest.mark.parametrize("chapter", FRAMES)
def test_a_chapter_lies_beside_with_its_last_picture_as_poster(
    rendered_once: Path, chapter: str
) -> None:
    with av.open(rendered_once / DRAFT / f"{chapter}.mp4") as container:
        assert container.streams.subtitles
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(pictures) == FRAMES[chapter]
    with Image.open(rendered_once / DRAFT / f"{chapter}.png") as poster:
        assert np.array_equal(np.asarray(poster), pictures[-1])


def test_a_line_each_says_duration_size_and_path(rendered: Path, run: Callable) -> None:
    outcome = run(rendered, "render", "--quality", "draft")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    rows = [line.split() for line in outcome.stdout.splitlines()]
    names = [*FRAMES, "lecture"]
    assert [row[-1] for row in rows] == [str(DRAFT / f"{name}.mp4") for name in names]
    assert [row[0] for row in rows] == ["0:02", "0:02", "0:01", "0:05"]


def test_a_second_run_touches_nothing(rendered: Path, run: Callable) -> None:
    before = dated(rendered)
    run(rendered, "render", "--quality", "draft")
    assert changed(before, rendered) == set()


def test_a_changed_source_renders_only_what_reaches_it(rendered: Path, run: Callable) -> None:
    before = dated(rendered)
    edit(rendered / "scenes/kit/shapes.py", "BLUE", "RED")
    plan = run(rendered, "plan", "--quality", "draft").stdout.splitlines()
    assert ["up to date" in line for line in plan] == [True, False, True]
    assert plan[1].endswith("scenes/kit/shapes.py changed")
    assert run(rendered, "render", "--quality", "draft").returncode == 0
    assert changed(before, rendered) == {
        "ch02_circle.mp4",
        "ch02_circle.png",
        "lecture.mp4",
        "lecture.vtt",
    }


@pytest.mark.slow
@pytest.mark.parametrize("loss", ["ch01_square.mp4", "ch01_square.png", "ch01_square.json"])
def test_what_was_lost_is_rendered_again(rendered: Path, run: Callable, loss: str) -> None:
    before = seen(rendered)
    (rendered / DRAFT / loss).unlink()
    assert run(rendered, "render", "--quality", "draft").returncode == 0
    assert seen(rendered) == before


@pytest.mark.slow
def test_a_truncated_film_is_rendered_again(rendered: Path, run: Callable) -> None:
    before = seen(rendered)
    film = rendered / DRAFT / "ch04_dot.mp4"
    film.write_bytes(film.read_bytes()[:-10])
    assert run(rendered, "render", "--quality", "draft").returncode == 0
    assert seen(rendered) == before


def test_a_failing_chapter_is_named_and_the_others_render(rendered: Path, run: Callable) -> None:
    before = dated(rendered)
    edit(rendered / "scenes/ch04_dot.py", "self.wait(1)", "self.wait(0.6)")
    edit(
        rendered / "scenes/ch01_square.py", "self.wait(0.6)", 'raise ValueError("no more\\nof it")'
    )
    outcome = run(rendered, "render", "--quality", "draft")
    assert outcome.returncode == 1
    told = [line for line in outcome.stderr.splitlines() if "ValueError" in line]
    log = DRAFT / "logs/ch01.log"
    assert told == [f"ch01 A square, and & <more>, beat 3: ValueError: no more (see {log})"]
    assert "Traceback" in (rendered / log).read_text()
    assert changed(before, rendered) == {"ch04_dot.mp4", "ch04_dot.png"}


@pytest.mark.slow
def test_chapters_by_themselves_leave_the_lecture(rendered: Path, run: Callable) -> None:
    before = dated(rendered)
    edit(rendered / "scenes/ch04_dot.py", "self.wait(1)", "self.wait(0.6)")
    outcome = run(rendered, "preview", "--chapter", "4")
    assert outcome.stdout.split()[-1] == str(DRAFT / "ch04_dot.mp4")
    assert changed(before, rendered) == {"ch04_dot.mp4", "ch04_dot.png"}
