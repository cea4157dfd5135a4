"""Every rule of layout bites: a wrong scene for each, found by the rule's name, and a right one."""

from pathlib import Path

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    Line,
    Square,
    VGroup,
)
from PIL import Image

from scenes.kit.chapter import Chapter
from scenes.kit.frame import CAPTION, SAFE
from scenes.kit.layout.contrast import contrast
from scenes.kit.layout.waiver import allow
from scenes.kit.text.readout import Readout
from scenes.kit.text.typeset import maths, words
from scenes.kit.theme import PALETTE, SIZE
from scenes.kit.wording.beats import Beat
from tests.scenes.layout.inspection import broken, inspected, line


def bright(size: float = 4) -> Square:
    return Square(size).set_fill("#7487CC", 1).set_stroke(width=0)


def test_a_scene_that_keeps_to_the_rules_has_nothing_said_about_it() -> None:
    def build(chapter: Chapter) -> None:
        number = Readout(lambda: "3.14", 2 * RIGHT)
        formula = maths("x_(i_j)^2 = sum_(i = 1)^n 1/n", SIZE.tick).shift(2 * UP)
        chapter.add(words("words", SIZE.tick).shift(2 * LEFT), number, formula, line().shift(DOWN))

    assert broken(build) == []


def test_text_that_meets_text() -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(words("first"), words("second").shift(0.2 * RIGHT))

    assert broken(build) == [("overlap", ("“first”", "“second”"))]


def test_a_number_that_grows_into_its_unit() -> None:
    def build(chapter: Chapter) -> None:
        unit = words("updates").shift(0.3 * UP).align_to(0.6 * RIGHT, LEFT)
        digits = Readout(lambda: "10000", unit.get_corner(DOWN) * UP, quantity="updates")
        chapter.add(unit, digits)

    assert broken(build) == [("overlap", ("“updates”", "“number of updates”"))]


def test_texts_in_one_box_that_do_not_touch() -> None:
    def build(chapter: Chapter) -> None:
        tall = maths("1/2", SIZE.equation)
        chapter.add(tall, words("and").next_to(tall, RIGHT, buff=0.05))

    assert broken(build) == []


def test_a_line_through_a_text() -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(words("struck"), line())

    assert broken(build) == [("overlap", (f"Line in {PALETTE.loss}", "“struck”"))]


def test_text_may_meet_what_it_passes_while_it_moves() -> None:
    def build(chapter: Chapter) -> None:
        moving = words("moving").shift(LEFT)
        chapter.add(words("still"), moving)
        chapter.play(moving.animate.shift(2 * RIGHT), run_time=1)

    assert broken(build) == []


def test_what_appears_on_another_text_meets_it_however_soon_that_leaves() -> None:
    def build(chapter: Chapter) -> None:
        old, new = words("old"), words("new")
        chapter.add(old)
        chapter.play(FadeIn(new), run_time=1)
        chapter.play(FadeOut(old), run_time=1)

    assert broken(build) == [("overlap", ("“old”", "“new”"))]


def test_small_type_after_scaling() -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(VGroup(words("small", SIZE.tick)).scale(0.8))

    (found,) = inspected(build)
    assert (found.rule, found.objects) == ("cap height", ("“small”",))
    # 22 / 48 of half a unit is an em, a unit is 135 px, and a capital 0.683 em
    assert f"{0.8 * 22 / 96 * 135 * 0.683:.1f} px" in found.message


@pytest.mark.parametrize("letter", ["H", "E", "I"])
def test_a_capital_is_as_high_as_the_rule_reckons(letter: str) -> None:
    # Typst's E is 0.680 em high
    assert words(letter, 48).height == pytest.approx(0.5 * 0.683, rel=5e-3)


@pytest.mark.parametrize("place", [SAFE.right * RIGHT, SAFE.left * RIGHT, SAFE.top * UP])
def test_outside_the_safe_area(place: np.ndarray) -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(words("gone").move_to(place))

    assert set(broken(build)) == {("safe area", ("“gone”",))}


def test_in_the_captions_even_in_flight() -> None:
    def build(chapter: Chapter) -> None:
        low = words("low").move_to(CAPTION.centre)
        chapter.play(low.animate.shift(2 * UP), run_time=1)

    assert broken(build) == [("caption zone", ("“low”",))]


@pytest.mark.parametrize("color", [PALETTE.scaffold, PALETTE.faint])
def test_text_too_close_to_the_background(color: str) -> None:
    assert broken(lambda chapter: chapter.add(words("dim", color=color))) == [
        ("contrast", ("“dim”",))
    ]


def test_text_on_a_bright_surface() -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(bright(), words("amber", color=PALETTE.loss))

    assert broken(build) == [("contrast", ("“amber”",))]


def test_text_left_faint() -> None:
    def build(chapter: Chapter) -> None:
        text = words("faded")
        chapter.add(text)
        chapter.play(text.animate.set_opacity(0.3), run_time=1)

    assert broken(build) == [("contrast", ("“faded”",))]


def test_a_stroke_on_a_bright_surface() -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(bright(), line(PALETTE.gradient))

    assert broken(build) == [("contrast", (f"Line in {PALETTE.gradient}",))]


def test_a_stroke_that_crosses_a_bright_spot() -> None:
    def build(chapter: Chapter) -> None:
        long = Line(4 * LEFT, 4 * RIGHT).set_stroke(PALETTE.gradient, 4)
        chapter.add(bright(0.6), long)

    assert broken(build) == []


def test_scaffolding_may_be_faint() -> None:
    assert broken(lambda chapter: chapter.add(line(PALETTE.faint))) == []


def test_a_caption_that_cannot_be_read() -> None:
    def build(chapter: Chapter) -> None:
        chapter.beats.append(Beat("A sentence of forty characters, or more.", 1.0, 3.0))

    assert broken(build) == [("reading time", ("“A sentence of forty characters, or more.”",))]


def test_what_is_declared_may_be() -> None:
    def build(chapter: Chapter) -> None:
        label, curve, ghost = words("on it"), line(), line(opacity=0.2).shift(UP)
        allow("overlap", label, curve, reason="the label sits on its curve")
        allow("contrast", ghost, reason="where the line was")
        chapter.play(FadeIn(label, curve, ghost), run_time=1)

    assert broken(build) == []


def test_what_may_touch_one_thing_may_not_touch_another() -> None:
    def build(chapter: Chapter) -> None:
        first, second, third = words("ab"), words("cd"), words("ef")
        allow("overlap", first, second, reason="a test")
        allow("overlap", second, third, reason="a test")
        chapter.add(first, second, third)

    assert broken(build) == [("overlap", ("“ab”", "“ef”"))]


def test_a_finding_says_where_it_is_and_shows_it(tmp_path: Path) -> None:
    def build(chapter: Chapter) -> None:
        chapter.add(words("gone").move_to((SAFE.top + 0.15) * UP))

    (found,) = inspected(build, tmp_path)
    assert (found.chapter, found.beat, found.sentence) == ("ch99_wrong", 2, "Then.")
    # Two captions of 1.5 s, each in whole frames of 0.2 s.
    assert found.time == pytest.approx(3.0, abs=0.21)
    assert str(found).startswith(f"ch99_wrong, beat 2, {found.time:.2f} s: safe area: “gone” is")
    (frame,) = tmp_path.iterdir()
    with Image.open(frame) as picture:
        pixels = np.asarray(picture).astype(int)
    boxed = np.argwhere((pixels[..., 0] > 200) & (pixels[..., 1:].max(axis=2) < 80))
    (top, left), (bottom, right) = boxed.min(axis=0), boxed.max(axis=0)
    unit = pixels.shape[0] / 8
    assert (left + right) / 2 == pytest.approx(pixels.shape[1] / 2, abs=3)
    assert (top + bottom) / 2 == pytest.approx((4 - SAFE.top - 0.15) * unit, abs=3)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    # from WebAIM's contrast checker
    [((0, 0, 0), (1, 1, 1), 21.0), ((119, 119, 119), (255, 255, 255), 4.48)],
)
def test_contrast_is_that_of_the_guidelines(first: tuple, second: tuple, ratio: float) -> None:
    scale = max(second)
    assert contrast(np.array(first) / scale, np.array(second) / scale) == pytest.approx(
        ratio, abs=0.005
    )
