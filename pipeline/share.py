"""A share of the beats of one chapter: filmed in one go, in any process that has the sources."""

import contextlib
import math
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pipeline.film import Cut, Filming, Take
from pipeline.quality import Quality
from pipeline.script import Script, script_of
from pipeline.store import Piece, Store
from pipeline.storyboard import Place, Storyboard
from scenes.outline import Entry


class ChangedError(RuntimeError):
    """The sources are no longer those that this share was planned for."""


@dataclass(frozen=True)
class Share:
    """Which beats of a chapter to film: every ``of``-th, from ``index``, or the ``only`` one.

    Of these, what the ``store`` has is left alone; the first is, if it is ``begun``. Beyond the
    ``last``, if that is known, the chapter need not be run. The sources must be those of the
    ``ingredients``; ``folder`` is for what is not finished.
    """

    entry: Entry
    quality: Quality
    lesson: Path
    stock: bool
    store: Path
    folder: Path
    ingredients: Mapping[str, str]
    begun: bool = False
    last: int | None = None
    index: int = 0
    of: int = 1
    only: int | None = None
    expected_seconds: float = 0.0

    @property
    def name(self) -> str:
        """How it is called in file names: ``ch07``, or ``ch07-2`` if there are others."""
        return f"ch{self.entry.number:02}" + (f"-{self.index + 1}" if self.of > 1 else "")

    def has(self, number: int) -> bool:
        """Whether beat ``number`` is in it."""
        return number % self.of == self.index if self.only is None else number == self.only


@dataclass(frozen=True)
class Filmed:
    """A share is done: where its chapter's beats happen, ``complete`` if it ran to the end."""

    places: tuple[Place, ...]
    complete: bool


@dataclass
class Director:
    """Decides what of a share is filmed, and puts it into the store piece by piece."""

    share: Share
    stored: Callable[[int, str], None] = lambda _number, _address: None
    places: list[Place] = field(default_factory=list)

    def prepare(self) -> Filming:
        """Set the scene.

        Raises:
            ChangedError: the sources are not those that the share was planned for.
        """
        share = self.share
        self.store = Store(share.store)
        shutil.rmtree(share.folder, ignore_errors=True)
        filming = Filming(
            share.entry.module,
            share.entry.scene,
            share.quality,
            share.lesson,
            share.folder.absolute(),
            wanted=self.wanted,
            done=self.keep,
            first=share.has(0) and not share.begun,
            stock=share.stock,
        )
        self.script: Script = script_of(share.entry, share.lesson, share.quality, share.stock)
        if self.script.ingredients != share.ingredients:
            raise ChangedError(f"{share.name} was saved after this render began")
        return filming

    def direct(self, filming: Filming) -> Filmed:
        """Film the share."""
        complete = filming.run()
        if complete:
            self.store.put_order(self.script.order_address, self.places)
        shutil.rmtree(self.share.folder, ignore_errors=True)
        return Filmed(tuple(self.places), complete)

    def wanted(self, number: int, frame: FrameType) -> bool:
        """Whether to film the beat that begins at ``frame``; raises Cut after the last one."""
        if self.share.last is not None and number > self.share.last:
            raise Cut
        self.places.append(place_of(frame, self.share.entry, self.script.storyboard))
        there = self.store.get(self._address(number), verify=True) is not None
        return self.share.has(number) and not there

    def keep(self, take: Take) -> None:
        """Put a take into the store."""
        address = self._address(take.number)
        piece = Piece(take.sentence, take.start, take.end, take.frames, take.trace)
        self.store.put(address, piece, take.film)
        self.stored(take.number, address)

    def _address(self, number: int) -> str:
        return self.script.address(number, self.places[number])


def place_of(frame: FrameType, entry: Entry, storyboard: Storyboard) -> Place:
    """Where the beat happens whose `say` runs in ``frame``."""
    source = sys.modules[entry.module].__file__
    callers = [
        caller for caller in _outwards(frame) if caller.f_code.co_filename != contextlib.__file__
    ]
    ours = [caller for caller in callers if caller.f_code.co_filename == source]
    site = storyboard.site(_position(callers[0])) if callers[0] in ours else ""
    constructs = [c for c in ours if c.f_code.co_qualname == f"{entry.scene}.construct"]
    # Without one, all of the source counts: the place is its last statement.
    line = constructs[-1].f_lineno if constructs else math.inf
    return Place(storyboard.statement(line), site)


def _outwards(frame: FrameType) -> Iterator[FrameType]:
    caller = frame.f_back
    while caller is not None:
        yield caller
        caller = caller.f_back


def _position(frame: FrameType) -> tuple[int, int]:
    """Line and column, as ast counts them, of what ``frame`` is just doing."""
    positions = [*frame.f_code.co_positions()]
    line, _, column, _ = positions[frame.f_lasti // 2]
    return line or frame.f_lineno, column or 0
