"""Rules of the stage as a whole: it is filled, by few panels, and what is said stands out."""

from collections.abc import Iterator, Sequence

import numpy as np

from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE, TITLE
from scenes.kit.layout.picture import SETTLED, Drawn, Picture, Text, around
from scenes.kit.layout.rules import Breach, capital_height, text_allowed
from scenes.kit.layout.waiver import allowed
from scenes.kit.maps.round_map import RoundMap
from scenes.kit.plane import Plane
from scenes.kit.proof.evidence import is_seen
from scenes.kit.proof.provenance import shows
from scenes.kit.text.readout import Readout
from scenes.kit.wording.written import Number, numbers_of

PANELS = (Plane, RoundMap)
MOST_PANELS = 2
SMALLEST_SPOKEN = 30.0
FILLED = 0.6
LOW = (STAGE.left, STAGE.bottom) * 2
HIGH = (STAGE.right, STAGE.top) * 2
BEFORE_THE_PICTURE = 0.5
"""Seconds of a chapter in which there may be nothing to see yet."""


def on_the_whole(chapter: Chapter, picture: Picture) -> Iterator[Breach]:
    """What breaks these rules in the ``picture`` that ``chapter`` shows now."""
    yield from empty(chapter)
    yield from too_many_panels(picture)
    yield from small_though_spoken_of(picture, numbers_of(chapter.sentence))


def empty(chapter: Chapter) -> Iterator[Breach]:
    """Nothing is there but the title of the chapter, after its first half second."""
    if chapter.time > BEFORE_THE_PICTURE and not has_picture(chapter):
        yield Breach("empty", ("the stage",), (), "has no picture on it")


def has_picture(chapter: Chapter) -> bool:
    """Whether anything is to be seen that is no part of the chapter's title."""
    card = vars(chapter).get("card")
    title = {id(m) for part in vars(card).values() for m in part.get_family()} if card else set()
    family = (member for root in reversed(chapter.mobjects) for member in root.get_family())
    return any(id(member) not in title and is_seen(member) for member in family)


def on_stage(picture: Picture) -> list[Drawn]:
    """What is drawn below the running title."""
    return [one for one in picture.drawn if one.box[1] < TITLE.bottom]


def too_many_panels(picture: Picture) -> Iterator[Breach]:
    """More than two panels compete for the eye."""
    shown = [panel for panel in panels(picture) if not allowed("panels", panel)]
    if picture.resting and len(shown) > MOST_PANELS:
        message = f"are {len(shown)} panels at full strength, {MOST_PANELS} is the most"
        yield Breach("panels", tuple(type(panel).__name__ for panel in shown), (), message)


def panels(picture: Picture) -> list[Plane | RoundMap]:
    """The panels that stand there at full strength."""
    strong = {id(one.mobject) for one in picture.marks if one.opacity >= SETTLED}
    return [
        panel
        for panel in picture.members
        if isinstance(panel, PANELS) and any(id(part) in strong for part in panel.get_family())
    ]


def small_though_spoken_of(picture: Picture, said: Sequence[Number]) -> Iterator[Breach]:
    """The capitals of a text are lower than 30 px while its number is said."""
    for text in spoken_of(picture, said):
        height = capital_height(text.font_size)
        if height < 0.995 * SMALLEST_SPOKEN and not text_allowed("spoken height", text):
            least = f"{SMALLEST_SPOKEN:.0f} is the least for what is said"
            message = f"has capitals of {height:.1f} px, {least}"
            yield Breach("spoken height", (text.name,), (text.box,), message)


def spoken_of(picture: Picture, said: Sequence[Number]) -> list[Text]:
    """The texts on the stage that hold a number that is ``said``."""
    if not said:
        return []
    readouts = [member for member in picture.members if isinstance(member, Readout)]
    digits = {readout.setting: numbers_of(readout.displayed) for readout in readouts}
    return [
        text
        for text in picture.texts
        if text.box[1] < TITLE.bottom
        and any(
            shows(there, number)
            for there in digits.get(text.setting, numbers_of(text.setting.says))
            for number in said
        )
    ]


class Filling:
    """Measures how much of the stage is filled in the beat after ``beats`` others."""

    def __init__(self, beats: int = 0) -> None:
        self.beats, self.filled, self.panels = beats, np.zeros(2), {0}

    def look(self, picture: Picture) -> None:
        """Take in a frame at rest."""
        if picture.resting and (there := [one.box for one in on_stage(picture)]):
            box = np.clip(around(np.array(there)), LOW, HIGH)
            size = (box[2:] - box[:2]) / [STAGE.width, STAGE.height]
            self.filled = np.maximum(self.filled, size)
            self.panels.add(len(panels(picture)))

    def breaches(self) -> Iterator[Breach]:
        """What there is to say of the beat, now that it is over, if it showed one panel."""
        if max(self.panels) == 1 and self.filled.min() < FILLED:
            across, up, least = 100 * np.array([*self.filled, FILLED])
            filled = f"is filled to {across:.0f} % across and {up:.0f} % up"
            yield Breach("filling", ("the stage",), (), f"{filled}, {least:.0f} is the least")
