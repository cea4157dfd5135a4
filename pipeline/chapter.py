"""Join the pieces of a chapter: its film with captions, its poster, its trace, its record."""

import json
from collections.abc import Iterator, Sequence

from pipeline.assemble import join
from pipeline.captions import film_cues
from pipeline.frames import pictures
from pipeline.language import language_of
from pipeline.plan import PIECES, Task
from pipeline.record import Beat, Part, Rendered, poster_path, record_path, trace_path
from pipeline.store import Piece, Store
from pipeline.storyboard import END, Place
from pipeline.whole import whole


class IncompleteError(RuntimeError):
    """A piece of the chapter is not in the store, or no longer as it was put there."""


def join_chapter(task: Task, places: Sequence[Place]) -> Rendered:
    """Put the film of ``task`` in its place, made of the pieces of the beats at ``places``.

    The record goes first and comes back last, so it never vouches for a film it does not describe.

    Raises:
        IncompleteError: a beat is missing.
    """
    store, script, frame_rate = Store(PIECES), task.script, task.quality.frame_rate
    addresses = [script.address(number, place) for number, place in enumerate(places)]
    pieces = [_piece(store, number, address) for number, address in enumerate(addresses)]
    films = [store.film(a) for a, piece in zip(addresses, pieces, strict=True) if piece.frames]
    spoken = [piece for piece, place in zip(pieces, places, strict=True) if place.site != END]
    beats = tuple(_beats(spoken, frame_rate))
    film = task.film
    with whole(film) as aside:
        cues, language = film_cues([(beats, 0)], frame_rate), language_of(task.lesson)
        frames = join(films, aside, frame_rate, cues, language=language)
        size = aside.stat().st_size
        record_path(film).unlink(missing_ok=True)
    with whole(poster_path(film)) as aside:
        for _, picture in pictures(film, [frames - 1]):
            picture.save(aside, format="png")
    with whole(trace_path(film)) as aside:
        aside.write_text("".join(_trace(pieces, frame_rate)), encoding="utf-8")
    rendered = Rendered(
        film=film,
        frames=frames,
        frame_rate=frame_rate,
        size=size,
        beats=beats,
        ingredients=script.ingredients,
        parts=tuple(
            Part(address, piece.frames, place, script.reach(place))
            for address, piece, place in zip(addresses, pieces, places, strict=True)
        ),
        base=script.base,
        functions=script.storyboard.functions,
    )
    rendered.write()
    return rendered


def _piece(store: Store, number: int, address: str) -> Piece:
    piece = store.get(address, verify=True)
    if piece is None:
        raise IncompleteError(f"the piece that is beat {number + 1} was lost")
    return piece


def _beats(pieces: Sequence[Piece], frame_rate: int) -> Iterator[Beat]:
    start = 0
    for piece in pieces:
        begin, end = (start + frame for frame in (piece.start, piece.end))
        yield Beat(piece.sentence, begin / frame_rate, end / frame_rate)
        start += piece.frames


def _trace(pieces: Sequence[Piece], frame_rate: int) -> Iterator[str]:
    """The traces of ``pieces`` as one, each shifted by the frames before it."""
    start = 0
    for piece in pieces:
        for line in piece.trace.splitlines():
            entry = json.loads(line)
            entry["time"] = round(entry["time"] + start / frame_rate, 3)
            yield json.dumps(entry, ensure_ascii=False) + "\n"
        start += piece.frames
