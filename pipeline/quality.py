"""Define the picture sizes and frame rates that draft, medium and high stand for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """A picture size in pixels and a frame rate in frames a second."""

    name: str
    width: int
    height: int
    frame_rate: int

    def __str__(self) -> str:
        """Say it as an editor would: ``1920×1080 at 60 fps``."""
        return f"{self.width}×{self.height} at {self.frame_rate} fps"


QUALITIES = {
    quality.name: quality
    for quality in (
        Quality("draft", 854, 480, 15),
        Quality("medium", 1280, 720, 30),
        Quality("high", 1920, 1080, 60),
    )
}
