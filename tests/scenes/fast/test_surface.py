"""The lit sheet of some dozens of paths looks like one drawn face by face, as stock Manim would."""

import numpy as np
import pytest
from manim import Scene, VGroup, VMobject, tempconfig

from gdmath import compile_loss, convergence, load_lesson
from scenes.fast.renderer import FastRenderer
from scenes.kit.depth.bowl import Bowl
from scenes.kit.depth.surface import SHADES, VEIL, shade, straight
from scenes.kit.depth.viewpoint import Viewpoint
from scenes.kit.frame import STAGE
from tests.scenes.fast.frames import frames_of

REC_709 = (0.2126, 0.7152, 0.0722)
"""The weights of red, green and blue in luminance (ITU-R BT.709)."""


def bowl(azimuth, elevation):
    lesson = load_lesson("lesson.toml")
    loss = compile_loss(lesson)
    viewpoint = Viewpoint(azimuth, elevation)
    return Bowl(STAGE, loss, convergence(loss), lesson.start, viewpoint)


def face_by_face(space):
    """Every face a mobject, painted from the farthest to the nearest; `Surface` paints no edges."""
    sheet = space.surface()
    nodes = space.nodes()
    seen = space.picture(nodes)
    quads = np.stack([seen[:-1, :-1], seen[1:, :-1], seen[1:, 1:], seen[:-1, 1:]], axis=2)
    shades, from_inside = sheet._light(nodes)
    near = space.viewpoint.rotate(nodes)[..., 2]
    nearness = (near[:-1, :-1] + near[1:, :-1] + near[1:, 1:] + near[:-1, 1:]).ravel() / 4
    corners = quads.reshape(-1, 4, 3)
    faces = VGroup()
    for number in np.argsort(nearness):
        color = shade((shades[number] + 0.5) / SHADES)
        # The hairline closes the seams, which would let the ground shine through.
        face = VMobject().set_stroke(color, 0.7 * from_inside[number], 1)
        face.points = straight(np.vstack([corners[number], corners[number, :1]]))
        face.set_fill(color, 1 if from_inside[number] else VEIL)
        faces.add(face)
    return faces


def luminance(*mobjects):
    class Still(Scene):
        def construct(self):
            self.add(*mobjects)
            self.wait(0.1)

    ((_, pixels),) = frames_of(Still, FastRenderer, pixel_width=854, pixel_height=480)
    return pixels[..., :3] @ np.array(REC_709)


@pytest.mark.parametrize(("azimuth", "elevation"), [(0.5, 0.5), (-0.9, 1.1), (2.2, 0.3)])
def test_the_luminance_is_that_of_faces_painted_one_by_one(azimuth, elevation):
    with tempconfig({"pixel_width": 854, "pixel_height": 480}):
        space = bowl(azimuth, elevation)
        sheet, faces = space.surface(), face_by_face(space)
    drawn = luminance(*sheet.inside, *sheet.outside)
    expected = luminance(*faces)
    ground = luminance()[0, 0]
    covered = expected != ground
    difference = np.abs(drawn - expected)[covered]
    assert covered.mean() > 0.05
    # Two neighbouring shades are 3 of 255 apart; only along edges, which are smoothed once in the
    # one and twice in the other, may more than that remain.
    assert difference.mean() < 2
    assert np.percentile(difference, 90) < 4.5
