"""The mobjects to draw, in order: what Manim's own functions find, with each visited once.

Waste removed: stock Manim asks every moving mobject for its family, although the list of them is
made of whole families already, and builds a list for every member of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

NOT_CURVES = (AbstractImageMobject, PMobject)


def in_order(mobjects: Sequence[Mobject]) -> list[VMobject] | None:
    """All members made of curves, each where it comes last, by z-index; None if dots or images are.

    Otherwise the same as ``extract_mobject_family_members(mobjects, use_z_index=True,
    only_those_with_points=True)``, less what the camera draws nothing for, such as a tracker.
    """
    seen: set[int] = set()
    backwards: list[VMobject] = []
    for mobject in reversed(mobjects):
        members: Iterable[Mobject] = (mobject,)
        if mobject.submobjects:
            members = reversed(list(_members(mobject)))
        for member in members:
            if id(member) in seen:
                continue
            seen.add(id(member))
            if isinstance(member, VMobject):
                if len(member.points):
                    backwards.append(member)
            elif isinstance(member, NOT_CURVES):
                return None
    vectors = backwards[::-1]
    if any(vector.z_index for vector in vectors):
        vectors.sort(key=attrgetter("z_index"))
    return vectors


def _members(mobject: Mobject) -> Iterator[Mobject]:
    """A mobject, and after it the members of each of its parts."""
    yield mobject
    for part in mobject.submobjects:
        yield from _members(part)
