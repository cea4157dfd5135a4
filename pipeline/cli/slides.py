"""Write the lecture as slides: each beat's film fills a slide, its sentence is in the notes."""

import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Template

from lxml.etree import SubElement
from pptx import Presentation
from pptx import presentation as pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.shapes.picture import CT_Picture
from pptx.parts.image import ImagePart
from pptx.parts.media import MediaPart
from pptx.util import Emu
from rich.console import Console
from rich.filesize import decimal
from rich.progress import track

from pipeline.atomic import atomic
from pipeline.cache.plan import Task, folder_of
from pipeline.cache.python_source import short_digest
from pipeline.cache.record import Rendered
from pipeline.cli.films import films_there, render_command
from pipeline.cli.render import Finished, building
from pipeline.errors import UserError
from pipeline.film.assemble import AssemblyError
from pipeline.film.clips import Clip, clips
from pipeline.language import language_of

WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)
"""The size of a slide, 16:9."""
BLANK = 6
"""Which layout of python-pptx's own template is empty."""
SHAPE = 2
"""The number of the film's shape on its slide."""
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""What PowerPoint calls its extension of sections."""
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
TIMING = Path(__file__).with_name("slide_timing.xml")
"""A film that begins with its slide and holds its last frame, as PowerPoint writes it."""
MADE_BY = (Path(__file__), TIMING, Path(__file__).parents[1] / "film" / "clips.py")
"""What slides depend on beside their films."""
SHOWN = "the slides show them"


def write_slides(tasks: Sequence[Task], plan: Callable[[Sequence[int]], list[Task]]) -> None:
    """Write the films of ``tasks`` as slides, unless the slides there are made of them.

    ``plan`` makes the tasks of chapters anew, given their numbers, if a render had to be waited
    for.

    Raises:
        UserError: a film is not there, is damaged, or is of another lesson or voice.
    """
    quality = tasks[0].quality
    deck = folder_of(quality) / "lecture.pptx"
    chapters = films_there(tasks, SHOWN)
    if _identifier(deck) == _made_of(chapters):
        print(f"up to date  {decimal(deck.stat().st_size):>9}  {deck}")
        return
    with building(quality) as waited:
        if waited:
            chapters = films_there(plan([task.entry.number for task in tasks]), SHOWN)
        with atomic(deck) as aside:
            slides = _presentation(chapters)
            slides.save(str(aside))
    count = len(slides.slides)
    print(f"{count} slides  {decimal(deck.stat().st_size):>9}  {deck}")


def _made_of(chapters: Finished) -> str:
    """A digest of all that the slides are made of."""
    films = [
        (repr(task.entry), rendered.size, sorted(rendered.ingredients.items()))
        for task, rendered in chapters
    ]
    made_by = [path.read_bytes() for path in MADE_BY]
    return short_digest(repr((films, made_by)).encode())


def _identifier(deck: Path) -> str:
    """The digest that the slides at ``deck`` keep of what they are made of; empty without them."""
    try:
        with zipfile.ZipFile(deck) as package:
            properties = parse_xml(package.read("docProps/core.xml"))
    except (OSError, zipfile.BadZipFile, KeyError):
        return ""
    return str(properties.findtext(qn("dc:identifier"), ""))


def _presentation(chapters: Finished) -> pptx.Presentation:
    from gdmath import load_lesson

    task, _ = chapters[0]
    lesson = load_lesson(task.lesson)
    slides = Presentation()
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    about = slides.core_properties
    about.title, about.author, about.last_modified_by = lesson.title, lesson.author, lesson.author
    about.language, about.comments = language_of(task.lesson), ""
    about.created = about.modified = datetime.now(UTC)
    about.identifier = _made_of(chapters)
    extensions = SubElement(slides.element, qn("p:extLst"))
    extension = SubElement(extensions, qn("p:ext"), uri=SECTIONS)
    sections = SubElement(extension, f"{{{P14}}}sectionLst", nsmap={"p14": P14})
    for task, rendered in _shown(chapters):
        title = f"{task.entry.shown_number} {task.entry.title}"
        name = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, task.entry.slug)}}}".upper()
        section = SubElement(sections, f"{{{P14}}}section", name=title, id=name)
        members = SubElement(section, f"{{{P14}}}sldIdLst")
        for clip in _clips(task, rendered):
            number = _add_slide(slides, clip, f"{task.name} {len(members) + 1}")
            SubElement(members, f"{{{P14}}}sldId", id=str(number))
    return slides


def _shown(chapters: Finished) -> Iterator[tuple[Task, Rendered]]:
    """``chapters`` one by one, with a bar on standard error if that is a terminal."""
    console = Console(stderr=True)
    silent = not console.is_terminal
    yield from track(chapters, "slides", console=console, transient=True, disable=silent)


def _clips(task: Task, rendered: Rendered) -> Iterator[Clip]:
    try:
        yield from clips(rendered)
    except (AssemblyError, OSError, ValueError, IndexError) as error:
        raise UserError(
            f"{task.film} or its sound is damaged ({error}); remove it, and "
            f"`{render_command(task)}` makes it anew"
        ) from error


def _add_slide(slides: pptx.Presentation, clip: Clip, name: str) -> int:
    """Add the slide of a beat, and return the number by which the presentation knows it."""
    slide = slides.slides.add_slide(slides.slide_layouts[BLANK])
    poster = BytesIO()
    clip.last.save(poster, format="jpeg", quality=92, subsampling=0)
    # `add_movie` would look through all parts of all slides for every one that it adds.
    part, stem = slide.part, f"/ppt/media/slide{slide.slide_id}"
    film = MediaPart(PackURI(f"{stem}.mp4"), "video/mp4", part.package, clip.film)
    still = ImagePart(PackURI(f"{stem}.jpg"), "image/jpeg", part.package, poster.getvalue())
    played, kept = part.relate_to(film, RELATION.VIDEO), part.relate_to(film, RELATION.MEDIA)
    poster_link = part.relate_to(still, RELATION.IMAGE)
    corner, size = (Emu(0), Emu(0)), (WIDTH, HEIGHT)
    movie = CT_Picture.new_video_pic(SHAPE, name, played, kept, poster_link, *corner, *size)
    about = movie.find(f".//{qn('p:cNvPr')}")
    about.set("descr", clip.sentence)
    # Without its link a click on the film is one on the slide, and goes on to the next.
    about.remove(about.find(qn("a:hlinkClick")))
    slide.shapes.element.append(movie)
    timing = Template(TIMING.read_text(encoding="utf-8")).substitute(
        namespaces=nsdecls("p"), shape=SHAPE, milliseconds=round(1000 * clip.seconds)
    )
    slide.element.append(parse_xml(timing))
    if clip.sentence:
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        notes.text = clip.sentence
    return int(slide.slide_id)
