"""A spoken lecture: heard where its captions stand, cached, or silent where it has to be."""

import shutil
import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cache.record import read_record
from pipeline.voice.sound import LOUDNESS, RATE, from_file, loudness
from tests.pipeline.project import DRAFT, RENDER, SEGMENTS, edit, seen
from tests.pipeline.voice.listener import onset

LECTURE = DRAFT / "lecture.mp4"
CHAPTERS = ("ch01_square.mp4", "ch02_circle.mp4", "ch04_dot.mp4")


@pytest.fixture(scope="session")
def spoken_once(
    small_lecture: Path, run: Callable, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The small lecture, spoken; not to be changed."""
    folder = Path(shutil.copytree(small_lecture, tmp_path_factory.mktemp("spoken") / "project"))
    (folder / "lesson.toml").write_text("# spoken\n" + (folder / "lesson.toml").read_text())
    outcome = run(folder, *RENDER)
    assert (outcome.returncode, told(outcome.stderr)) == (0, [])
    return folder


@pytest.fixture
def spoken(spoken_once: Path, tmp_path: Path) -> Path:
    """The small lecture, spoken; a copy to do things to."""
    return Path(shutil.copytree(spoken_once, tmp_path / "project"))


def told(errors: str) -> list[str]:
    """What is told beside the progress of a render."""
    return [line for line in errors.splitlines() if ": rendered (" not in line]


def tracks(film: Path) -> list[tuple[str, int]]:
    """The codec and the rate of each track of sound."""
    with av.open(str(film)) as container:
        return [(s.codec_context.name, s.rate) for s in container.streams.audio]


def sentences(project: Path) -> list[tuple[str, float, float]]:
    """Every sentence of the lecture and its seconds in it."""
    found, start = [], 0.0
    for chapter in CHAPTERS:
        record = read_record(project / DRAFT / chapter)
        assert record is not None
        found += [(beat.sentence, start + beat.start, start + beat.end) for beat in record.beats]
        start += record.seconds
    return found


def stored(project: Path) -> dict[str, int]:
    """When each segment was put into the store."""
    return {path.name: path.stat().st_mtime_ns for path in (project / SEGMENTS).glob("*/*.mp4")}


def test_each_sentence_is_heard_as_its_caption_appears(spoken_once: Path) -> None:
    for film in (LECTURE, *(DRAFT / chapter for chapter in CHAPTERS)):
        assert tracks(spoken_once / film) == [("aac", RATE)]
    sound = from_file(spoken_once / LECTURE)
    said = sentences(spoken_once)
    assert sum(bool(sentence) for sentence, _, _ in said) == 4
    for sentence, begin, end in said:
        if sentence:
            assert abs(onset(sound, begin, end)) < 0.04
        else:
            quiet = sound[int((begin + 0.05) * RATE) : int((end - 0.05) * RATE)]
            assert np.abs(quiet).max() < 1e-3
    for (_, _, end), (_, begin, _) in pairwise(said):
        joint = sound[int((end - 0.01) * RATE) : int((begin + 0.002) * RATE)]
        assert np.abs(joint).max(initial=0) < 0.01


def test_it_is_as_loud_as_speech_should_be(spoken_once: Path) -> None:
    heard, peak = loudness(from_file(spoken_once / LECTURE))
    assert heard == pytest.approx(LOUDNESS, abs=1)
    assert peak < -1.5


def test_a_beat_lasts_as_long_as_its_sentence_is_spoken(spoken_once: Path) -> None:
    record = read_record(spoken_once / DRAFT / "ch04_dot.mp4")
    assert record is not None
    sound = from_file(spoken_once / DRAFT / "ch04_dot.mp4")
    last = np.flatnonzero(np.abs(sound) > 0.02)[-1] / RATE
    assert last <= record.beats[0].end


def test_what_is_said_stands_in_a_transcript_and_a_script(spoken: Path, run: Callable) -> None:
    text = (spoken / DRAFT / "lecture.txt").read_text()
    assert [title in text for title in ("1 A square, and & <more>", "2 A circle", "4 A dot η")] == [
        True
    ] * 3
    assert "A dot η" in text
    assert run(spoken, "script", "--quality", "draft").returncode == 0
    script = (spoken / "build/script.md").read_text()
    assert "`ch01/02`" in script
    assert "A square & its <side>" in script
    assert "`ch01/01`" not in script, "a silent beat is not read aloud"


@pytest.mark.slow
def test_a_cached_lecture_sounds_as_a_cold_one_does(spoken: Path, run: Callable) -> None:
    first = seen(spoken)
    shutil.rmtree(spoken / DRAFT)
    run(spoken, *RENDER)
    assert seen(spoken) == first
    shutil.rmtree(spoken / "build")
    run(spoken, *RENDER)
    assert seen(spoken) == first


@pytest.mark.slow
def test_a_changed_sentence_is_spoken_and_filmed_anew_and_nothing_else(
    spoken: Path, run: Callable
) -> None:
    before = stored(spoken)
    edit(spoken / "scenes/ch01_square.py", '"there"', '"There it is."')
    assert run(spoken, *RENDER).returncode == 0
    after = stored(spoken)
    assert len(after.items() - before.items()) == 1
    assert "There it is." in (spoken / DRAFT / "lecture.txt").read_text()


@pytest.mark.slow
def test_takes_are_used_and_what_is_missing_or_bad_is_named(spoken: Path, run: Callable) -> None:
    takes = spoken / "voice" / "ch01"
    takes.mkdir(parents=True)
    with wave.open(str(takes / "03.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        tone = 8000 * np.sin(np.arange(22_050) * 0.1)
        file.writeframes(tone.astype(np.int16).tobytes())
    (takes / "02.mp3").write_text("no sound")
    outcome = run(spoken, *RENDER, "--voice", "voice/")
    assert outcome.returncode == 0
    bad, *missing = told(outcome.stderr)
    assert bad.startswith("voice/ch01/02.mp3 is not a sound file that can be read: ")
    assert missing == ["no take in voice/ch02 of beat 01", "no take in voice/ch04 of beat 01"]
    record = read_record(spoken / DRAFT / CHAPTERS[0])
    assert record is not None
    assert record.beats[2].end - record.beats[2].start == pytest.approx(1.05, abs=0.1)

    before = stored(spoken)
    (takes / "03.wav").write_bytes((takes / "03.wav").read_bytes()[:30_000])
    again = run(spoken, "plan", "--quality", "draft", "--voice", "voice/").stdout
    assert "voice/ch01/03.wav changed" in again
    run(spoken, *RENDER, "--voice", "voice/")
    assert len(stored(spoken).items() - before.items()) == 1


def test_a_folder_that_is_not_there_is_refused(project: Path, run: Callable) -> None:
    outcome = run(project, *RENDER, "--voice", "nowhere/")
    assert outcome.returncode == 2
    assert outcome.stderr == "nowhere/ is no folder of takes, such as nowhere/ch07/03.wav\n"


@pytest.mark.slow
def test_without_a_voice_the_film_is_silent(spoken: Path, run: Callable) -> None:
    assert run(spoken, *RENDER, "--voice", "none").returncode == 0
    assert tracks(spoken / LECTURE) == []


@pytest.mark.slow
def test_a_broken_voice_is_told_in_a_line_and_the_film_is_silent(
    spoken: Path, run: Callable
) -> None:
    shutil.rmtree(spoken / "build")
    (spoken / "hibari.py").write_text("raise ImportError('a file is damaged')")
    outcome = run(spoken, *RENDER)
    silent = "the built-in voice cannot speak: a file is damaged; the film is silent"
    assert (outcome.returncode, told(outcome.stderr)) == (0, [silent])
    assert tracks(spoken / LECTURE) == []
    (spoken / "hibari.py").unlink()
    assert run(spoken, *RENDER).returncode == 0
    assert tracks(spoken / LECTURE) == [("aac", RATE)]
