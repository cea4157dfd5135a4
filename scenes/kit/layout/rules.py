"""Each rule of layout is a generator of what breaks it in one picture.

Sizes are those of the finished film, 1080 px high. Text that moves, appears or vanishes is exempt
from all but the caption zone. Sub- and superscripts may be smaller than their line by the
typeface's own ratio: the cap height is that of the line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from manim import LineJointType, config
from numpy.typing import NDArray

from scenes.kit.frame import CAPTION, SAFE
from scenes.kit.layout.contrast import contrast_with
from scenes.kit.layout.ground import Ground, has_meaning, is_ground
from scenes.kit.layout.picture import Box, Drawn, Picture, Text, around
from scenes.kit.layout.waiver import Rule, allowed
from scenes.kit.proof.glyph_origin import origin_of

LINES = 1080
SMALLEST_CAPITAL = 18.0
CAP_HEIGHT = 0.683
"""Height of a capital of New Computer Modern, as a share of an em."""
FONT_SIZE_OF_A_UNIT = 96.0
"""Font size at which manim's em is one unit."""
TEXT_CONTRAST, STROKE_CONTRAST = 4.5, 3.0
OUTLIERS = 0.1
"""Share of a stroke that may lie on too bright a ground, where it crosses something."""
CLEARANCE = 0.02
"""Least gap between two boxes in units (3 px): closer ones touch for the eye."""
SPECK = 0.12
"""Length in units (16 px) of an arrow that is dying away: shorter than the smallest dot."""
ROUNDED = {LineJointType.ROUND, LineJointType.BEVEL}
ONE_CURVE = 4
"""Points of a stroke without any joint."""
ASTRIDE = 0.06
"""Units that the thickness of a line may reach out of the safe area."""


@dataclass(frozen=True, eq=False)
class Breach:
    """A rule broken in one picture: by what, in which boxes, and how badly."""

    rule: Rule
    objects: tuple[str, ...]
    boxes: tuple[Box, ...]
    message: str


def breaches(picture: Picture, with_contrast: bool = True) -> Iterator[Breach]:
    """Everything that is wrong with a picture; only contrast needs pixels, and so some time."""
    yield from outside_the_safe_area(picture)
    yield from in_the_caption_zone(picture)
    yield from too_small(picture)
    yield from overlapping(picture)
    yield from struck_through(picture)
    yield from mitred(picture)
    if with_contrast:
        ground = Ground.of(picture)
        yield from too_faint_texts(picture, ground)
        yield from too_faint_strokes(picture, ground)


def outside_the_safe_area(picture: Picture) -> Iterator[Breach]:
    """What stands reaches beyond the safe area, not counting the thickness of a line."""
    low, high = (SAFE.left, SAFE.bottom), (SAFE.right, SAFE.top)
    beyond = np.hstack([low - picture.boxes[:, :2], picture.boxes[:, 2:] - high]).max(axis=1)
    far = np.where([picture.settled(one) for one in picture.drawn], beyond, 0.0) > ASTRIDE
    yield from trespassing(picture, "safe area", far, beyond, "outside the safe area")


def in_the_caption_zone(picture: Picture) -> Iterator[Breach]:
    """Anything at all, at rest or in flight, reaches into the captions."""
    depth = CAPTION.top - picture.boxes[:, 1]
    yield from trespassing(picture, "caption zone", depth > 0, depth, "deep in the captions")


def trespassing(
    picture: Picture, rule: Rule, out: NDArray[np.bool_], by: NDArray[np.float64], where: str
) -> Iterator[Breach]:
    """What is ``out`` (k,), a text or a quantity as a whole; it is so ``by`` (k,) units."""
    wholes: dict[str, list[int]] = {}
    for k in np.flatnonzero(out).tolist():
        if not allowed(rule, picture.drawn[k].mobject):
            wholes.setdefault(picture.name(picture.drawn[k]), []).append(k)
    for name, parts in wholes.items():
        box = around(picture.boxes[parts])
        yield Breach(rule, (name,), (box,), f"is {by[parts].max():.2f} units {where}")


def too_small(picture: Picture) -> Iterator[Breach]:
    """The capitals of a text are lower than 18 px."""
    for text in picture.texts:
        height = capital_height(text.font_size)
        # Half a per cent is less than a tenth of a pixel, and more than outlines are rounded by.
        if height < 0.995 * SMALLEST_CAPITAL and not text_allowed("cap height", text):
            message = f"has capitals of {height:.1f} px, {SMALLEST_CAPITAL:.0f} is the least"
            yield Breach("cap height", (text.name,), (text.box,), message)


def capital_height(font_size: float) -> float:
    """The height of a capital in pixels of the finished film."""
    return CAP_HEIGHT * font_size / FONT_SIZE_OF_A_UNIT * LINES / float(config.frame_height)


def overlapping(picture: Picture) -> Iterator[Breach]:
    """Glyphs of two texts touch."""
    texts = picture.texts
    boxes = np.array([text.box for text in texts]).reshape(-1, 4)
    for i, j in np.argwhere(np.triu(touch(boxes, boxes), k=1)):
        first, second = texts[i], texts[j]
        mobjects = [
            (first.glyphs[k].mobject, second.glyphs[m].mobject)
            for k, m in np.argwhere(touch(first.boxes, second.boxes))
        ]
        if any(not allowed("overlap", *pair) for pair in mobjects):
            names, both = (first.name, second.name), (first.box, second.box)
            yield Breach("overlap", names, both, "touch")


def struck_through(picture: Picture) -> Iterator[Breach]:
    """A line, an outline or a dot passes through the glyphs of a text."""
    lines = [one for one in picture.marks if not is_ground(one)]
    boxes = np.array([one.box for one in lines]).reshape(-1, 4)
    for text in picture.texts:
        for (k,) in np.argwhere(touch(text.box[None], boxes)[0]):
            points = along(lines[k])[:, None]
            inside = (points > text.boxes[:, :2]) & (points < text.boxes[:, 2:])
            hit = np.flatnonzero(inside.all(axis=2).any(axis=0))
            line = lines[k].mobject
            if any(not allowed("overlap", line, text.glyphs[g].mobject) for g in hit):
                names = (picture.name(lines[k]), text.name)
                yield Breach("overlap", names, (text.box, around(text.boxes[hit])), "touch")


def mitred(picture: Picture) -> Iterator[Breach]:
    """A stroke runs out into spikes where its line turns, and shows more than it claims."""
    for one in picture.drawn:
        mobject = one.mobject
        turns = one.stroke[3] > 0 and len(mobject.points) > ONE_CURVE
        if turns and mobject.joint_type not in ROUNDED and origin_of(mobject) is None:
            yield Breach("joint", (picture.name(one),), (one.box,), "has joints with spikes")


def touch(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the boxes (k, 4) and (m, 4) are closer than the clearance: (k, m)."""
    a, b = first[:, None], second[None]
    gaps = np.maximum(a[..., :2] - b[..., 2:], b[..., :2] - a[..., 2:])
    return np.asarray((gaps < CLEARANCE).all(axis=-1))


def along(one: Drawn, spacing: float = 0.04) -> NDArray[np.float64]:
    """Points on the outline of ``one``, about ``spacing`` units apart: (k, 2)."""
    curves = one.mobject.points[: len(one.mobject.points) // 4 * 4, :2].reshape(-1, 4, 2)
    length = np.abs(np.diff(curves, axis=1)).sum(axis=(1, 2)).max(initial=0)
    t = np.linspace(0, 1, max(2, int(np.ceil(min(length, 20) / spacing)) + 1))[:, None, None]
    a, b, c, d = np.moveaxis(curves, 1, 0)
    points = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d
    return np.asarray(points.reshape(-1, 2))


def too_faint_texts(picture: Picture, ground: Ground) -> Iterator[Breach]:
    """A glyph differs too little from the mean of the colours behind its box."""
    for text in picture.texts:
        ratios = contrast_with(
            np.array([glyph.ink for glyph in text.glyphs]),
            np.array([ground.within(glyph.box).mean(axis=0) for glyph in text.glyphs]),
        )
        worst = int(np.argmin(ratios))
        if ratios[worst] < TEXT_CONTRAST and not text_allowed("contrast", text):
            message = f"has a contrast of {ratios[worst]:.1f}:1, {TEXT_CONTRAST}:1 is the least"
            yield Breach("contrast", (text.name,), (text.box, text.boxes[worst]), message)


def too_faint_strokes(picture: Picture, ground: Ground) -> Iterator[Breach]:
    """A stroke or a dot in a colour that means something is hard to tell from what it lies on."""
    for one in picture.marks:
        if is_ground(one) or not has_meaning(one) or allowed("contrast", one.mobject):
            continue
        if (one.box[2:] - one.box[:2]).max() < SPECK:
            continue
        behind = ground.at(along(one))
        ratio = float(np.quantile(contrast_with(one.ink, behind), OUTLIERS))
        if one.casing is not None:
            cased = one.casing[3] * one.casing[:3] + (1 - one.casing[3]) * behind
            ratio = max(ratio, float(np.quantile(contrast_with(one.ink, cased), OUTLIERS)))
        if ratio < STROKE_CONTRAST:
            message = f"has a contrast of {ratio:.1f}:1, {STROKE_CONTRAST}:1 is the least"
            yield Breach("contrast", (picture.name(one),), (one.box,), message)


def text_allowed(rule: Rule, text: Text) -> bool:
    """Whether all of a text may break ``rule``."""
    return all(allowed(rule, glyph.mobject) for glyph in text.glyphs)
