"""Film a job: some beats of one chapter in one go, in any process that has the sources."""

import contextlib
import math
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from traceback import walk_stack
from types import FrameType

from pipeline.cache.keys import CacheKeys, keys_of
from pipeline.cache.store import Segment, Store
from pipeline.cache.storyboard import Place, Storyboard
from pipeline.film.filming import Cut, Filming, Take
from pipeline.language import language_of
from pipeline.quality import Quality
from pipeline.voice.speaker import Speaker, sound_path
from scenes.outline import Entry


class ChangedError(RuntimeError):
    """The sources are no longer those that this job was planned for."""


@dataclass(frozen=True)
class Job:
    """Which beats of a chapter to film: every ``of``-th from ``index``, or ``only`` one.

    What the ``store`` has is left alone. ``places`` are the beats that are known already; beyond
    the ``last``, if there is one, the chapter need not be run. The sources must be those of the
    ``ingredients``; ``folder`` is for what is not finished. ``expected`` is how many seconds each
    beat takes that is to be filmed, as far as that is known.

    A job that travels to another machine brings its ``keys``, for paths are different there, and
    those of what is ``elsewhere`` and so need not be filmed.
    """

    entry: Entry
    quality: Quality
    lesson: Path
    stock: bool
    voice: str
    store: Path
    folder: Path
    ingredients: Mapping[str, str]
    places: tuple[Place, ...] = ()
    last: int | None = None
    index: int = 0
    of: int = 1
    only: int | None = None
    expected: Mapping[int, float] = field(default_factory=dict)
    keys: CacheKeys | None = None
    elsewhere: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """How it is called in file names: ``ch07``, and ``ch07-2`` if it is not the first."""
        return f"ch{self.entry.number:02}" + (f"-{self.index + 1}" if self.index else "")

    @property
    def expected_seconds(self) -> float:
        """How much film is expected of it."""
        return sum(self.expected.values())

    def has(self, number: int) -> bool:
        """Whether beat ``number``, counted from 0, is one of those to film."""
        return number % self.of == self.index if self.only is None else number == self.only


@dataclass(frozen=True)
class Filmed:
    """A job is done: where its chapter's beats happen, ``complete`` if it ran to the end.

    ``remark`` is for people to read.
    """

    places: tuple[Place, ...]
    complete: bool
    remark: str = ""


@dataclass
class JobDirector:
    """Decides what of a job is filmed, and puts it into the store segment by segment."""

    job: Job
    stored: Callable[[int, str], None] = lambda _number, _key: None
    begins: Callable[[int], None] = lambda _number: None
    places: list[Place] = field(default_factory=list)

    def prepare(self) -> Filming:
        """Set the scene.

        Raises:
            ChangedError: the sources are not those that the job was planned for.
        """
        job = self.job
        self.store = Store(job.store)
        shutil.rmtree(job.folder, ignore_errors=True)
        entry, quality, lesson = job.entry, job.quality, job.lesson
        folder = job.folder.absolute()
        speaker = Speaker(entry.number, job.voice, language_of(lesson))
        filming = Filming(
            entry.module, entry.scene, quality, lesson, folder, self, job.stock, speaker
        )
        self.keys = job.keys or keys_of(entry, lesson, quality, job.stock, job.voice)
        if self.keys.ingredients != job.ingredients:
            raise ChangedError(f"{job.name} was saved after this render began")
        return filming

    def direct(self, filming: Filming) -> Filmed:
        """Film the job."""
        complete = filming.run()
        if complete:
            self.store.put_order(self.keys.order_key, self.places)
        shutil.rmtree(self.job.folder, ignore_errors=True)
        return Filmed(tuple(self.places), complete, filming.remark)

    def expects(self, number: int) -> bool:
        """Whether beat ``number`` is to be filmed as far as is known; a Cut after the last one."""
        job = self.job
        self.begins(number)
        if job.last is not None and number > job.last:
            raise Cut
        known = number < len(job.places)
        there = known and self._is_there(number, job.places[number])
        return not there and job.has(number)

    def wants(self, number: int, frame: FrameType | None) -> bool:
        """Whether to film the beat that begins at ``frame``, or what comes after the last."""
        storyboard = self.keys.storyboard
        place = place_of(frame, self.job.entry, storyboard) if frame else storyboard.end
        self.places.append(place)
        return not self._is_there(number, place) and self.job.has(number)

    def take(self, take: Take) -> None:
        """Put a take into the store."""
        key = self.keys.key(take.number, self.places[take.number])
        spoken = bool(take.speech)
        segment = Segment(take.sentence, take.start, take.end, take.frames, take.trace, spoken)
        if spoken:
            shutil.copyfile(sound_path(take.speech), take.film.with_suffix(".flac"))
        self.store.put(key, segment, take.film)
        self.stored(take.number, key)

    def _is_there(self, number: int, place: Place) -> bool:
        key = self.keys.key(number, place)
        return key in self.job.elsewhere or self.store.get(key, verify=True) is not None


def place_of(frame: FrameType, entry: Entry, storyboard: Storyboard) -> Place:
    """Where the beat happens that `say` begins in ``frame``, or in one that called it."""
    callers = [caller for caller, _ in walk_stack(frame)]
    names = [caller.f_code.co_name for caller in callers]
    callers = [
        caller
        for caller in callers[names.index("say") + 1 :]
        if caller.f_code.co_filename != contextlib.__file__
    ]
    source = sys.modules[entry.module].__file__
    ours = [caller for caller in callers if caller.f_code.co_filename == source]
    site = storyboard.site(_position(callers[0])) if callers[0] in ours else ""
    constructs = [c for c in ours if c.f_code.co_qualname == f"{entry.scene}.construct"]
    # Without one, all of the source counts: the place is its last statement.
    line = constructs[-1].f_lineno if constructs else math.inf
    return Place(storyboard.statement(line), site)


def _position(frame: FrameType) -> tuple[int, int]:
    """Line and column, as ast counts them, of what ``frame`` is just doing."""
    positions = [*frame.f_code.co_positions()]
    line, _, column, _ = positions[frame.f_lasti // 2]
    return line or frame.f_lineno, column or 0
