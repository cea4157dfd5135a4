"""What would be rendered, and why. Reads only, imports neither manim nor SymPy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.applicable import applicable
from pipeline.fingerprint import chapter_ingredients, difference
from pipeline.quality import QUALITIES, Quality
from pipeline.record import Rendered, read_chapter, read_record
from scenes.outline import LECTURE, Entry

BUILD = Path("build")
TYPICAL_SECONDS = 50.0


class RefusalError(ValueError):
    """What was asked for cannot be done; the message is the one line to tell."""


@dataclass(frozen=True)
class Task:
    """One chapter at one quality: where its film goes, and whether the one there still holds.

    ``reason`` says why it has to be rendered; it is empty if ``finished`` is up to date.
    ``expected_seconds`` is the playing time as far as earlier films tell.
    """

    entry: Entry
    quality: Quality
    lesson: Path
    film: Path
    ingredients: Mapping[str, str]
    finished: Rendered | None
    reason: str
    expected_seconds: float

    @property
    def name(self) -> str:
        """How the chapter is called on the terminal and in short file names: ``ch07``."""
        return f"ch{self.entry.number:02}"


def folder_of(quality: Quality) -> Path:
    """Where everything of this quality is built."""
    return BUILD / quality.name


def make_plan(
    quality: Quality,
    lesson: Path,
    numbers: Sequence[int] = (),
    lecture: Sequence[Entry] = LECTURE,
) -> list[Task]:
    """The tasks for the chapters with these ``numbers`` (all if none), in viewing order.

    Chapters that the lesson cannot have are left out.

    Raises:
        RefusalError: there is no chapter of that number, or not with this lesson.
    """
    titles = {entry.number: entry.title for entry in lecture}
    for number in numbers:
        if number not in titles:
            raise RefusalError(f"there is no chapter {number}; {chapter_list(lecture)}")
    chapters, left_out = applicable(lesson, lecture)
    reasons = {chapter.title: chapter.reason for chapter in left_out}
    for number in numbers:
        if reason := reasons.get(titles[number]):
            raise RefusalError(
                f"{lesson} has no chapter {number}, {titles[number]}: {reason}; "
                f"{chapter_list(chapters)}"
            )
    return [
        _task(entry, quality, lesson)
        for entry in chapters
        if not numbers or entry.number in numbers
    ]


def chapter_list(lecture: Sequence[Entry]) -> str:
    """The chapters there are, to end a refusal with."""
    return "the chapters are " + "; ".join(f"{entry.number} {entry.title}" for entry in lecture)


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What changed between two lists of ingredients, in a few words; empty if nothing did."""
    changed = difference(before, now)
    if not changed:
        return ""
    others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]} changed{others}"


def _task(entry: Entry, quality: Quality, lesson: Path) -> Task:
    film = folder_of(quality) / f"{entry.slug}.mp4"
    ingredients = chapter_ingredients(entry, lesson, quality)
    finished = read_chapter(film)
    reason = "not rendered yet" if finished is None else changes(finished.ingredients, ingredients)
    return Task(
        entry=entry,
        quality=quality,
        lesson=lesson,
        film=film,
        ingredients=ingredients,
        finished=finished,
        reason=reason,
        expected_seconds=_expected_seconds(entry),
    )


def _expected_seconds(entry: Entry) -> float:
    """The chapter's playing time at whatever quality it was last seen; a typical one if never."""
    for quality in QUALITIES.values():
        record = read_record(folder_of(quality) / f"{entry.slug}.mp4")
        if record is not None:
            return record.seconds
    return TYPICAL_SECONDS
