"""Begin a chapter: a skeleton that plays and passes every check, entered in the outline."""

import builtins
import re
import runpy
import unicodedata
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from pipeline.atomic import atomic
from pipeline.cache.imports import OUTLINE
from pipeline.cache.plan import chapter_list
from pipeline.errors import UserError
from scenes.outline import Entry

HIGHEST = 99
LONGEST_TITLE = 32
"""Most characters of a title that fit on the title card at its size."""
CLAIM = "Say here, in one sentence, what this chapter proves."

SKELETON = '''\
"""{claim}"""

from manim import Create, FadeIn, linear

from scenes.kit.chapter import Chapter
from scenes.kit.clock import DescentClock
from scenes.kit.frame import STAGE
from scenes.kit.panels import DataPanel

# A chapter lasts 30 to 90 seconds; this one beat stands in for those to come.
DESCENT_SECONDS = 25


class {scene}(Chapter):
    """The points, and the line on its way to them."""

    def construct(self) -> None:
        self.lay_out()
        self.title_card(FadeIn(self.panel, self.panel.dots))
        self.the_line_moves_towards_the_points()
        self.hold()

    def lay_out(self) -> None:
        """Put the panel on the stage; nothing is shown yet."""
        self.clock = DescentClock(self.trajectory)
        self.panel = DataPanel(STAGE, self.loss, self.trajectory.parameters)
        self.line = self.panel.line(lambda: self.clock.parameters)

    def the_line_moves_towards_the_points(self) -> None:
        with self.say("Step by step, the line moves towards the points."):
            self.play(Create(self.line), run_time=0.8)
            running = self.clock.animate.set_value(self.trajectory.steps)
            self.play(running, run_time=DESCENT_SECONDS, rate_func=linear)
'''

ENTRY = """\
    Entry(
        number={number},
        module="{module}",
        scene="{scene}",
        title={title},
        claim="{claim}",
    ),
"""
STATED = re.compile(r"^    Entry\(\s*(?:number=)?(\d+)", re.MULTILINE)
"""Where an entry of the outline begins, and its number, as the formatter has it."""


def begin(number: int, title: str, root: Path = Path()) -> Path:
    """Write the skeleton of chapter ``number`` and enter it in the outline; return its path.

    Both files appear whole, or neither does.

    Raises:
        UserError: the number is taken, the title cannot be used, or a file is in the way.
    """
    lecture = read_outline(root / OUTLINE)
    entry = _entry(number, title)
    if any(known.number == number for known in lecture):
        raise UserError(f"chapter {number} is there already; {chapter_list(lecture)}")
    path = root / "scenes" / f"{entry.slug}.py"
    for present in path.parent.glob(f"{path.name.partition('_')[0]}_*.py"):
        raise UserError(f"{present} is there already, without an entry in {OUTLINE}")
    outline = root / OUTLINE
    with atomic(outline) as aside:
        aside.write_text(with_entry(outline.read_text("utf-8"), entry), encoding="utf-8")
        expected = sorted([*lecture, entry], key=lambda one: one.number)
        if list(read_outline(aside)) != expected:
            raise UserError(f"{outline} is not in a shape that an entry can be added to")
        with atomic(path) as aside_chapter:
            text = SKELETON.format(claim=entry.claim, scene=entry.scene)
            aside_chapter.write_text(text, encoding="utf-8")
    return path


def read_outline(path: Path = OUTLINE) -> tuple[Entry, ...]:
    """The chapters that the outline at ``path`` has now, whatever was imported before.

    Raises:
        UserError: it cannot be run, or holds no lecture.
    """
    try:
        return tuple(Entry(*astuple(entry)) for entry in runpy.run_path(str(path))["LECTURE"])
    except Exception as error:
        raise UserError(f"{path}: {type(error).__name__}: {error}") from None


def with_entry(outline: str, entry: Entry) -> str:
    """The source of an outline with ``entry`` at its place by number; all else stays as it is.

    Raises:
        UserError: there is no entry yet to find that place by.
    """
    known = [*STATED.finditer(outline)]
    if not known:
        raise UserError(f"{OUTLINE} has no tuple LECTURE with entries in it")
    later = (found.start() for found in known if int(found[1]) > entry.number)
    place = next(later, outline.find("\n)", known[-1].start()) + 1)
    text = ENTRY.format(
        number=entry.number,
        module=entry.module,
        scene=entry.scene,
        title=quoted(entry.title),
        claim=entry.claim,
    )
    return outline[:place] + text + outline[place:]


def quoted(text: str) -> str:
    """``text`` as a literal, in the quotes that the formatter chooses."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


def _entry(number: int, title: str) -> Entry:
    title = " ".join(title.split())
    words = re.findall("[a-z]+", _plain(title).lower())
    if number > HIGHEST:
        raise UserError(f"{number} is no number for a chapter; they go from 0 to {HIGHEST}")
    if not words or not title.isprintable():
        raise UserError(f"{title!r} gives no file name; a title needs a word in Latin letters")
    if any(character.isdigit() for character in title):
        raise UserError(f"{title!r} holds a typed number; write it out, or do without it")
    if len(title) > LONGEST_TITLE:
        raise UserError(
            f"{title!r} is {len(title)} characters long; the title card holds {LONGEST_TITLE}"
        )
    slug = f"ch{number:02}_{'_'.join(words)}"
    return Entry(number, f"scenes.{slug}", _class_name(words), title, CLAIM)


def _plain(title: str) -> str:
    """``title`` without accents and apostrophes: what's naïve becomes whats naive."""
    letters = unicodedata.normalize("NFKD", title)
    return re.sub("['’]", "", "".join(x for x in letters if not unicodedata.combining(x)))


def _class_name(words: Sequence[str]) -> str:
    """A name for the scene that hides none that its module uses, nor a builtin."""
    name = "".join(word.capitalize() for word in words)
    taken = hasattr(builtins, name) or re.search(rf"\b{name}\b", SKELETON)
    return f"{name}Scene" if taken else name
