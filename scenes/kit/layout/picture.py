"""A Picture is a frame taken apart: pieces of text with their glyphs, and everything else drawn."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from manim import ManimColor, Mobject, VMobject
from manim.utils.family import extract_mobject_family_members
from numpy.typing import NDArray

from scenes.kit.chapter import Chapter
from scenes.kit.proof.glyph_origin import Setting, origin_of

INVISIBLE = 0.1
SETTLED = 0.9
HAIR = 0.2
"""Width from which a stroke is seen: `Write` ends with white ones that become ever slimmer."""

Box = NDArray[np.float64]
"""Left, bottom, right, top in units, shape (4,)."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """One outline on screen: its box, its colours (red, green, blue, opacity) and its state."""

    mobject: VMobject
    box: Box
    fill: NDArray[np.float64]
    stroke: NDArray[np.float64]
    stroke_width: float
    in_flight: bool
    casing: NDArray[np.float64] | None = None
    """The colour of a wider line beneath its own, if there is one, (4,)."""

    @property
    def ink(self) -> NDArray[np.float64]:
        """The colour it is known by: of its stroke, or of a fill without one; (4,)."""
        return self.stroke if self.stroke[3] > self.fill[3] else self.fill

    @property
    def opacity(self) -> float:
        """The opacity of its ink."""
        return float(self.ink[3])


@dataclass(frozen=True, eq=False)
class Text:
    """One piece of text on screen: what it says and its visible glyphs."""

    setting: Setting
    glyphs: list[Drawn] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it says, in quotes."""
        return f"“{self.setting.says}”"

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """The boxes of its glyphs, (k, 4)."""
        return np.array([glyph.box for glyph in self.glyphs])

    @cached_property
    def box(self) -> Box:
        """The box around all its glyphs."""
        return around(self.boxes)

    @cached_property
    def font_size(self) -> float:
        """The font size it has now, with whatever it was scaled by since it was set."""
        sizes = (self.boxes[:, 2:] - self.boxes[:, :2]).tolist()
        origins = (
            (origin_of(glyph.mobject), size) for glyph, size in zip(self.glyphs, sizes, strict=True)
        )
        factors = [
            factor for origin, size in origins if origin and (factor := origin.enlarged(*size))
        ]
        return self.setting.size * float(np.median(factors)) if factors else self.setting.size


@dataclass(frozen=True, eq=False)
class Picture:
    """What stands on screen at one moment of a chapter, in drawing order."""

    drawn: list[Drawn]
    resting: bool
    roots: tuple[Mobject, ...] = ()

    @classmethod
    def of(cls, chapter: Chapter) -> "Picture":
        """The frame that ``chapter`` shows now."""
        standing = {id(mobject) for mobject in chapter.standing()}
        family = extract_mobject_family_members(
            chapter.mobjects, use_z_index=True, only_those_with_points=True
        )
        drawn = [
            sketch(mobject, id(mobject) not in standing)
            for mobject in family
            if isinstance(mobject, VMobject)
        ]
        seen = [one for one in drawn if one.opacity > INVISIBLE]
        return cls(seen, chapter.resting(), tuple(chapter.mobjects))

    @cached_property
    def members(self) -> list[Mobject]:
        """All that is on screen and its parts, each once."""
        return [*{id(m): m for root in self.roots for m in root.get_family()}.values()]

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """The boxes of all that is drawn, (k, 4)."""
        return np.array([one.box for one in self.drawn]).reshape(-1, 4)

    @cached_property
    def texts(self) -> list[Text]:
        """The pieces of text that hold still and are fully there, or that came to rest faint."""
        texts: dict[Setting, Text] = {}
        for one in self.drawn:
            origin = origin_of(one.mobject)
            if origin is not None and self.settled(one) and np.any(one.box[2:] > one.box[:2]):
                texts.setdefault(origin.setting, Text(origin.setting)).glyphs.append(one)
        return list(texts.values())

    @cached_property
    def marks(self) -> list[Drawn]:
        """Everything that is not text, holds still and is fully there, or came to rest faint."""
        return [one for one in self.drawn if origin_of(one.mobject) is None and self.settled(one)]

    def name(self, one: Drawn) -> str:
        """What ``one`` is called in a report: its text, or the quantity it shows, or its kind."""
        if (origin := origin_of(one.mobject)) is not None:
            return f"“{origin.setting.says}”"
        for whole in self.members:
            bound = getattr(whole, "bindings", ())
            if bound and one.mobject in whole.get_family():
                return str(bound[0].quantity)
        return f"{type(one.mobject).__name__} in {ManimColor(one.ink[:3]).to_hex()}"

    def settled(self, one: Drawn) -> bool:
        """Whether ``one`` is to be held to the rules: not while it moves, appears or vanishes."""
        return not one.in_flight and (self.resting or one.opacity >= SETTLED)


def sketch(mobject: VMobject, in_flight: bool) -> Drawn:
    """What there is to know of one mobject's outline."""
    points = mobject.points[:, :2]
    width = float(mobject.get_stroke_width())
    stroke = colour_of(mobject.stroke_rgbas)
    if width < HAIR:
        stroke = stroke * [1, 1, 1, 0]
    box = np.concatenate([points.min(axis=0), points.max(axis=0)])
    cased = mobject.get_stroke_width(background=True) > width
    casing = colour_of(mobject.background_stroke_rgbas) if cased else None
    return Drawn(mobject, box, colour_of(mobject.fill_rgbas), stroke, width, in_flight, casing)


def colour_of(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first of manim's rows of red, green, blue and opacity; none is invisible; (4,)."""
    return np.asarray(colours[0], dtype=float) if len(colours) else np.zeros(4)


def around(boxes: NDArray[np.float64]) -> Box:
    """The box around ``boxes`` (k, 4)."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
