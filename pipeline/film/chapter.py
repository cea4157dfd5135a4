"""Join the segments of a chapter: its film with captions, its poster, its trace, its record."""

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate

from pipeline.atomic import atomic
from pipeline.cache.plan import SEGMENTS, Task
from pipeline.cache.record import POSTER, RECORD, SOUND, TRACE, Beat, Part, Rendered
from pipeline.cache.store import Segment, Store
from pipeline.cache.storyboard import END, Place
from pipeline.film.assemble import join
from pipeline.film.captions import film_cues
from pipeline.film.frames import pictures
from pipeline.language import language_of
from pipeline.voice.sound import Sound, from_file, placed, write_flac


class IncompleteError(RuntimeError):
    """A segment of the chapter is not in the store, or no longer as it was put there."""


def join_chapter(task: Task, places: Sequence[Place]) -> Rendered:
    """Put the film of ``task`` in its place, made of the segments of the beats at ``places``.

    The record goes first and comes back last, so it never vouches for a film it does not describe.

    Raises:
        IncompleteError: a beat is missing.
    """
    store, keys, frame_rate = Store(SEGMENTS), task.keys, task.quality.frame_rate
    found = [keys.key(number, place) for number, place in enumerate(places)]
    segments = [_segment(store, number, key) for number, key in enumerate(found)]
    films = [store.film(k) for k, segment in zip(found, segments, strict=True) if segment.frames]
    spoken = [segment for segment, place in zip(segments, places, strict=True) if place.site != END]
    beats = tuple(_beats(spoken, frame_rate))
    film = task.film
    with atomic(film) as aside:
        cues, language = film_cues([(beats, 0)], frame_rate), language_of(task.lesson)
        sound = sound_of(store, found, segments, frame_rate)
        frames = join(films, aside, frame_rate, cues, language=language, sound=sound)
        size = aside.stat().st_size
        film.with_suffix(RECORD).unlink(missing_ok=True)
    if sound is not None:
        with atomic(film.with_suffix(SOUND)) as aside:
            write_flac(aside, sound)
    with atomic(film.with_suffix(POSTER)) as aside:
        for _, picture in pictures(film, [frames - 1]):
            picture.save(aside, format="png")
    with atomic(film.with_suffix(TRACE)) as aside:
        aside.write_text("".join(_trace(segments, frame_rate)), encoding="utf-8")
    rendered = Rendered(
        film=film,
        frames=frames,
        frame_rate=frame_rate,
        size=size,
        beats=beats,
        ingredients=keys.ingredients,
        parts=tuple(
            Part(key, segment.frames, place, keys.storyboard.reach(place))
            for key, segment, place in zip(found, segments, places, strict=True)
        ),
        base=keys.base,
        functions=keys.storyboard.functions,
        spoken=sound is not None,
    )
    rendered.write()
    return rendered


def _segment(store: Store, number: int, key: str) -> Segment:
    segment = store.get(key, verify=True)
    if segment is None:
        raise IncompleteError(f"the segment that is beat {number + 1} was lost")
    return segment


def _beats(segments: Sequence[Segment], frame_rate: int) -> Iterator[Beat]:
    start = 0
    for segment in segments:
        begin, end = (start + frame for frame in (segment.start, segment.end))
        yield Beat(segment.sentence, begin / frame_rate, end / frame_rate)
        start += segment.frames


def sound_of(
    store: Store, keys: Sequence[str], segments: Sequence[Segment], frame_rate: int
) -> Sound | None:
    """All that is said, each sentence from its beat's start on; None if nothing is."""
    starts = [0, *accumulate(segment.frames for segment in segments)]
    said = [
        ((start + segment.start) / frame_rate, from_file(store.sound(key)))
        for start, key, segment in zip(starts, keys, segments, strict=False)
        if segment.spoken
    ]
    return placed(said, starts[-1] / frame_rate) if said else None


def _trace(segments: Sequence[Segment], frame_rate: int) -> Iterator[str]:
    """The traces of ``segments`` as one, each shifted by the frames before it."""
    start = 0
    for segment in segments:
        for line in segment.trace.splitlines():
            entry = json.loads(line)
            entry["time"] = round(entry["time"] + start / frame_rate, 3)
            yield json.dumps(entry, ensure_ascii=False) + "\n"
        start += segment.frames
