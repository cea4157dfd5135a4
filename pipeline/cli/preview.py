"""Show one beat of a chapter as a film of its own, as soon as it can be."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from pipeline.atomic import atomic
from pipeline.cache.plan import SEGMENTS, Task, folder_of
from pipeline.cache.record import Beat, read_record
from pipeline.cache.staleness import staleness_of
from pipeline.cache.store import Store
from pipeline.cache.storyboard import END, Place
from pipeline.cli.render import Plan, building, told
from pipeline.errors import UserError
from pipeline.film.assemble import join
from pipeline.film.captions import film_cues
from pipeline.film.chapter import sound_of
from pipeline.film.job import Filmed
from pipeline.film.partition import divide
from pipeline.film.pool import film_all
from pipeline.film.worker import Failed
from pipeline.language import language_of


def preview_beat(task: Task, plan: Plan, beat: int) -> int:
    """Film beat number ``beat`` of a chapter, counted from 1, if need be, and print where it is.

    Returns the exit code.

    Raises:
        UserError: the chapter has no such beat.
    """
    number = beat - 1
    with building(task.quality) as waited:
        if waited:
            (task,) = plan([task.entry.number])
        store = Store(SEGMENTS)
        staleness = staleness_of(task.keys, store, read_record(task.film, alone=True), verify=True)
        places: Sequence[Place] = staleness.places
        if number in staleness.missing or (number >= len(places) and not staleness.complete):
            filmed = _film(replace(task, staleness=staleness), number)
            if filmed is None:
                return 1
            places = filmed.places
        count = sum(place.site != END for place in places)
        if number >= count:
            raise UserError(f"{task.name} has {count} beats, no beat {beat}")
        print(show_beat(task, number, task.keys.key(number, places[number])))
    return 0


def show_beat(task: Task, number: int, key: str) -> str:
    """Make a film of the segment at ``key``; say how long and large it is, and where.

    Raises:
        UserError: there is nothing to see in it.
    """
    store, frame_rate = Store(SEGMENTS), task.quality.frame_rate
    segment = store.get(key)
    if segment is None or not segment.frames:
        raise UserError(f"{task.name} shows nothing in its beat {number + 1}")
    target = folder_of(task.quality) / f"{task.name}-beat{number + 1:02}.mp4"
    beat = Beat(segment.sentence, segment.start / frame_rate, segment.end / frame_rate)
    with atomic(target) as aside:
        cues = film_cues([((beat,), segment.frames)], frame_rate)
        language = language_of(task.lesson)
        sound = sound_of(store, [key], [segment], frame_rate)
        join([store.film(key)], aside, frame_rate, cues, language=language, sound=sound)
    return told(segment.frames / frame_rate, target)


def _film(task: Task, number: int) -> Filmed | None:
    """Film one beat, or find it filmed on the way; None if that failed, which is told."""
    jobs = divide([task], workers=1, only=number)
    with closing(film_all(jobs, workers=1)) as events:
        for _, event in events:
            if isinstance(event, Failed):
                beat = f"beat {event.number + 1}"
                place = f"{task.name} {task.entry.title}, {beat}"
                print(f"{place}: {event.error} (see {event.log})", file=sys.stderr)
                return None
            if isinstance(event, Filmed):
                return event
    return None
