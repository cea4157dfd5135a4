"""The mobjects to draw, in order: what Manim's own functions find, with each visited once.

Waste removed: stock Manim asks every moving mobject for its family, although the list of them is
made of whole families already, and builds a list for every member of each.
"""

from collections.abc import Sequence
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
    backwards: list[Mobject] = []

    def gather(mobject: Mobject) -> None:
        """Take in a family from its end; of what was seen before, all parts were, too."""
        if id(mobject) not in seen:
            for part in reversed(mobject.submobjects):
                gather(part)
            seen.add(id(mobject))
            backwards.append(mobject)

    for mobject in reversed(mobjects):
        gather(mobject)
    if any(isinstance(member, NOT_CURVES) for member in backwards):
        return None
    vectors = [
        member
        for member in reversed(backwards)
        if isinstance(member, VMobject) and len(member.points)
    ]
    if any(vector.z_index for vector in vectors):
        vectors.sort(key=attrgetter("z_index"))
    return vectors
