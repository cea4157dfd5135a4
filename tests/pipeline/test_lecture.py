"""The lecture itself, rendered as a draft from a clean copy and read back with PyAV."""

import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from pipeline.cache.record import read_record
from pipeline.voice.sound import LOUDNESS, RATE, from_file, loudness
from scenes.outline import LECTURE, Entry
from tests.pipeline.voice.listener import heard, onset, words

FASTEST = 20
"""Most characters a second of a caption that is read along with the voice."""
SOURCES = ("scenes", "gdmath", "data", "lesson.toml", "manim.cfg", "requirements.lock")


@pytest.fixture(scope="module")
def draft(root: Path, tmp_path_factory: pytest.TempPathFactory, run: Callable) -> Path:
    """The folder in which a draft of the whole lecture was rendered."""
    copy = tmp_path_factory.mktemp("lecture")
    for name in SOURCES:
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    outcome = run(copy, "render", "--quality", "draft")
    assert outcome.returncode == 0, outcome.stderr
    return copy / "build/draft"


@pytest.mark.slow
def test_every_chapter_is_in_it_with_a_film_and_a_poster_beside(draft: Path) -> None:
    frames = []
    for entry in LECTURE:
        assert (draft / f"{entry.slug}.png").stat().st_size > 0
        with av.open(draft / f"{entry.slug}.mp4") as film:
            frames.append(sum(1 for _ in film.decode(video=0)))
    with av.open(draft / "lecture.mp4") as film:
        marks = film.chapters()
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.format.name) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.average_rate) == (854, 480, 15)
        times = [frame.pts * frame.time_base for frame in film.decode(stream)]
    assert times == [Fraction(number, 15) for number in range(sum(frames))]
    assert [mark["metadata"]["title"] for mark in marks] == [entry.title for entry in LECTURE]
    starts = [round(15 * mark["start"] * mark["time_base"]) for mark in marks]
    assert starts == [sum(frames[:number]) for number in range(len(frames))]


@pytest.mark.slow
def test_its_captions_follow_one_another_and_can_be_read(draft: Path) -> None:
    cues = []
    for name in ("lecture.mp4", "lecture.vtt"):
        with av.open(draft / name) as film:
            packets = [packet for packet in film.demux(subtitles=0) if packet.duration]
            cues.append([(p.pts, p.pts + p.duration) for p in packets if bytes(p)[2:]])
        texts = [bytes(packet).decode() for packet in packets]
    inside, beside = cues
    assert inside == beside
    assert all(end <= start for (_, end), (start, _) in pairwise(beside))
    for (start, end), text in zip(beside, texts, strict=True):
        # manim cuts a wait to whole frames, and either end is rounded to a millisecond
        seconds = (end - start + 1) / 1000 + 1 / 15
        assert seconds >= 1.5, text
        assert len(text) <= FASTEST * seconds, text


@pytest.mark.slow
def test_each_sentence_is_heard_as_its_caption_appears(draft: Path) -> None:
    with av.open(draft / "lecture.mp4") as film:
        assert [(s.codec_context.name, s.rate) for s in film.streams.audio] == [("aac", RATE)]
    sound, start = from_file(draft / "lecture.mp4"), 0.0
    heard, peak = loudness(sound)
    assert heard == pytest.approx(LOUDNESS, abs=1)
    assert peak < -1.5
    late = {}
    for entry in LECTURE:
        record = read_record(draft / f"{entry.slug}.mp4")
        assert record is not None
        for beat in record.beats:
            if beat.sentence:
                late[beat.sentence] = abs(onset(sound, start + beat.start, start + beat.end))
        start += record.seconds
    assert len(late) > 150
    assert max(late.values()) < 0.04


@pytest.mark.slow
@pytest.mark.parametrize(
    "entry", [LECTURE[0], LECTURE[7], LECTURE[15], LECTURE[-1]], ids=lambda e: e.slug
)
def test_a_listener_understands_what_is_said(draft: Path, entry: Entry) -> None:
    record = read_record(draft / f"{entry.slug}.mp4")
    assert record is not None
    sound, wrong, said = from_file(draft / f"{entry.slug}.mp4"), 0, 0
    for beat in record.beats:
        if beat.sentence and not re.search(r"\d", beat.sentence):
            part = sound[int(beat.start * RATE) : int(beat.end * RATE)]
            wrong += edits(words(beat.sentence), heard(part))
            said += len(words(beat.sentence))
    assert said > 40
    assert wrong <= said / 8


def edits(text: list[str], other: list[str]) -> int:
    """How many words have to be put in, taken out or changed to make one text the other."""
    distances = list(range(len(other) + 1))
    for row, word in enumerate(text, 1):
        diagonal, distances[0] = distances[0], row
        for column, heard_word in enumerate(other, 1):
            changed = diagonal + (word != heard_word)
            diagonal = distances[column]
            distances[column] = min(diagonal + 1, distances[column - 1] + 1, changed)
    return distances[-1]
