"""Join films without encoding anything anew, with captions and chapter marks inside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream

from pipeline.film.captions import Cue
from pipeline.language import ENGLISH, track_language
from pipeline.voice.sound import RATE, Sound, encoded

SPEECH_BITS = 128_000
"""Bits a second of the sound: one voice is transparent at that."""
MILLISECOND = Fraction(1, 1000)
# The shortest header from which libav writes a QuickTime text style that players accept.
CAPTION_STYLE = (
    b"[V4+ Styles]\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, Alignment\n"
    b"Style: Default,Sans,16,&Hffffff,2\n"
)


class AssemblyError(RuntimeError):
    """A film is not what was promised."""


class Mark(NamedTuple):
    """A chapter mark: its title, and its length in frames from the end of the one before."""

    title: str
    frames: int


@dataclass(frozen=True)
class Part:
    """A film to be joined: how it was encoded, and the rank in time of each packet as stored."""

    film: Path
    encoding: tuple[int, int, bytes | None]
    ranks: tuple[int, ...]

    @property
    def reordering(self) -> int:
        """By how many frames decoding runs ahead of showing."""
        return max(position - rank for position, rank in enumerate(self.ranks))


def join(
    films: Sequence[Path],
    target: Path,
    frame_rate: int,
    cues: Sequence[Cue] = (),
    marks: Sequence[Mark] = (),
    tags: Mapping[str, str] | None = None,
    language: str = ENGLISH,
    sound: Sound | None = None,
) -> int:
    """Join ``films`` into the mp4 ``target`` at exactly ``frame_rate``; return its frame count.

    Packets are copied; only their times are written anew, so that picture n stands at
    n / frame_rate whatever rounding the parts brought along. The index goes first, for players
    that stream. ``tags`` such as a title are what players and libraries call the film by;
    ``language`` is the tag of that of the cues. A ``sound`` as long as all of them becomes a track.

    Raises:
        AssemblyError: a part is empty, was encoded differently from the first, or got lost.
    """
    parts = [_read_part(film) for film in films]
    for part in parts:
        if part.encoding != parts[0].encoding:
            raise AssemblyError(f"{part.film} was encoded differently from {parts[0].film}")
    with (
        av.open(films[0]) as first,
        av.open(target, "w", container_options={"movflags": "+faststart"}) as container,
    ):
        container.metadata.update(tags or {})
        video = container.add_stream_from_template(first.streams.video[0])
        audio = _add_audio(container, language) if sound is not None else None
        captions = _add_captions(container, language) if cues else None
        _add_marks(container, marks, frame_rate)
        container.start_encoding()
        if captions is not None:
            for packet in _caption_packets(cues):
                packet.stream = captions
                container.mux(packet)
        if audio is not None and sound is not None:
            container.mux([*encoded(sound, audio)])
        for packet in _video_packets(parts, frame_rate):
            packet.stream = video
            container.mux(packet)
    frames = sum(len(part.ranks) for part in parts)
    verify(target, frames, frame_rate)
    return frames


def verify(film: Path, frames: int, frame_rate: int) -> None:
    """Make sure that ``film`` has ``frames`` pictures, one every 1 / frame_rate seconds from zero.

    Raises:
        AssemblyError: it has not.
    """
    with av.open(film) as container:
        packets = (packet for packet in container.demux(video=0) if packet.size)
        times = sorted((packet.pts or 0) * packet.time_base for packet in packets)
    if len(times) != frames:
        raise AssemblyError(f"{film} has {len(times)} frames instead of {frames}")
    if times != [Fraction(number, frame_rate) for number in range(frames)]:
        raise AssemblyError(f"{film} does not show one frame every 1/{frame_rate} s")


def _read_part(film: Path) -> Part:
    with av.open(film) as container:
        stream = container.streams.video[0]
        times = [packet.pts or 0 for packet in container.demux(stream) if packet.size]
        encoding = (stream.width, stream.height, stream.codec_context.extradata)
    if not times:
        raise AssemblyError(f"{film} has no frames")
    rank = {time: number for number, time in enumerate(sorted(times))}
    if len(rank) != len(times):
        raise AssemblyError(f"{film} shows two frames at one time")
    return Part(film, encoding, tuple(rank[time] for time in times))


def _video_packets(parts: Sequence[Part], frame_rate: int) -> Iterator["Packet[Any]"]:
    """The packets of ``parts`` in order, timed in frames of the whole.

    Decoding runs ahead by as much as the most reordered part needs, so that it never falls behind
    showing and never steps back where parts meet.
    """
    ahead = max(part.reordering for part in parts)
    start = 0
    for part in parts:
        with av.open(part.film) as container:
            packets = (packet for packet in container.demux(video=0) if packet.size)
            for position, (packet, rank) in enumerate(zip(packets, part.ranks, strict=True)):
                packet.time_base = Fraction(1, frame_rate)
                packet.pts = start + rank
                packet.dts = start + position - ahead
                packet.duration = 1
                yield packet
        start += len(part.ranks)


def _add_audio(container: OutputContainer, language: str) -> AudioStream:
    # FFmpeg's usual coder, `twoloop`, now and then makes a peak 3 dB higher; this one 0.4 at most.
    coder = {"aac_coder": "fast"}
    stream = container.add_stream("aac", rate=RATE, layout="mono", options=coder)
    stream.bit_rate = SPEECH_BITS
    stream.metadata["language"] = track_language(language)
    return stream


def _add_captions(container: OutputContainer, language: str) -> SubtitleStream:
    stream = container.add_stream("mov_text")
    stream.time_base = MILLISECOND
    stream.codec_context.subtitle_header = CAPTION_STYLE
    stream.metadata["language"] = track_language(language)
    return stream


def _caption_packets(cues: Sequence[Cue]) -> Iterator["Packet[Any]"]:
    """3GPP timed text (TS 26.245): the length in two bytes, then the text itself."""
    for cue in cues:
        text = cue.text.encode()
        packet: Packet[Any] = Packet(len(text).to_bytes(2, "big") + text)
        packet.time_base = MILLISECOND
        packet.pts = packet.dts = cue.start
        packet.duration = cue.end - cue.start
        yield packet


def _add_marks(container: OutputContainer, marks: Sequence[Mark], frame_rate: int) -> None:
    ends = list(accumulate(mark.frames for mark in marks))
    container.set_chapters(
        [
            {
                "id": number,
                "start": end - mark.frames,
                "end": end,
                "time_base": Fraction(1, frame_rate),
                "metadata": {"title": mark.title},
            }
            for number, (mark, end) in enumerate(zip(marks, ends, strict=True))
        ]
    )
