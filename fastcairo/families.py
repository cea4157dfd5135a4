"""The mobjects to draw, in order: what Manim's own functions find, with each visited once.

Waste removed: stock Manim asks every moving mobject for its family, although the list of them is
made of whole families already, and builds a list for every member of each.
"""

from collections.abc import Sequence
from operator import attrgetter

from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

NOT_CURVES = (AbstractImageMobject, PMobject)
Z_INDEX = attrgetter("z_index")


def in_order(mobjects: Sequence[Mobject]) -> list[VMobject] | None:
    """All members made of curves, each where it comes last, by z-index; None if dots or images are.

    Otherwise the same as ``extract_mobject_family_members(mobjects, use_z_index=True,
    only_those_with_points=True)``, less what the camera draws nothing for, such as a tracker.
    """
    seen: set[int] = set()
    backwards: list[Mobject] = []

    def gather(mobjects: Sequence[Mobject]) -> None:
        """Take in families from their ends; of what was seen before, all parts were, too."""
        for mobject in reversed(mobjects):
            if id(mobject) not in seen:
                if mobject.submobjects:
                    gather(mobject.submobjects)
                seen.add(id(mobject))
                backwards.append(mobject)

    gather(mobjects)
    if any(issubclass(kind, NOT_CURVES) for kind in set(map(type, backwards))):
        return None
    vectors = [
        member
        for member in reversed(backwards)
        if isinstance(member, VMobject) and len(member.points)
    ]
    if any(map(Z_INDEX, vectors)):
        vectors.sort(key=Z_INDEX)
    return vectors
