"""Join every chapter to one lecture, with chapter marks, and captions inside and beside."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.cache.fingerprint import lecture_ingredients
from pipeline.cache.plan import Task, folder_of
from pipeline.cache.record import Rendered, read_record, record_path
from pipeline.film.assemble import Mark, join
from pipeline.film.captions import film_cues, webvtt
from pipeline.language import language_of
from pipeline.quality import Quality


def lecture_path(quality: Quality) -> Path:
    """Where the lecture is."""
    return folder_of(quality) / "lecture.mp4"


def lecture_of(chapters: Sequence[tuple[Task, Rendered]], quality: Quality) -> Rendered | None:
    """The lecture that is there, if it is made of these finished ``chapters``."""
    film = lecture_path(quality)
    finished = read_record(film)
    made_of_them = finished is not None and finished.ingredients == _ingredients(chapters)
    return finished if made_of_them and film.with_suffix(".vtt").exists() else None


def join_lecture(chapters: Sequence[tuple[Task, Rendered]], quality: Quality) -> Rendered:
    """Join the finished ``chapters`` unless the lecture there is already made of them."""
    finished = lecture_of(chapters, quality)
    if finished is not None:
        return finished
    film = lecture_path(quality)
    captions = film.with_suffix(".vtt")
    films = [rendered.film for _, rendered in chapters]
    marks = [Mark(task.entry.title, rendered.frames) for task, rendered in chapters]
    spoken = [(rendered.beats, rendered.frames) for _, rendered in chapters]
    cues = film_cues(spoken, quality.frame_rate)
    with atomic(captions) as aside_captions:
        aside_captions.write_text(webvtt(cues), encoding="utf-8")
        with atomic(film) as aside:
            lesson = chapters[0][0].lesson
            tags, language = _tags(lesson), language_of(lesson)
            frames = join(films, aside, quality.frame_rate, cues, marks, tags, language)
            size = aside.stat().st_size
            record_path(film).unlink(missing_ok=True)
    rendered = Rendered(film, frames, quality.frame_rate, size, (), _ingredients(chapters))
    rendered.write()
    return rendered


def _tags(lesson: Path) -> dict[str, str]:
    """What players and libraries call the lecture by."""
    from gdmath import load_lesson

    given = load_lesson(lesson)
    named = {"title": given.title, "artist": given.author}
    return {tag: text for tag, text in named.items() if text}


def _ingredients(chapters: Sequence[tuple[Task, Rendered]]) -> Mapping[str, str]:
    return lecture_ingredients(
        {task.entry.slug: rendered.ingredients for task, rendered in chapters}
    )
