"""Join the chapters to the lecture, with chapter marks, captions and a transcript."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.cache.plan import Task, ingredients_of_lecture, lecture_path
from pipeline.cache.record import RECORD, SOUND, Rendered
from pipeline.film.assemble import Mark, join
from pipeline.film.captions import film_cues, webvtt
from pipeline.language import language_of
from pipeline.quality import Quality
from pipeline.voice.sound import Sound, from_file, placed


def join_lecture(chapters: Sequence[tuple[Task, Rendered]], quality: Quality) -> Rendered:
    """Join the finished ``chapters``."""
    film = lecture_path(quality)
    captions = film.with_suffix(".vtt")
    films = [rendered.film for _, rendered in chapters]
    marks = [Mark(task.entry.title, rendered.frames) for task, rendered in chapters]
    spoken = [(rendered.beats, rendered.frames) for _, rendered in chapters]
    cues = film_cues(spoken, quality.frame_rate)
    with atomic(captions) as aside_captions, atomic(film.with_suffix(".txt")) as aside_text:
        aside_captions.write_text(webvtt(cues), encoding="utf-8")
        aside_text.write_text(_transcript(chapters), encoding="utf-8")
        with atomic(film) as aside:
            lesson = chapters[0][0].lesson
            tags, language = _tags(lesson), language_of(lesson)
            sound = _sound([rendered for _, rendered in chapters])
            frames = join(films, aside, quality.frame_rate, cues, marks, tags, language, sound)
            size = aside.stat().st_size
            film.with_suffix(RECORD).unlink(missing_ok=True)
    rendered = Rendered(
        film, frames, quality.frame_rate, size, (), ingredients_of_lecture(chapters)
    )
    rendered.write()
    return rendered


def _sound(chapters: Sequence[Rendered]) -> Sound | None:
    """The sound of all ``chapters``; None if nothing is said in any."""
    if not any(rendered.spoken for rendered in chapters):
        return None
    starts = [0.0, *accumulate(rendered.seconds for rendered in chapters)]
    spoken = [
        (start, from_file(rendered.film.with_suffix(SOUND)))
        for start, rendered in zip(starts, chapters, strict=False)
        if rendered.spoken
    ]
    return placed(spoken, starts[-1])


def _transcript(chapters: Sequence[tuple[Task, Rendered]]) -> str:
    """All that is said, by chapters, for who reads rather than watches."""
    return (
        "\n\n\n".join(
            f"{task.entry.shown_number} {task.entry.title}\n\n"
            + "\n".join(beat.sentence for beat in rendered.beats if beat.sentence)
            for task, rendered in chapters
        )
        + "\n"
    )


def _tags(lesson: Path) -> dict[str, str]:
    """What players and libraries call the lecture by."""
    from gdmath import load_lesson

    given = load_lesson(lesson)
    named = {"title": given.title, "artist": given.author}
    return {tag: text for tag, text in named.items() if text}
