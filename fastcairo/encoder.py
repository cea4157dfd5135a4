"""PatchEncoder: converts from RGBA to yuv420p only what changed, and a pause once.

Waste removed: stock Manim copies each frame into a new AVFrame and converts all of it, during a
pause even once for every frame that it lasts, and hands each of those to x264 (see `stills`).
"""

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.packet import Packet
from av.video.frame import PictureType
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from manim._config.video_encoder import VideoEncoderSpec
from manim.typing import PixelArray
from numpy.typing import NDArray

from fastcairo.skipping import still_of
from fastcairo.stills import Splicer
from fastcairo.tiles import Rectangle, Tiles

FORMAT = "yuv420p"

OVERLAP = 2
"""Pixels converted around a tile: the colour of two by two is weighed with their neighbours'. Of
those one counts, and a side is even."""

MANY = 0.4
"""Of all tiles: beyond that, one conversion of the whole is faster than one of each run."""


class Converter:
    """Keeps one picture in yuv420p and brings it up to date tile by tile."""

    def __init__(self, width: int, height: int) -> None:
        self.tiles = Tiles(width, height)
        self.frame = av.VideoFrame(width, height, FORMAT)
        self._planes = planes(self.frame)
        self._known = False
        # A reformatter prepares itself for one size, which takes longer than many a conversion,
        # and a megabyte for a large one.
        self._reformatters: dict[tuple[int, ...], VideoReformatter] = {}

    def take(self, pixels: PixelArray) -> int:
        """Keep ``pixels`` (height, width, 4), RGBA, instead; return the tiles that changed."""
        tiles = self.tiles
        stale: int = getattr(pixels, "changed", tiles.all) if self._known else tiles.all
        if stale.bit_count() > MANY * tiles.all.bit_count():
            self._convert(pixels, Rectangle(0, 0, tiles.width, tiles.height, tiles.all))
        else:
            for part in tiles.rectangles(stale):
                self._convert(pixels, part)
        self._known = True
        return stale

    def _convert(self, pixels: PixelArray, part: Rectangle) -> None:
        left, top = max(part.left - OVERLAP, 0), max(part.top - OVERLAP, 0)
        window = np.asarray(pixels)[top : part.bottom + OVERLAP, left : part.right + OVERLAP]
        source = av.VideoFrame.from_numpy_buffer(cast("NDArray[np.uint8]", window), "rgba")
        reformatter = self._reformatters.get(window.shape)
        if reformatter is None:
            reformatter = self._reformatters[window.shape] = VideoReformatter()
        # By default it wakes as many threads as there are cores, even for one tile.
        converted = reformatter.reformat(source, format=FORMAT, threads=1)
        for plane, patch, scale in zip(self._planes, planes(converted), (1, 2, 2), strict=True):
            rows, columns = (
                -(-(part.bottom - part.top) // scale),
                -(-(part.right - part.left) // scale),
            )
            y, x = part.top // scale, part.left // scale
            from_y, from_x = (part.top - top) // scale, (part.left - left) // scale
            plane[y : y + rows, x : x + columns] = patch[
                from_y : from_y + rows, from_x : from_x + columns
            ]


class PatchEncoder:
    """Encodes one segment; made, fed and finished like Manim's ``VideoSegmentEncoder``.

    ``spec`` is a ``VideoEncoderSpec`` of Manim's whose pixel format is yuv420p.
    """

    def __init__(self, *, target: Path, spec: VideoEncoderSpec) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        self.target = target
        self._tick = 1 / Fraction(spec.frame_rate)
        self._frames = 0
        self._converter = Converter(spec.width, spec.height)
        self._container = av.open(target, "w", format=spec.container_format)
        still = still_of(spec)
        self._splicer = None if still is None else Splicer(still)
        stream = self._container.add_stream(
            spec.codec, rate=spec.frame_rate, options=dict(spec.options)
        )
        self._stream = cast("VideoStream", stream)
        self._stream.pix_fmt = spec.pixel_format
        self._stream.width, self._stream.height = spec.width, spec.height

    def write_frame(self, pixels: PixelArray, *, repeat: int = 1) -> None:
        """Show ``pixels`` (height, width, 4), RGBA, for ``repeat`` frames."""
        stands = not self._converter.take(pixels)
        for _ in range(repeat):
            self._show(stands)
            stands = True

    def finish(self) -> None:
        """Write what the encoder still holds, and close the file."""
        self._write(self._stream.encode(None))
        if self._splicer is not None:
            self._mux(self._splicer.stand(self._frames, self._tick))
        self._container.close()

    def abort(self) -> None:
        """Close and remove the file."""
        with suppress(av.FFmpegError):
            self._container.close()
        self.target.unlink(missing_ok=True)

    def _show(self, stands: bool) -> None:
        """Add a frame; if the picture ``stands``, one that repeats the frame before."""
        number, frame = self._frames, self._converter.frame
        self._frames += 1
        if self._splicer is not None:
            is_key = self._splicer.still.is_key(number)
            if stands and not is_key:
                return
            frame.pict_type = PictureType.I if is_key else PictureType.NONE
        frame.pts, frame.time_base = number, self._tick
        self._write(self._stream.encode(frame))

    def _write(self, encoded: "Iterable[Packet[Any]]") -> None:
        self._mux(encoded if self._splicer is None else self._splicer.splice(encoded))

    def _mux(self, packets: "Iterable[Packet[Any]]") -> None:
        for packet in packets:
            packet.stream = self._stream
            self._container.mux(packet)


def planes(frame: av.VideoFrame) -> list[NDArray[np.uint8]]:
    """Luminance, blue and red difference of ``frame``, each (rows, columns), not copied."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[
            :, : plane.width
        ]
        for plane in frame.planes
    ]
