"""Turn one task into a finished chapter: film with captions, poster, trace, record."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.assemble import join
from pipeline.captions import film_cues
from pipeline.film import Filming
from pipeline.frames import pictures
from pipeline.plan import Task
from pipeline.record import Beat, Rendered, poster_path, read_chapter, record_path, trace_path
from pipeline.whole import lock, whole


def render_chapter(task: Task, watch: Callable[[Filming], None]) -> Rendered:
    """Film the chapter of ``task`` and put what comes out in its place; ``watch`` sees it begin.

    The record goes first and comes back last, so it never vouches for a film it does not describe.
    If another process finished the same film meanwhile, that one is taken.
    """
    with lock(task.film):
        finished = read_chapter(task.film)
        if finished is not None and finished.ingredients == task.ingredients:
            return finished
        folder = task.film.parent / "work" / task.name
        shutil.rmtree(folder, ignore_errors=True)
        entry = task.entry
        filming = Filming(entry.module, entry.scene, task.quality, task.lesson, folder.absolute())
        watch(filming)
        rendered = _place(task, filming.run(), filming)
        shutil.rmtree(folder, ignore_errors=True)
        return rendered


def _place(task: Task, footage: Path, filming: Filming) -> Rendered:
    film, frame_rate = task.film, task.quality.frame_rate
    beats = tuple(Beat(*beat) for beat in filming.beats)
    with whole(film) as aside:
        frames = join([footage], aside, frame_rate, film_cues([(beats, 0)], frame_rate))
        if frames != filming.frames:
            raise RuntimeError(f"manim filmed {filming.frames} frames and left {frames}")
        size = aside.stat().st_size
        record_path(film).unlink(missing_ok=True)
    with whole(poster_path(film)) as aside:
        for _, picture in pictures(film, [frames - 1]):
            picture.save(aside, optimize=True)
    if filming.trace.exists():
        with whole(trace_path(film)) as aside:
            shutil.copyfile(filming.trace, aside)
    rendered = Rendered(film, frames, frame_rate, size, beats, task.ingredients)
    rendered.write()
    return rendered
