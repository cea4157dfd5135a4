"""Each rule of the stage bites: panels, empty room, digits, joints, and a first picture."""

import pytest
from manim import LEFT, RIGHT, UP, LineJointType, VMobject

from scenes.kit.chapter import Chapter
from scenes.kit.frame import STAGE
from scenes.kit.layout import Report
from scenes.kit.plane import Plane, Scale
from scenes.kit.proof.dry_run import rehearse
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import words
from scenes.kit.theme import SIZE
from scenes.kit.wording import fill, fixed, significant
from tests.scenes.layout.inspection import ENTRY, broken

AXIS = Scale(0, 1, "x")


def test_three_panels_at_full_strength() -> None:
    def build(chapter: Chapter) -> None:
        panels = [Plane(room, AXIS, AXIS, bare=True) for room in STAGE.columns(1, 1, 1)]
        chapter.add(*panels)
        chapter.wait(0.4)
        chapter.play(panels[0].animate.set_opacity(0.5), run_time=0.4)

    assert broken(build) == [("panels", ("Plane",) * 3)]


def test_one_panel_on_a_stage_that_stays_empty() -> None:
    room = STAGE.columns(1, 1)[0].rows(1, 1)[0]
    assert broken(lambda chapter: chapter.add(Plane(room, AXIS, AXIS))) == [
        ("filling", ("the stage",))
    ]


def test_small_digits_of_what_is_said() -> None:
    def build(chapter: Chapter) -> None:
        digits = Readout(lambda: fixed(2.5), LEFT, SIZE.small, quantity="width")
        chapter.add(digits, words(fill("about {n}", n=fixed(2.5)), SIZE.label).shift(2 * RIGHT))
        with chapter.say("{n} and no more.", n=significant(2.5, 2)):
            chapter.wait(0.4)

    assert broken(build) == [("spoken height", ("“number of width”",))]


def test_a_stroke_with_mitred_joints() -> None:
    zigzag = VMobject(joint_type=LineJointType.MITER).set_points_as_corners([LEFT, UP, RIGHT])
    assert broken(lambda chapter: chapter.add(zigzag)) == [("joint", ("VMobject in #FFFFFF",))]


def test_a_chapter_without_a_picture() -> None:
    def construct(chapter: Chapter) -> None:
        chapter.title_card()
        chapter.wait(1)

    kind = type("Wrong", (Chapter,), {"construct": construct, "entry": ENTRY})
    report = Report()
    rehearse(kind, report.look)
    (found,) = report.found
    assert found.rule == "empty"
    assert found.time == pytest.approx(0.7, abs=0.11)
