"""Frame by frame, pixel by pixel: the fast path draws what stock Manim draws."""

import importlib

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    LEFT,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    MathTypst,
    PointCloudDot,
    ReplacementTransform,
    Scene,
    Square,
    Star,
    ValueTracker,
    VGroup,
)
from manim.renderer.cairo_renderer import CairoRenderer

from fastcairo.renderer import FastRenderer
from fastcairo.tiles import Tiles
from scenes.outline import LECTURE
from tests.fastcairo.frames import digest, frames_of, whole


class Busy(Scene):
    """Shapes of every kind come, move, change places and colours, and go."""

    def construct(self):
        tracker = ValueTracker(0)
        lines = VGroup(*(Line(6 * LEFT + y * UP, 6 * RIGHT + y * UP) for y in (-2, 0, 2)))
        star = Star(color=YELLOW, fill_opacity=0.5, stroke_width=8).shift(3 * LEFT)
        ramp = Square(color=BLUE, fill_opacity=0.7).set_color_by_gradient(RED, BLUE, YELLOW)
        ring = Circle(2, stroke_opacity=0.4).set_stroke(width=12, background=True)
        dot = Dot(radius=0.2, color=RED).add_updater(
            lambda m: m.move_to((4 * np.cos(tracker.get_value()), np.sin(tracker.get_value()), 0))
        )
        self.add(lines, ring, tracker)
        self.play(FadeIn(star, shift=UP), Create(ramp), run_time=0.5)
        self.add(dot)
        self.play(tracker.animate.set_value(4), run_time=0.8)
        self.wait(0.3)
        self.bring_to_front(ring)
        self.play(star.animate.rotate(1).set_fill(BLUE, 1), run_time=0.4)
        ramp.set_z_index(5)
        formula = MathTypst("integral_0^1 x^2 dif x").shift(2 * DOWN)
        self.play(ReplacementTransform(star, formula), FadeOut(lines[1]), run_time=0.5)
        self.play(ramp.animate.shift(3 * RIGHT), run_time=0.4)
        self.remove(ring)
        self.wait(0.2)


class Shuffled(Scene):
    """Half-transparent shapes at random places, in random order, some of them at every frame."""

    def construct(self):
        generator = np.random.default_rng(7)
        shapes = [
            kind(color=color, fill_opacity=opacity, stroke_width=width).move_to(
                (*generator.uniform((-6, -3), (6, 3)), 0)
            )
            for kind, color, opacity, width in zip(
                (Circle, Square, Star) * 6,
                (RED, BLUE, YELLOW) * 6,
                generator.uniform(0, 1, 18),
                generator.uniform(0, 9, 18),
                strict=True,
            )
        ]
        for _ in range(6):
            order = generator.permutation(len(shapes))
            self.clear()
            self.add(*(shapes[n] for n in order[:12]))
            moved = generator.choice(order[:12], 2, replace=False)
            offsets = generator.uniform(-1, 1, (2, 3))
            self.play(
                *(shapes[n].animate.shift(by) for n, by in zip(moved, offsets, strict=True)),
                run_time=0.3,
            )


class WithACloud(Scene):
    """Something that is not made of curves, for which the camera takes stock Manim's way."""

    def construct(self):
        cloud = PointCloudDot(radius=1, density=20, color=BLUE)
        dot = Dot(color=RED)
        self.add(cloud, dot)
        self.play(dot.animate.shift(RIGHT), run_time=0.3)
        self.remove(cloud)
        self.play(dot.animate.shift(UP), run_time=0.3)


def assert_same(scene, **settings):
    expected = frames_of(scene, CairoRenderer, digest, **settings)
    drawn = frames_of(scene, FastRenderer, digest, **settings)
    assert len(expected) > 5
    different = [
        n for n, (one, other) in enumerate(zip(expected, drawn, strict=True)) if one != other
    ]
    assert not different, f"frames {different} of {len(expected)}"


@pytest.mark.parametrize("scene", [Busy, Shuffled])
def test_frames_are_the_same(scene):
    assert_same(scene)


def test_frames_are_the_same_where_the_background_is_another():
    assert_same(Busy, background_color="#345678", pixel_width=500, pixel_height=300)


def test_clouds_of_points_are_drawn_as_stock_manim_draws_them():
    assert_same(WithACloud)


def test_the_tiles_said_to_have_changed_are_all_that_changed():
    frames = frames_of(Busy, FastRenderer, lambda frame: (whole(frame), frame.changed))
    tiles = Tiles(426, 240)
    before = None
    for _, (pixels, changed) in frames:
        if before is not None:
            elsewhere = np.ones(pixels.shape[:2], bool)
            for part in tiles.rectangles(changed):
                elsewhere[part.top : part.bottom, part.left : part.right] = False
            assert np.array_equal(pixels[elsewhere], before[elsewhere])
        before = pixels
    counts = [changed.bit_count() for _, (_, changed) in frames[1:]]
    assert np.mean(counts) < 0.8 * tiles.all.bit_count()


def chapter(number):
    entry = next(entry for entry in LECTURE if entry.number == number)
    return getattr(importlib.import_module(entry.module), entry.scene)


@pytest.mark.slow
def test_a_chapter_has_the_same_frames():
    assert_same(chapter(6), pixel_width=854, pixel_height=480, frame_rate=3)


@pytest.mark.slow
@pytest.mark.parametrize("number", [entry.number for entry in LECTURE[1::2]])
def test_chapters_have_the_same_frames(number):
    assert_same(chapter(number), pixel_width=426, pixel_height=240, frame_rate=2)
