"""Whether x264 can be spared the frames that stand still: it has to write slices as `stills` does.

It is asked what it does, looked at, and tried. Better slow than wrong.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

import av
import numpy as np
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from manim._config.video_encoder import VideoEncoderSpec

from fastcairo.stills import SLICE, START, Splicer, Still, UnexpectedSliceError, numbered

SAID = frozenset(
    b"cabac=1 ref=1 threads=1 interlaced=0 bframes=0 weightp=0 scenecut=0 intra_refresh=0 rc=cqp"
    b"".split()
)
"""What x264 has to say of itself in its first packet: each frame is seen against the one before, in
one slice, at one quality however many there are, and keyframes come only when they are due."""

INTERVAL = re.compile(rb" keyint=(\d+) ")

PARAMETERS = re.compile(rb"\x00\x00\x01\x67...\xac[\xb0-\xbf]", re.DOTALL)
"""How the parameters of a film begin (ITU-T H.264, 7.3.2.1.1) after its profile and level: set 0,
4:2:0, eight bits, no scaling lists, four bits of ``frame_num``, shown as counted by it (type 2)."""

WIDTH, HEIGHT = 160, 90


@cache
def still_of(spec: VideoEncoderSpec) -> Still | None:
    """The still for a film encoded as ``spec`` says; None if x264 has to see each repetition."""
    try:
        if spec.codec == "libx264" and _holds(replace(spec, width=WIDTH, height=HEIGHT)):
            return _still(spec)
    except (av.FFmpegError, UnexpectedSliceError, ValueError):
        # Whatever is wrong with the film of a trial is a reason not to go on.
        pass
    return None


def _holds(spec: VideoEncoderSpec) -> bool:
    """Whether a small film shows the same with stills put in as without them, only for longer."""
    still = _still(spec)
    if still is None:
        return False
    packets = _encoded(spec, {0: _ramp(spec, 1), 1: _ramp(spec, 3), 20: _ramp(spec, 2)})
    first, second, third = _decoded(packets)
    splicer = Splicer(still)
    spliced = [*splicer.splice(packets), *splicer.stand(24, 1 / spec.frame_rate)]
    return _decoded(spliced) == [first, *[second] * 19, *[third] * 4]


def _still(spec: VideoEncoderSpec) -> Still | None:
    """What x264 makes of a grey frame after its like, if all that it writes is as expected.

    Middle grey is what a block is taken for that has nothing to go by (8.3.1.2.3): the first frame
    is exact, and in the second all is skipped.
    """
    first, second = map(bytes, _encoded(spec, {0: _ramp(spec, 0), 1: _ramp(spec, 0)}))
    interval = INTERVAL.search(first)
    simple = (
        SAID.issubset(first.split())
        and PARAMETERS.search(first)
        and second.startswith(START + (SLICE | numbered(1)).to_bytes(2))
        and second.count(START[1:4]) == 1
    )
    return Still(second, int(interval[1])) if simple and interval else None


def _ramp(spec: VideoEncoderSpec, slope: int) -> av.VideoFrame:
    frame = av.VideoFrame(spec.width, spec.height, spec.pixel_format)
    for plane in frame.planes:
        line = (slope * np.arange(plane.line_size) + 128).astype(np.uint8)
        plane.update(bytes(line) * plane.height)
    return frame


def _encoded(spec: VideoEncoderSpec, frames: Mapping[int, av.VideoFrame]) -> "list[Packet[Any]]":
    """The packets of ``frames``, of which each stands under its number."""
    encoder = cast("VideoCodecContext", av.CodecContext.create(spec.codec, "w"))
    encoder.width, encoder.height, encoder.pix_fmt = spec.width, spec.height, spec.pixel_format
    encoder.framerate, encoder.time_base = spec.frame_rate, 1 / spec.frame_rate
    encoder.options = dict(spec.options)
    packets = []
    for number, frame in frames.items():
        frame.pts, frame.time_base = number, encoder.time_base
        packets += encoder.encode(frame)
    return packets + encoder.encode(None)


def _decoded(packets: "Sequence[Packet[Any]]") -> list[bytes]:
    """The pictures of ``packets``; a fault in them is an error."""
    decoder = av.CodecContext.create("h264", "r")
    decoder.options = {"err_detect": "explode"}
    frames = [frame for packet in packets for frame in decoder.decode(packet)]
    return [frame.to_ndarray().tobytes() for frame in frames + decoder.decode(None)]
