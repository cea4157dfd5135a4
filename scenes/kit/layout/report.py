"""A Report holds what is wrong with a chapter's layout: each finding once, with its frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manim import Camera
from PIL import Image, ImageDraw

from scenes.kit.chapter import Chapter
from scenes.kit.layout.picture import Box, Picture
from scenes.kit.layout.rules import Breach, breaches
from scenes.kit.layout.stage import Filling, on_the_whole
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


def violation(chapter: Chapter, breach: Breach, beat: Beat | None = None) -> Violation:
    """A ``breach`` in the frame that ``chapter`` shows now, or in all of the last ``beat``."""
    return Violation(
        breach.rule,
        chapter.entry.slug,
        len(chapter.beats) + (beat is None),
        beat.sentence if beat else chapter.sentence,
        beat.start if beat else chapter.time,
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

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.found: list[Violation] = []
        self._known: set[tuple[str, tuple[str, ...]]] = set()
        self._next_contrast = 0.0
        self._filling = Filling()

    def look(self, chapter: Chapter) -> None:
        """Hold the frame that ``chapter`` shows now to the rules."""
        with_contrast = chapter.resting() or chapter.time >= self._next_contrast
        if with_contrast:
            self._next_contrast = chapter.time + CONTRAST_EVERY
        picture = Picture.of(chapter)
        self._over(chapter)
        self._filling.look(picture)
        fresh = []
        for breach in (
            *breaches(picture, with_contrast),
            *on_the_whole(chapter, picture),
        ):
            known = (breach.rule, breach.objects)
            if known not in self._known:
                self._known.add(known)
                fresh.append(violation(chapter, breach))
        if fresh:
            frame = self._save(chapter, fresh)
            self.found += [replace(one, frame=frame) for one in fresh]

    def _over(self, chapter: Chapter) -> None:
        """Look at what can only be told of a whole beat, if one is over."""
        if len(chapter.beats) > self._filling.beats:
            found = self._filling.breaches()
            self.found += [violation(chapter, breach, chapter.beats[-1]) for breach in found]
            self._filling = Filling(len(chapter.beats))

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
        self._over(chapter)
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
