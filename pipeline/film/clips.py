"""Cut the film of a chapter into clips, one a beat, without encoding anything anew."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from itertools import accumulate
from typing import Any, NamedTuple

import av
from av.packet import Packet
from PIL.Image import Image

from pipeline.cache.record import Rendered
from pipeline.cache.storyboard import END
from pipeline.film.assemble import AssemblyError
from pipeline.film.frames import pictures


class Clip(NamedTuple):
    """A beat by itself: its sentence, its film as mp4, its seconds, and its last frame."""

    sentence: str
    film: bytes
    seconds: float
    last: Image


def clips(chapter: Rendered) -> Iterator[Clip]:
    """The beats of ``chapter`` in order; what is played after the last one goes with it.

    A beat of no frames has no clip.

    Raises:
        AssemblyError: the packets of a beat are not those of a film that can stand alone.
        OSError, ValueError, IndexError: the film is damaged.
    """
    lengths = _lengths(chapter)
    ends = list(accumulate(lengths))
    stills = pictures(chapter.film, (end - 1 for end in ends if end))
    with av.open(chapter.film) as film:
        video, audio = film.streams.video[0], film.streams.audio
        packets = [packet for packet in film.demux(video, *audio) if packet.size]
        shown = [packet for packet in packets if packet.stream.type == "video"]
        sound = [packet for packet in packets if packet.stream.type == "audio"]
        for beat, frames, end in zip(chapter.beats, lengths, ends, strict=True):
            if frames:
                start = end - frames
                cut = _mp4(shown[start:end], sound, start, chapter.frame_rate)
                _, last = next(stills)
                yield Clip(beat.sentence, cut, frames / chapter.frame_rate, last)


def _lengths(chapter: Rendered) -> list[int]:
    """The frames of each beat."""
    lengths: list[int] = []
    for part in chapter.parts:
        if part.place.site != END:
            lengths.append(part.frames)
        elif lengths:
            lengths[-1] += part.frames
    return lengths


def _mp4(
    shown: Sequence["Packet[Any]"], sound: Sequence["Packet[Any]"], start: int, rate: int
) -> bytes:
    """An mp4 of the frames ``shown`` from number ``start`` on, with its own piece of ``sound``."""
    frame = Fraction(1, rate)
    ranks = [round((p.pts or 0) * float(p.time_base / frame)) - start for p in shown]
    if sorted(ranks) != [*range(len(ranks))] or not shown[0].is_keyframe:
        raise AssemblyError(f"what begins at frame {start} is no film that can stand alone")
    # Decoding runs ahead of showing by as much as the most reordered frame needs.
    ahead = max(position - rank for position, rank in enumerate(ranks))
    target = BytesIO()
    with av.open(target, "w", format="mp4") as container:
        video = container.add_stream_from_template(shown[0].stream)
        if sound:
            audio = container.add_stream_from_template(sound[0].stream)
            ticks = frame / sound[0].time_base
            begin, end = round(start * ticks), round((start + len(shown)) * ticks)
            container.start_encoding()
        for packet in sound:
            time, length = packet.pts or 0, packet.duration or 0
            # A packet is decoded with the help of the one before, which itself is not heard.
            if begin - 2 * length < time < end:
                # Where two beats meet, both have it.
                copy: Packet[Any] = Packet(bytes(packet))
                copy.stream, copy.time_base = audio, packet.time_base
                copy.pts = copy.dts = time - begin
                copy.duration = length
                container.mux(copy)
        for position, (packet, rank) in enumerate(zip(shown, ranks, strict=True)):
            packet.stream = video
            packet.time_base = frame
            packet.pts, packet.dts, packet.duration = rank, position - ahead, 1
            container.mux(packet)
    return target.getvalue()
