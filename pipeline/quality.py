"""Define the sizes and frame rates that draft, medium and high stand for, and name the themes."""

from dataclasses import dataclass
from pathlib import Path

THEMES = ("dark", "light")
"""The palettes of the kit's theme, the usual one first."""


@dataclass(frozen=True)
class Quality:
    """A picture size in pixels, a frame rate in frames a second, and the theme of the pictures."""

    name: str
    width: int
    height: int
    frame_rate: int
    theme: str = THEMES[0]

    @property
    def folder(self) -> str:
        """What its folder is called: films of another theme than the usual have their own."""
        return self.name if self.theme == THEMES[0] else f"{self.name}-{self.theme}"

    def __str__(self) -> str:
        """Say it as an editor would: ``1920×1080 at 60 fps``."""
        return f"{self.width}×{self.height} at {self.frame_rate} fps"


def configure(quality: Quality, folder: Path) -> None:
    """Have manim film at ``quality``, with all that it writes below ``folder``."""
    from manim import config

    config.update(
        {
            "media_dir": str(folder),
            "pixel_width": quality.width,
            "pixel_height": quality.height,
            "frame_rate": quality.frame_rate,
            "format": "mp4",
            "disable_caching": True,
            "max_files_cached": -1,
            "save_sections": False,
            "progress_bar": "none",
        }
    )


QUALITIES = {
    quality.name: quality
    for quality in (
        Quality("draft", 854, 480, 15),
        Quality("medium", 1280, 720, 30),
        Quality("high", 1920, 1080, 60),
    )
}
