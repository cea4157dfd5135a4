"""What a small film is encoded as, by the options that x264 is given."""

from fractions import Fraction

from manim._config.video_encoder import VideoEncoderSpec

WIDTH, HEIGHT, RATE = 330, 170, 30
X264 = "cabac=1:8x8dct=1:scenecut=0"


def small_film(**options: str) -> VideoEncoderSpec:
    """The cheapest x264 in one thread; other ``options`` with - for each _."""
    return VideoEncoderSpec(
        container_format="mp4",
        codec="libx264",
        pixel_format="yuv420p",
        width=WIDTH,
        height=HEIGHT,
        frame_rate=Fraction(RATE),
        options=(
            ("preset", "ultrafast"),
            ("threads", "1"),
            *((name.replace("_", "-"), value) for name, value in options.items()),
        ),
    )


AS_WE_DO = small_film(qp="18", x264_params=X264)
"""Simple enough for stills."""
