"""Stills: frames that repeat the one before, put between x264's packets without asking x264.

Waste removed: of a picture that stands still x264 looks at each macroblock again, at 1080p 8160 of
them, only to find that all can be skipped. A third of a lecture's frames stand still.

A slice in which every macroblock is skipped holds nothing of the picture. All that differs from one
such slice to the next is ``frame_num`` in its header (ITU-T H.264, 7.3.3), which counts the frames
from the last keyframe on (7.4.3), and so tells in which order they are shown, too (8.2.1.3). So one
such slice of x264's is put in again and again, and it and all others get the number of their place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av.packet import Packet

START = b"\0\0\0\1\x41"
"""A start code and the header of a NAL unit (7.3.1): a slice of a frame that others refer to."""

SLICE = 0x9A03
"""Two bytes that follow, with 0 for ``frame_num``: from macroblock 0 on, of type P, nothing said of
references, first contexts, the quality of the whole film (7.3.3). Neither byte is 0 whatever the
number, so that they take no part in what looks like a start code, nor in its prevention (7.4.1)."""

LOWEST, NUMBERS = 5, 16
"""``frame_num`` in these bytes: its lowest bit, and how many numbers it counts through."""


class UnexpectedSliceError(RuntimeError):
    """x264 wrote something else than when it was tried."""


@dataclass(frozen=True)
class Still:
    """The ``packet`` of a frame that repeats the one before, and how often it cannot be one.

    Every ``interval`` frames a keyframe is due, or a player that seeks would decode for long.
    """

    packet: bytes
    interval: int

    def is_key(self, frame: int) -> bool:
        """Whether ``frame``, from 0, is to be a keyframe, even if it repeats the one before."""
        return frame % self.interval == 0

    def number(self, packet: "Packet[Any]") -> None:
        """Give ``packet``, of frame ``packet.pts``, its place after the last keyframe.

        Raises:
            UnexpectedSliceError: it is no single slice of the expected kind.
        """
        frame = packet.pts or 0
        if packet.is_keyframe != self.is_key(frame):
            raise UnexpectedSliceError(f"frame {frame} is a keyframe, or ought to be one")
        if not packet.is_keyframe:
            data = bytes(packet)
            end = len(START) + 2
            header = int.from_bytes(data[len(START) : end])
            if not data.startswith(START) or header & ~numbered(NUMBERS - 1) != SLICE:
                raise UnexpectedSliceError(f"frame {frame} is not one slice of the usual kind")
            header = SLICE | numbered(frame % self.interval)
            packet.update(START + header.to_bytes(2) + data[end:])


class Splicer:
    """Completes the packets of one film: where x264 was given no frame, the film stands still."""

    def __init__(self, still: Still) -> None:
        self.still = still
        self._next = 0

    def splice(self, packets: Iterable["Packet[Any]"]) -> Iterator["Packet[Any]"]:
        """Go on with ``packets``, whose times are the numbers of their frames, and what is between.

        Raises:
            UnexpectedSliceError: one of them is not what x264 wrote when it was tried.
        """
        for packet in packets:
            assert packet.pts is not None
            yield from self.stand(packet.pts, packet.time_base)
            self.still.number(packet)
            yield packet
            self._next += 1

    def stand(self, end: int, tick: Fraction) -> Iterator["Packet[Any]"]:
        """Stand still up to frame ``end``, which is not included; each lasts ``tick`` seconds."""
        for frame in range(self._next, end):
            packet: Packet[Any] = Packet(len(self.still.packet))
            packet.update(self.still.packet)
            packet.pts = packet.dts = frame
            packet.time_base = tick
            self.still.number(packet)
            yield packet
        self._next = end


def numbered(place: int) -> int:
    """The bits that ``frame_num`` sets in a slice so many frames after its keyframe."""
    return place % NUMBERS << LOWEST
