"""A beat of the lecture looks the same after beats filmed and beats skipped."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import fastcairo
from pipeline.film.filming import Filming, Take
from pipeline.quality import Quality
from scenes.outline import LECTURE, Entry

TINY = Quality("tiny", 192, 108, 2)
LESSON = Path("lesson.toml")


class Prints:
    """Stands in for the encoder: keeps a fingerprint of each frame, as it was drawn."""

    def __init__(self, *, target: Path, **_: object) -> None:
        self.target, self.prints = target, ""

    def write_frame(self, pixels: Any, *, repeat: int) -> None:
        self.prints += f"{repeat} {hashlib.sha256(bytes(memoryview(pixels))).hexdigest()}\n"

    def finish(self) -> None:
        self.target.write_text(self.prints)

    def abort(self) -> None:
        pass


class Every:
    """Films the beats whose number divided by ``of`` leaves ``index``."""

    def __init__(self, index: int, of: int) -> None:
        self.index, self.of = index, of
        self.takes: dict[int, tuple[Take, str]] = {}

    def expects(self, number: int) -> bool:
        return number % self.of == self.index

    def wants(self, number: int, _frame: FrameType | None) -> bool:
        return self.expects(number)

    def take(self, take: Take) -> None:
        # A trace may differ in the round-off of what is zero.
        self.takes[take.number] = replace(take, film=Path(), trace=""), take.film.read_text()


def filmed(entry: Entry, index: int, of: int, folder: Path) -> dict[int, tuple[Take, str]]:
    """Some beats of a chapter: what is known of each, and its frames' fingerprints."""
    equipment: Callable[..., Any] = fastcairo.equipment
    fastcairo.equipment = lambda *choice, **how: (equipment(*choice, **how)[0], Prints, "")
    director = Every(index, of)
    Filming(entry.module, entry.scene, TINY, LESSON, folder, director).run()
    return director.takes


@pytest.mark.slow
@pytest.mark.parametrize("entry", LECTURE[::2], ids=lambda entry: entry.slug)
def test_a_beat_does_not_look_different_after_beats_that_were_skipped(
    entry: Entry, tmp_path: Path
) -> None:
    # A process films one chapter in its life; begun as a fork, it has imported Manim already.
    with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        whole, even, odd = pool.starmap(
            filmed,
            [(entry, i, of, tmp_path / f"{i} of {of}") for i, of in ((0, 1), (0, 2), (1, 2))],
            chunksize=1,
        )
    assert {**even, **odd} == whole
