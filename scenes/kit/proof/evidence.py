"""Evidence is what a chapter shows at one moment, beside what gdmath computes for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from manim import Animation, Arrow, Dot, Mobject, VMobject
from numpy.typing import NDArray

from scenes.kit.proof.glyph_origin import origin_of
from scenes.kit.proof.provenance import Told, told
from scenes.kit.proof.trace import Binding, is_decoration
from scenes.kit.text.equations import Equation
from scenes.outline import slug_of


class Shown(Protocol):
    """What of a chapter is looked at: what is on screen, what is moving, and the sentence said."""

    mobjects: list[Mobject]
    animations: list[Animation] | None

    @property
    def sentence(self) -> str:
        """What is being said."""

    @property
    def time(self) -> float:
        """Seconds since the chapter began."""

    def busy(self) -> set[int]:
        """The ids of all that an animation is drawing, moving or fading just now."""


DATA = (Dot, Arrow)
"""Kinds of mobjects that stand for a value even where they were declared a decoration."""


@dataclass(frozen=True)
class Entry:
    """One thing drawn: the value read back from it, and the one computed for it, of one shape.

    A text is read back as it stands; computed is then what each of its numbers was written for. The
    caption is no mobject.
    """

    chapter: str
    time: float
    mobject: Mobject | None
    quantity: str
    drawn: NDArray[np.float64] | str
    computed: NDArray[np.float64] | Told
    reach: float = 0.0


@dataclass(frozen=True)
class Evidence:
    """All there is to say of one moment: the entries, and what is seen though it claims nothing.

    What an animation is drawing, moving or fading claims nothing until it has arrived. Between two
    plays there is none: what stands there then may be taken away before it is shown.
    """

    entries: tuple[Entry, ...]
    unclaimed: tuple[Mobject, ...]


@dataclass(frozen=True)
class Part:
    """A mobject on screen with its claims; ``claimed`` by itself or by what it is part of.

    It is ``exempt`` if it belongs to a decoration, or to an equation: that is gdmath's expression.
    """

    mobject: Mobject
    claims: tuple[Binding, ...]
    claimed: bool
    exempt: bool


def evidence(chapter: Shown) -> Evidence:
    """What ``chapter`` shows now: what stands there, the texts, and the sentence being said."""
    name, time, busy = slug_of(type(chapter).__module__), chapter.time, chapter.busy()
    found: list[Entry] = []
    unclaimed: list[Mobject] = []
    texts: dict[str, Mobject] = {}
    if not chapter.animations:
        return Evidence((), ())
    for part in parts(chapter.mobjects):
        mobject = part.mobject
        if part.claims and not any(id(member) in busy for member in mobject.get_family()):
            for claim in part.claims:
                drawn, computed = values(claim)
                found.append(
                    Entry(name, time, mobject, claim.quantity, drawn, computed, claim.reach)
                )
        aside = part.claimed or (part.exempt and not isinstance(mobject, DATA))
        if aside or id(mobject) in busy or not is_seen(mobject):
            continue
        if (origin := origin_of(mobject)) is not None:
            texts.setdefault(origin.setting.says, mobject)
        else:
            unclaimed.append(mobject)
    for text, glyph in texts.items():
        found.append(Entry(name, time, glyph, "text", text, told(text)))
    sentence = chapter.sentence
    found.append(Entry(name, time, None, "caption", sentence, told(sentence)))
    return Evidence(tuple(found), tuple(unclaimed))


def parts(
    mobjects: Iterable[Mobject], claimed: bool = False, exempt: bool = False
) -> Iterator[Part]:
    """All of ``mobjects`` and their parts, in drawing order."""
    for mobject in mobjects:
        # A copy carries the claims of its original, and makes none.
        claims = tuple(c for c in getattr(mobject, "bindings", ()) if c.mobject is mobject)
        aside = exempt or is_decoration(mobject) or isinstance(mobject, Equation)
        part = Part(mobject, claims, claimed or bool(claims), aside)
        yield part
        yield from parts(mobject.submobjects, part.claimed, aside)


def values(claim: Binding) -> tuple[NDArray[np.float64] | str, NDArray[np.float64] | Told]:
    """The two sides of a claim: what is drawn, and what is computed."""
    drawn, computed = claim.drawn(), claim.computed()
    return (
        drawn if isinstance(drawn, str) else np.asarray(drawn, dtype=float),
        told(computed) if isinstance(computed, str) else np.asarray(computed, dtype=float),
    )


def is_seen(mobject: Mobject) -> bool:
    """Whether a mobject leaves a mark of its own on the picture."""
    if not isinstance(mobject, VMobject) or not mobject.has_points():
        return False
    stroked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > 0
    return bool(stroked or mobject.get_fill_opacity() > 0)
