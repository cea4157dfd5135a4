"""Captions against independent readers: libav's WebVTT demuxer, and the sentences themselves."""

import html
import io
import textwrap
from itertools import accumulate

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cache.record import Beat
from pipeline.film.captions import Cue, beat_cues, caption_lines, film_cues, webvtt

LINE_LENGTH, LINES = 42, 2  # Netflix Timed Text Style Guide
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=LINE_LENGTH
)
sentences = st.lists(words, min_size=1, max_size=40).map(" ".join)
# A beat lasts at least 1.5 s, which is long enough for every cue to have a millisecond of its own.
beats = st.builds(
    lambda sentence, start, length: Beat(sentence, start, start + length),
    sentences,
    st.floats(0, 4000),
    st.floats(1.5, 60),
)


@given(sentences)
def test_lines_hold_every_word_in_order_and_fit(sentence: str) -> None:
    lines = caption_lines(sentence)
    assert " ".join(lines) == sentence
    assert max(map(len, lines)) <= LINE_LENGTH


@given(sentences)
def test_one_line_if_it_fits_and_two_if_they_do(sentence: str) -> None:
    greedy = textwrap.wrap(sentence, LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    if len(greedy) <= LINES:
        assert len(caption_lines(sentence)) == len(greedy)


@given(words, words)
def test_two_lines_are_broken_where_the_longer_is_shortest(first: str, second: str) -> None:
    sentence = f"{first} {second} {first} {second} {first}"
    parts = sentence.split()
    lines = caption_lines(sentence)
    if len(lines) == 2:
        breaks = range(1, len(parts))
        best = min(max(len(" ".join(parts[:k])), len(" ".join(parts[k:]))) for k in breaks)
        assert max(map(len, lines)) == best


@given(beats, st.floats(0, 4000))
def test_cues_fill_their_beat_back_to_back(beat: Beat, offset: float) -> None:
    cues = list(beat_cues(beat, offset))
    assert " ".join(" ".join(cue.text.split("\n")) for cue in cues) == beat.sentence
    assert all(len(cue.text.split("\n")) <= LINES for cue in cues)
    assert [cue.end for cue in cues[:-1]] == [cue.start for cue in cues[1:]]
    # half a millisecond: times are rounded to whole ones
    assert cues[0].start == pytest.approx(1000 * (offset + beat.start), abs=0.51)
    assert cues[-1].end == pytest.approx(1000 * (offset + beat.end), abs=0.51)


def test_a_long_sentence_gives_each_cue_time_for_its_letters() -> None:
    sentence = "ten letter " * 20
    first, *_, last = beat_cues(Beat(sentence, 0.0, 12.0))
    rate = len(first.text) / (first.end - first.start)
    # a cue's line break counts as the blank it stands for, so the rates differ by under a tenth
    assert len(last.text) / (last.end - last.start) == pytest.approx(rate, rel=0.1)


def test_what_needs_three_lines_is_said_in_two_full_cues() -> None:
    sentence = "word " * 22
    assert [cue.text.count("\n") for cue in beat_cues(Beat(sentence, 0.0, 6.0))] == [1, 1]


def test_a_silent_beat_has_no_cue() -> None:
    assert film_cues([([Beat("", 0.0, 2.0), Beat("  ", 2.0, 3.0)], 45)], 15) == []


def test_a_chapter_starts_after_the_frames_before_it_not_after_their_beats() -> None:
    chapters = [([Beat("one", 0.0, 0.9)], 16), ([Beat("two", 0.1, 0.9)], 15)]
    assert film_cues(chapters, 15) == [Cue("one", 0, 900), Cue("two", 1167, 1967)]


@given(st.lists(st.tuples(sentences, st.integers(1500, 60_000)), max_size=8))
def test_libav_reads_back_what_webvtt_says(spoken: list[tuple[str, int]]) -> None:
    starts = accumulate((length for _, length in spoken), initial=0)
    cues = [
        Cue("\n".join(caption_lines(sentence)[:LINES]), start, start + length)
        for start, (sentence, length) in zip(starts, spoken, strict=False)
    ]
    read = []
    with av.open(io.BytesIO(webvtt(cues).encode()), format="webvtt") as container:
        for packet in container.demux(subtitles=0):
            if packet.size:
                payload = bytes(packet).decode()
                assert "<" not in payload
                assert "-->" not in payload
                read.append((html.unescape(payload), packet.pts, packet.duration))
    assert read == [(cue.text, cue.start, cue.end - cue.start) for cue in cues]
