"""A Report holds what is wrong with a chapter's layout: each finding once, with its frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manim import Camera
from PIL import Image, ImageDraw

from scenes.kit.chapter import Chapter
from scenes.kit.layout.picture import Box, Picture
from scenes.kit.layout.rules import breaches
from scenes.kit.layout.waiver import Rule
from scenes.kit.theme import PALETTE
from scenes.kit.wording.beats import Beat, reading_time

SIZE = (1280, 720)
FRAME = "#FF3B30"
ROUND_OFF = 1e-6
CONTRAST_EVERY = 1.0
"""Seconds between two looks at contrast, which takes as long as drawing the picture."""


@dataclass(frozen=True, eq=False)
class Violation:
    """A rule of layout broken by some objects of a chapter, at first at ``time`` seconds of it."""

    rule: Rule
    chapter: str
    beat: int
    sentence: str
    time: float
    objects: tuple[str, ...]
    message: str
    boxes: tuple[Box, ...] = ()
    frame: Path | None = None

    def __str__(self) -> str:
        """One line, with the place in the film, the rule, the objects and what is wrong."""
        where = f"{self.chapter}, beat {self.beat}, {self.time:.2f} s"
        shown = f" ({self.frame})" if self.frame else ""
        return f"{where}: {self.rule}: {' and '.join(self.objects)} {self.message}{shown}"


def violations(chapter: Chapter, with_contrast: bool = True) -> Iterator[Violation]:
    """Everything that is wrong with the frame that ``chapter`` shows now."""
    for breach in breaches(Picture.of(chapter), with_contrast):
        yield Violation(
            breach.rule,
            chapter.entry.slug,
            len(chapter.beats) + 1,
            chapter.sentence,
            chapter.time,
            breach.objects,
            breach.message,
            breach.boxes,
        )


def unreadable(chapter: str, beats: Sequence[Beat]) -> Iterator[Violation]:
    """Every beat that ends before its caption can be read."""
    for number, beat in enumerate(beats, start=1):
        missing = reading_time(beat.sentence) - beat.duration if beat.sentence else 0.0
        if missing > ROUND_OFF:
            message = f"stands {missing:.1f} s too short to be read"
            caption = (f"“{beat.sentence}”",)
            yield Violation(
                "reading time", chapter, number, beat.sentence, beat.start, caption, message
            )


class Report:
    """Looks at the frames of a chapter and keeps what it finds, each finding at its first sight.

    With a ``folder`` it also leaves there the frame of every finding, the objects boxed.
    """

    def __init__(self, folder: Path | None = None, contrast_every: float = CONTRAST_EVERY) -> None:
        self.folder, self.contrast_every = folder, contrast_every
        self.found: list[Violation] = []
        self._known: set[tuple[str, tuple[str, ...]]] = set()
        self._next_contrast = 0.0

    def look(self, chapter: Chapter) -> None:
        """Hold the frame that ``chapter`` shows now to the rules."""
        with_contrast = chapter.resting() or chapter.time >= self._next_contrast
        if with_contrast:
            self._next_contrast = chapter.time + self.contrast_every
        fresh = []
        for violation in violations(chapter, with_contrast):
            known = (violation.rule, violation.objects)
            if known not in self._known:
                self._known.add(known)
                fresh.append(violation)
        if fresh:
            frame = self._save(chapter, fresh)
            self.found += [replace(violation, frame=frame) for violation in fresh]

    def _save(self, chapter: Chapter, fresh: Sequence[Violation]) -> Path | None:
        if self.folder is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.found:
            for old in self.folder.glob(f"{chapter.entry.slug}-layout-*.png"):
                old.unlink()
        path = self.folder / f"{chapter.entry.slug}-layout-{len(self.found) + 1:02}.png"
        boxed(chapter, fresh).save(path)
        return path

    def close(self, chapter: Chapter) -> None:
        """Look at what can only be told of a whole chapter."""
        self.found += unreadable(chapter.entry.slug, chapter.beats)


def boxed(chapter: Chapter, found: Sequence[Violation]) -> Image.Image:
    """The frame that ``chapter`` shows now, with the objects of its violations in boxes."""
    width, height = SIZE
    camera = Camera(pixel_width=width, pixel_height=height, background_color=PALETTE.background)
    camera.capture_mobjects(chapter.mobjects)
    picture = Image.fromarray(camera.pixel_array[..., :3])
    draw = ImageDraw.Draw(picture)
    unit = width / camera.frame_width
    for left, bottom, right, top in (box for violation in found for box in violation.boxes):
        corner = (width / 2 + unit * left - 4, height / 2 - unit * top - 4)
        opposite = (width / 2 + unit * right + 4, height / 2 - unit * bottom + 4)
        draw.rectangle((*corner, *opposite), outline=FRAME, width=2)
    return picture
