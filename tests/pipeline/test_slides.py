"""The slides: a beat each, with its film, its sentence and its place, and made once."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from pipeline.cache.record import Rendered, read_record
from pipeline.voice.sound import RATE, from_file
from tests.pipeline.project import DRAFT

SLIDES = ("slides", "--quality", "draft")
DECK = DRAFT / "lecture.pptx"
FILMS = ("ch01_square", "ch02_circle", "ch04_dot")
SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"


@pytest.fixture(scope="module")
def spoken(small_lecture: Path, tmp_path_factory: pytest.TempPathFactory, run: Callable) -> Path:
    """The small lecture, rendered with its sentences spoken, and its slides."""
    project = Path(shutil.copytree(small_lecture, tmp_path_factory.mktemp("slides") / "project"))
    lesson = project / "lesson.toml"
    lesson.write_text(lesson.read_text() + "# spoken\n")
    for command in (("render", "--quality", "draft"), SLIDES):
        outcome = run(project, *command)
        assert outcome.returncode == 0, outcome.stderr
    return project


@pytest.fixture(scope="module")
def chapters(spoken: Path) -> list[Rendered]:
    records = [read_record(spoken / DRAFT / f"{film}.mp4") for film in FILMS]
    return [record for record in records if record is not None]


@pytest.fixture(scope="module")
def deck(spoken: Path) -> Any:
    return Presentation(str(spoken / DECK))


def film(slide: Any) -> bytes:
    """What is played on a slide."""
    link = slide.element.find(f".//{qn('a:videoFile')}").get(qn("r:link"))
    return slide.part.related_part(link).blob


def test_a_beat_is_a_slide_with_its_sentence_in_the_notes(
    deck: Any, chapters: list[Rendered]
) -> None:
    sentences = [beat.sentence for chapter in chapters for beat in chapter.beats]
    assert len(sentences) == 6
    assert sentences == [
        slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        for slide in deck.slides
    ]


def test_each_film_is_that_of_its_beat_and_its_poster_the_end(
    deck: Any, chapters: list[Rendered]
) -> None:
    lengths = [part.frames for chapter in chapters for part in chapter.parts if part.frames]
    shown = []
    for chapter in chapters:
        with av.open(chapter.film) as whole:
            shown += [frame.to_ndarray(format="rgb24") for frame in whole.decode(video=0)]
    start = 0
    for slide, frames in zip(deck.slides, lengths, strict=True):
        with av.open(BytesIO(film(slide))) as clip:
            own = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]
        assert len(own) == frames
        assert all((a == b).all() for a, b in zip(own, shown[start:], strict=False))
        start += frames
        (movie,) = slide.shapes
        with av.open(BytesIO(movie.poster_frame.blob)) as poster:
            (last,) = poster.decode(video=0)
        assert abs(last.to_ndarray(format="rgb24") - own[-1].astype(int)).mean() < 1
        assert (movie.left, movie.top) == (0, 0)
        assert (movie.width, movie.height) == (deck.slide_width, deck.slide_height)


def test_each_sentence_is_heard_where_it_is_in_the_chapter(
    deck: Any, chapters: list[Rendered], tmp_path: Path
) -> None:
    slides = iter(deck.slides)
    for chapter in chapters:
        whole, start = from_file(chapter.film), 0.0
        for part in chapter.parts:
            path = tmp_path / "beat.mp4"
            path.write_bytes(film(next(slides)))
            seconds = part.frames / chapter.frame_rate
            own = whole[round(start * RATE) :][: round(seconds * RATE)]
            heard = from_file(path)[: len(own)]
            assert ((heard - own) ** 2).sum() <= 0.05 * (own**2).sum()
            start += seconds


def test_a_chapter_is_a_section(deck: Any, chapters: list[Rendered]) -> None:
    sections = {
        section.get("name"): [int(slide.get("id")) for slide in section.iter("{*}sldId")]
        for section in deck.element.iter(SECTION)
    }
    assert list(sections) == ["1 A square, and & <more>", "2 A circle", "4 A dot η"]
    assert [len(slides) for slides in sections.values()] == [len(c.beats) for c in chapters]
    members = [number for slides in sections.values() for number in slides]
    assert members == [slide.slide_id for slide in deck.slides]


def test_a_film_begins_with_its_slide_and_stays_at_its_end(deck: Any) -> None:
    for slide in deck.slides:
        (movie,) = slide.shapes
        (command,) = slide.element.iter(qn("p:cmd"))
        assert command.get("cmd") == "playFrom(0.0)"
        (effect,) = (node for node in slide.element.iter(qn("p:cTn")) if node.get("presetID"))
        assert effect.get("nodeType") == "afterEffect"
        (media,) = slide.element.iter(qn("p:cMediaNode"))
        assert media.find(qn("p:cTn")).get("fill") == "hold"
        targets = {target.get("spid") for target in slide.element.iter(qn("p:spTgt"))}
        assert targets == {str(movie.shape_id)}


def test_slides_of_the_same_films_are_left_alone(spoken: Path, run: Callable) -> None:
    before = (spoken / DECK).stat().st_mtime_ns
    outcome = run(spoken, *SLIDES)
    assert outcome.stdout.startswith("up to date")
    assert (spoken / DECK).stat().st_mtime_ns == before
    (spoken / DECK).write_bytes((spoken / DECK).read_bytes()[:1000])
    assert run(spoken, *SLIDES).stdout.startswith("6 slides")


def test_without_a_film_one_line_tells_how_to_make_it(project: Path, run: Callable) -> None:
    outcome = run(project, *SLIDES)
    assert outcome.returncode == 2
    assert outcome.stderr == (
        "there is no film build/draft/ch01_square.mp4; `make render QUALITY=draft` makes it\n"
    )


def test_films_of_another_voice_are_refused_and_damaged_ones_too(
    spoken: Path, tmp_path: Path, run: Callable
) -> None:
    project = Path(shutil.copytree(spoken, tmp_path / "project"))
    (project / DECK).unlink()
    outcome = run(project, *SLIDES, "--voice", "none")
    assert outcome.returncode == 2
    assert "`make render QUALITY=draft VOICE=none` films that" in outcome.stderr
    broken = project / DRAFT / "ch01_square.mp4"
    broken.write_bytes(bytes(broken.stat().st_size))
    outcome = run(project, *SLIDES)
    assert outcome.returncode == 2
    assert len(outcome.stderr.splitlines()) == 1
    assert "remove it" in outcome.stderr
    assert not (project / DECK).exists()
