"""Show one beat of a chapter as a film of its own, as soon as it can be."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rich.filesize import decimal

from pipeline.assemble import join
from pipeline.captions import film_cues
from pipeline.language import language_of
from pipeline.outlook import look_ahead
from pipeline.plan import PIECES, Task, folder_of
from pipeline.playing_time import clock
from pipeline.record import Beat, read_record
from pipeline.refusal import RefusalError
from pipeline.render import Plan, building
from pipeline.share import Filmed
from pipeline.shares import chapters
from pipeline.store import Store
from pipeline.storyboard import END, Place
from pipeline.whole import whole
from pipeline.worker import Failed
from pipeline.workers import film_all


def preview_beat(task: Task, plan: Plan, beat: int) -> int:
    """Film beat number ``beat`` of a chapter, counted from 1, if need be, and print where it is.

    Returns the exit code.

    Raises:
        RefusalError: the chapter has no such beat.
    """
    number = beat - 1
    with building(task.quality) as waited:
        if waited:
            (task,) = plan([task.entry.number])
        store = Store(PIECES)
        outlook = look_ahead(task.script, store, read_record(task.film, alone=True), verify=True)
        places: Sequence[Place] = outlook.places
        if number in outlook.missing or (number >= len(places) and not outlook.complete):
            filmed = _film(replace(task, outlook=outlook), number)
            if filmed is None:
                return 1
            places = filmed.places
        count = sum(place.site != END for place in places)
        if number >= count:
            raise RefusalError(f"{task.name} has {count} beats, no beat {beat}")
        print(show_beat(task, number, task.script.address(number, places[number])))
    return 0


def show_beat(task: Task, number: int, address: str) -> str:
    """Make a film of the piece at ``address``; say how long and large it is, and where.

    Raises:
        RefusalError: there is nothing to see in it.
    """
    store, frame_rate = Store(PIECES), task.quality.frame_rate
    piece = store.get(address)
    if piece is None or not piece.frames:
        raise RefusalError(f"{task.name} shows nothing in its beat {number + 1}")
    target = folder_of(task.quality) / f"{task.name}-beat{number + 1:02}.mp4"
    beat = Beat(piece.sentence, piece.start / frame_rate, piece.end / frame_rate)
    with whole(target) as aside:
        cues = film_cues([((beat,), piece.frames)], frame_rate)
        language = language_of(task.lesson)
        join([store.film(address)], aside, frame_rate, cues, language=language)
    return line(piece.frames / frame_rate, target)


def line(seconds: float, film: Path) -> str:
    """What there is to say of a film: its length, its size and where it is."""
    return f"{clock(seconds):>6}  {decimal(film.stat().st_size):>9}  {film}"


def _film(task: Task, number: int) -> Filmed | None:
    """Film one beat, or find it filmed on the way; None if that failed, which is told."""
    shares = chapters([task], only=number)
    with closing(film_all(shares, jobs=1)) as events:
        for _, event in events:
            if isinstance(event, Failed):
                beat = f"beat {event.number + 1}"
                place = f"{task.name} {task.entry.title}, {beat}"
                print(f"{place}: {event.error} (see {event.log})", file=sys.stderr)
                return None
            if isinstance(event, Filmed):
                return event
    return None
