"""Sound is levelled and trimmed, and a lecturer's takes are used, or refused in a line."""

import time
import wave
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.voice import speaker
from pipeline.voice.chosen import SILENT, takes_of
from pipeline.voice.sound import (
    LOUDNESS,
    RATE,
    TRUE_PEAK,
    Sound,
    from_file,
    levelled,
    loudness,
    trimmed,
    write_flac,
)
from pipeline.voice.speaker import Speaker, Utterance, built_in, sound_path
from pipeline.voice.takes import align, told_of_takes

SENTENCE = "Let it run on, and the line hardly stirs."


@pytest.fixture(scope="module")
def said() -> Sound:
    return built_in(SENTENCE)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voice" / "ch07").mkdir(parents=True)
    return tmp_path / "voice"


def write(path: Path, sound: Sound, rate: int = RATE, layout: str = "mono") -> None:
    """A sound file of the format that its name says."""
    codec = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "libmp3lame"}[path.suffix]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(stream.format.name, layout, rate)
        frame = av.AudioFrame.from_ndarray(sound[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = RATE
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            for packet in stream.encode(part):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)


def silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * RATE), np.float32)


@pytest.mark.parametrize("gain", [0.02, 0.3, 1.0])
def test_speech_is_levelled_and_its_peaks_are_kept_down(said: Sound, gain: float) -> None:
    heard, peak = loudness(levelled(gain * said / np.abs(said).max()))
    assert heard == pytest.approx(LOUDNESS, abs=0.5)
    assert peak < -1.5


def test_no_peak_between_two_samples_passes_the_limit(said: Sound) -> None:
    for sharpness in np.linspace(1, 1.5, 6):
        _, peak = loudness(levelled(np.sign(said) * np.abs(said) ** np.float32(sharpness)))
        assert peak <= TRUE_PEAK + 0.05


def test_trimming_leaves_the_speech_and_no_click(said: Sound) -> None:
    sound, cut = trimmed(np.concatenate([silence(1.5), said, silence(2)]))
    assert cut == pytest.approx(1.5, abs=0.03)
    assert len(sound) == pytest.approx(len(said), abs=0.15 * RATE)
    assert abs(sound[0]) < 1e-3 > abs(sound[-1])


@pytest.mark.parametrize(
    ("name", "rate", "layout"),
    [("03.wav", 44_100, "stereo"), ("03.flac", 96_000, "mono"), ("03.mp3", 24_000, "mono")],
)
def test_a_take_of_any_format_is_used(
    said: Sound, folder: Path, tmp_path: Path, name: str, rate: int, layout: str
) -> None:
    write(folder / "ch07" / name, np.concatenate([silence(0.7), said]), rate, layout)
    speaks = Speaker(7, str(folder), folder=tmp_path / "kept")
    spoken = speaks(3, SENTENCE, SENTENCE)
    assert spoken is not None
    assert spoken.seconds == pytest.approx(len(said) / RATE, abs=0.1)
    built = Speaker(7, folder=tmp_path / "kept")(3, SENTENCE, SENTENCE)
    assert built is not None
    assert spoken.key != built.key
    # The take is the voice's own sound, so its words are where the voice has them.
    assert np.allclose(spoken.starts, built.starts, atol=0.06)
    kept = from_file(sound_path(spoken.key, tmp_path / "kept"))
    assert loudness(kept)[0] == pytest.approx(LOUDNESS, abs=0.5)
    assert not [*told_of_takes(str(folder), 7, ["", "", SENTENCE])]


def test_a_slower_take_is_aligned_word_by_word(said: Sound) -> None:
    starts = built_in(SENTENCE)[1]
    pause = int((starts[4] - 0.1) * RATE)  # at the comma
    slower = np.concatenate([said[:pause], silence(0.6), said[pause:]])
    later = [start + 0.6 * (start * RATE > pause) for start in starts]
    assert np.allclose(align(starts, said, slower), later, atol=0.12)


def clipped(sound: Sound) -> Sound:
    return np.clip(30 * sound, -1, 1)


BAD = {
    "is not a sound file that can be read": None,
    "is silent": lambda sound: 0 * sound,
    "is clipped": clipped,
    "is 600 s long; 90 s is the most": lambda sound: np.resize(sound, 600 * RATE),
}


def test_an_empty_take_gets_a_line(folder: Path) -> None:
    path = folder / "ch07" / "02.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
    assert [*told_of_takes(str(folder), 7, ["", SENTENCE])] == [f"{path} is empty: 0 s of sound"]


@pytest.mark.parametrize("told", BAD)
def test_a_bad_take_gets_a_line_and_is_not_used(
    told: str, said: Sound, folder: Path, tmp_path: Path
) -> None:
    path = folder / "ch07" / "02.wav"
    make = BAD[told]
    if make is None:
        path.write_text("this is no sound")
    else:
        write(path, make(said))
    (line,) = told_of_takes(str(folder), 7, ["", SENTENCE])
    assert line.startswith(f"{path} {told}")
    spoken = Speaker(7, str(folder), folder=tmp_path / "kept")(2, SENTENCE, SENTENCE)
    built = Speaker(7, folder=tmp_path / "kept")(2, SENTENCE, SENTENCE)
    assert spoken == built


def test_a_take_of_a_sentence_that_has_changed_is_named_and_not_used(
    said: Sound, folder: Path, tmp_path: Path
) -> None:
    path = folder / "ch07" / "02.wav"
    write(path, said)
    speaks = Speaker(7, str(folder), folder=tmp_path / "kept")
    first = speaks(2, SENTENCE, SENTENCE)
    changed = speaks(2, "Let it run.", "Let it run.")
    assert first is not None
    assert changed == Speaker(7, folder=tmp_path / "kept")(2, "Let it run.", "Let it run.")
    (line,) = told_of_takes(str(folder), 7, ["", "Let it run."])
    assert line == f"{path} was made of another sentence: {SENTENCE}"
    write(path, said[: len(said) // 2])  # recorded again, it is taken to be of what is said now
    speaks = Speaker(7, str(folder), folder=tmp_path / "kept")
    assert speaks(2, "Let it run.", "Let it run.") != changed
    assert not [*told_of_takes(str(folder), 7, ["", "Let it run."])]


def test_beats_without_a_take_are_named(said: Sound, folder: Path) -> None:
    write(folder / "ch07" / "02.wav", said)
    assert [*takes_of(str(folder), 7)] == [1]
    lines = [*told_of_takes(str(folder), 7, ["", SENTENCE, "More.", "", "Most."])]
    assert lines == [f"no take in {folder}/ch07 of beat 03, 05"]


def test_of_two_takes_of_a_beat_the_one_not_used_is_named(said: Sound, folder: Path) -> None:
    for name in ("01.flac", "01.wav"):
        write(folder / "ch07" / name, said)
    (line,) = told_of_takes(str(folder), 7, [SENTENCE])
    assert (
        line
        == f"{folder / 'ch07/01.flac'} is not used: {folder / 'ch07/01.wav'} is of the same beat"
    )


def test_another_language_and_no_voice_are_silent(tmp_path: Path) -> None:
    assert Speaker(7, language="de", folder=tmp_path)(2, "Es hält an.", "It stops.") is None
    assert Speaker(7, SILENT, folder=tmp_path)(2, "It stops.", "It stops.") is None


def test_what_is_kept_is_as_it_was_said(said: Sound, tmp_path: Path) -> None:
    write_flac(tmp_path / "it.flac", said)
    assert np.allclose(from_file(tmp_path / "it.flac"), said, atol=1e-4)


def _speak_slowly(folder: Path) -> Utterance | None:
    write = speaker.write_flac

    def slowly(path: Path, sound: Sound) -> None:
        write(path, sound)
        time.sleep(0.2)

    speaker.write_flac = slowly
    return Speaker(7, folder=folder)(2, SENTENCE, SENTENCE)


@pytest.mark.slow
def test_workers_that_come_to_one_sentence_do_not_get_into_each_other_s_way(
    tmp_path: Path,
) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as workers:
        spoken = [*workers.map(_speak_slowly, [tmp_path] * 4)]
    assert spoken[0] is not None
    assert len(set(spoken)) == 1
    assert not [*tmp_path.glob(".part-*")]


@pytest.mark.parametrize("suffix", [".flac", ".json"])
def test_a_damaged_sound_is_spoken_again(tmp_path: Path, suffix: str) -> None:
    first = Speaker(7, folder=tmp_path)(2, SENTENCE, SENTENCE)
    assert first is not None
    whole = sound_path(first.key, tmp_path).read_bytes()
    damaged = (tmp_path / first.key).with_suffix(suffix)
    damaged.write_bytes(b"{}" if suffix == ".json" else whole[:-1000] + bytes(1000))
    assert Speaker(7, folder=tmp_path)(2, SENTENCE, SENTENCE) == first
    assert sound_path(first.key, tmp_path).read_bytes() == whole
