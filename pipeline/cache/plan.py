"""Plan what is to be rendered, and why, without importing manim or SymPy or writing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cache.chapter_selection import select_chapters
from pipeline.cache.imports import dependencies, look_again
from pipeline.cache.keys import CacheKeys, keys_of
from pipeline.cache.python_source import remember_sources, short_digest
from pipeline.cache.record import Rendered, read_chapter, read_record
from pipeline.cache.staleness import Staleness, staleness_of, why_stale
from pipeline.cache.store import Store
from pipeline.errors import UserError
from pipeline.quality import Quality
from pipeline.voice.chosen import BUILT_IN, is_folder
from scenes.outline import LECTURE, Entry

BUILD = Path("build")
SEGMENTS = BUILD / "segments"
SENTENCE_SECONDS = 6.0
"""Seconds that a beat is expected to last where no film of it tells."""


@dataclass(frozen=True)
class Task:
    """One chapter at one quality: where its film goes, and whether the one there still holds.

    ``reason`` says why it has to be rendered; it is empty if ``finished`` is up to date. What is
    to be filmed for it stands in ``staleness``, and in ``expected`` how many seconds each of those
    beats takes, as far as earlier films tell.
    """

    entry: Entry
    quality: Quality
    lesson: Path
    stock: bool
    voice: str
    film: Path
    keys: CacheKeys
    staleness: Staleness
    finished: Rendered | None
    reason: str
    expected: Mapping[int, float]

    @property
    def name(self) -> str:
        """How the chapter is called on the terminal and in short file names: ``ch07``."""
        return f"ch{self.entry.number:02}"

    @property
    def expected_seconds(self) -> float:
        """The playing time of what is to be filmed."""
        return sum(self.expected.values())


def folder_of(quality: Quality) -> Path:
    """Where everything of this quality and theme is built."""
    return BUILD / quality.folder


def make_plan(
    quality: Quality,
    lesson: Path,
    numbers: Sequence[int] = (),
    lecture: Sequence[Entry] = LECTURE,
    *,
    stock: bool = False,
    voice: str = BUILT_IN,
    verify: bool = False,
) -> list[Task]:
    """The tasks for the chapters with these ``numbers`` (all if none), in viewing order.

    With ``verify``, the contents of the segments that would be used are read and compared.

    Chapters that the lesson cannot have are left out.

    Raises:
        UserError: the lesson cannot be taught, or has no chapter of that number; or ``voice`` is
            neither of a kind nor the folder of the lecturer's takes.
    """
    if is_folder(voice) and not Path(voice).is_dir():
        raise UserError(f"{voice} is no folder of takes, such as {Path(voice, 'ch07', '03.wav')}")
    look_again()
    titles = {entry.number: entry.title for entry in lecture}
    for number in numbers:
        if number not in titles:
            raise UserError(f"there is no chapter {number}; {chapter_list(lecture)}")
    chapters, left_out = select_chapters(lesson, lecture)
    reasons = {chapter.title: chapter.reason for chapter in left_out}
    for number in numbers:
        if reason := reasons.get(titles[number]):
            raise UserError(
                f"{lesson} has no chapter {number}, {titles[number]}: {reason}; "
                f"{chapter_list(chapters)}"
            )
    tasks = [
        _task(entry, quality, lesson, stock, voice, verify)
        for entry in chapters
        if not numbers or entry.number in numbers
    ]
    remember_sources()
    return tasks


def lecture_path(quality: Quality) -> Path:
    """Where the lecture is."""
    return folder_of(quality) / "lecture.mp4"


def lecture_of(chapters: Sequence[tuple[Task, Rendered]], quality: Quality) -> Rendered | None:
    """The lecture that is there, if it is made of these finished ``chapters``."""
    film = lecture_path(quality)
    finished = read_record(film)
    made_of_them = finished is not None and finished.ingredients == ingredients_of_lecture(chapters)
    beside = all(film.with_suffix(suffix).exists() for suffix in (".vtt", ".txt"))
    return finished if made_of_them and beside else None


def ingredients_of_lecture(chapters: Sequence[tuple[Task, Rendered]]) -> dict[str, str]:
    """Everything that a lecture of these finished ``chapters`` is made of."""
    ingredients = dependencies(Path(), "pipeline.film.lecture")
    for task, rendered in chapters:
        made_of = repr(sorted(rendered.ingredients.items()))
        ingredients[task.entry.slug] = short_digest(made_of.encode())
    return ingredients


def chapter_list(lecture: Sequence[Entry]) -> str:
    """The chapters there are, to end a refusal with."""
    return "the chapters are " + "; ".join(f"{entry.number} {entry.title}" for entry in lecture)


def _task(
    entry: Entry, quality: Quality, lesson: Path, stock: bool, voice: str, verify: bool
) -> Task:
    film = folder_of(quality) / f"{entry.slug}.mp4"
    keys = keys_of(entry, lesson, quality, stock, voice)
    finished = read_chapter(film)
    if finished is not None and finished.ingredients == keys.ingredients:
        staleness, why = Staleness(), ""
    else:
        # Beside a lost film its record is not to be trusted on that film; on the beats it is.
        earlier = finished or read_record(film, alone=True)
        staleness = staleness_of(keys, Store(SEGMENTS), earlier, verify)
        why = why_stale(keys, staleness, finished)
    return Task(
        entry=entry,
        quality=quality,
        lesson=lesson,
        stock=stock,
        voice=voice,
        film=film,
        keys=keys,
        staleness=staleness,
        finished=finished,
        reason=why,
        expected=_expected(entry, keys, staleness),
    )


def _expected(entry: Entry, keys: CacheKeys, staleness: Staleness) -> Mapping[int, float]:
    """The beats to be filmed, with the seconds that they took at any quality, in any theme."""
    if staleness.whole:
        return {}
    # Of a chapter never filmed, its source has the sentences.
    beats = dict.fromkeys(range(max(1, len(keys.storyboard.sentences))), SENTENCE_SECONDS)
    for film in BUILD.glob(f"*/{entry.slug}.mp4"):
        record = read_record(film)
        if record is not None:
            parts = enumerate(record.parts)
            beats = {number: part.frames / record.frame_rate for number, part in parts}
            break
    return {
        number: seconds
        for number, seconds in beats.items()
        if number in staleness.missing or number >= len(staleness.places)
    }
