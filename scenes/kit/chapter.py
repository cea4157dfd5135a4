"""A Chapter is the base of every scene: it has the lesson, the title card and the beats."""

import math
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    Camera,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Line,
    ManimColor,
    Mobject,
    Scene,
    Typst,
    VGroup,
    VMobject,
    Wait,
    Write,
)
from manim.utils.family import extract_mobject_family_members

from gdmath import (
    Convergence,
    Derivation,
    Lesson,
    NumericLoss,
    Trajectory,
    compile_loss,
    convergence,
    derive,
    descend,
    load_lesson,
    unmet_requirements,
)
from scenes.kit.frame import SAFE, TITLE
from scenes.kit.proof.recorder import Recorder
from scenes.kit.proof.trace import decoration
from scenes.kit.text.typeset import words
from scenes.kit.theme import PALETTE, PAUSE, SIZE
from scenes.kit.wording import Beat, Message, Written, fill, message, reading_time, whole
from scenes.kit.wording.unicode_name import unicode_name
from scenes.outline import LECTURE, Entry, entry_of, programme


class Chapter(Scene):
    """A chapter of the lecture: `construct` is a storyboard, one method a beat.

    The lesson is the file named by the environment variable LESSON, else ``lesson.toml``. After a
    render, `beats` holds what was said and when, in seconds of this chapter's own film. If
    `trace_path` names a file, what is drawn and what is computed is written there meanwhile.
    `on_beat` hears each sentence as its beat begins, and None as it ends, and says whether to film
    what follows. Where captions are not English, `translate` gives the translation of a template.
    """

    on_beat: ClassVar[Callable[[str | None], bool] | None] = None
    on_frame: ClassVar[Callable[["Chapter"], None] | None] = None
    translate: ClassVar[Callable[[str], str | None] | None] = None
    trace_path: ClassVar[Path | None] = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # The lecture is drawn by Cairo; manim's OpenGL camera keeps its background elsewhere.
        assert isinstance(self.camera, Camera)
        self.camera.background_color = ManimColor(PALETTE.background)
        self.beats: list[Beat] = []
        self.sentence: str = Written("")
        self.recorder = Recorder(self.trace_path) if self.trace_path else None
        self.running_title: VMobject = VGroup()

    @cached_property
    def entry(self) -> Entry:
        """This chapter's line in the outline, as the lecture about the lesson has it."""
        chapters, _ = programme(unmet_requirements(self.given_lesson))
        # A chapter that the lesson cannot have may be looked at all the same.
        return entry_of(type(self).__module__, (*chapters, *LECTURE))

    @cached_property
    def given_lesson(self) -> Lesson:
        """The lesson that the lecture is about."""
        return load_lesson(os.environ.get("LESSON", "lesson.toml"))

    @cached_property
    def lesson(self) -> Lesson:
        """The lesson that this chapter teaches: the lecture's, or one that it brings."""
        return self.given_lesson

    @cached_property
    def graph(self) -> Message:
        """What the prediction is drawn as: a line, or a curve."""
        return message("line") if self.lesson.is_straight else message("curve")

    @cached_property
    def parameter_names(self) -> list[str]:
        """The names of the parameters, as captions write them."""
        return [unicode_name(parameter) for parameter in self.lesson.parameters]

    @cached_property
    def derivation(self) -> Derivation:
        """The lesson's loss, gradient and Hessian in symbols."""
        return derive(self.lesson)

    @cached_property
    def loss(self) -> NumericLoss:
        """The lesson's loss in numbers."""
        return compile_loss(self.lesson)

    @cached_property
    def convergence(self) -> Convergence:
        """What theory promises for the lesson's loss."""
        return convergence(self.loss)

    @cached_property
    def trajectory(self) -> Trajectory:
        """The lesson's own descent: by its rule, from its start, at its learning rate."""
        return descend(self.loss, self.lesson.rule, self.lesson.start, self.lesson.steps)

    @contextmanager
    def say(self, text: str | Message, /, **values: str | Message) -> Iterator[None]:
        """Caption what plays inside the block with a sentence and hold until it can be read.

        ``text`` is its template, filled in with ``values``, or a message that has its own.
        """
        sentence = self.in_language(text if isinstance(text, Message) else Message(text, values))
        start, self.sentence = self.time, sentence
        self._cut(sentence or "silent", sentence)
        yield
        missing = reading_time(sentence) - (self.time - start)
        self.wait(self.whole_frames(max(missing, PAUSE.breath)))
        self.beats.append(Beat(sentence, start, self.time))
        self._cut("between", None)

    def in_language(self, message: Message) -> Written:
        """``message`` in the language of the captions; in English if it has no translation."""
        translate = type(self).translate
        translated = message.translated(translate) if translate else None
        return message.english() if translated is None else translated

    def _cut(self, name: str, sentence: str | None) -> None:
        """Begin a section of the film, for ``sentence`` or for what comes before the next."""
        told = type(self).on_beat
        filmed = told is None or told(sentence)
        self.next_section(name, skip_animations=not filmed)

    def play(self, *animations: Any, **options: Any) -> None:
        """Play as manim does; then let an observer look at what it has come to, or at the pause."""
        super().play(*animations, **options)
        if self.renderer.skip_animations and not self.is_current_animation_frozen_frame():
            # Manim leaves this out when it skips, and then the next beat would begin with old news.
            self.update_mobjects(0)
        # A pause is one frame held. After anything else all stands for a moment.
        if self.animations and not self.is_current_animation_frozen_frame():
            self.animations = []
        self._be_seen()

    def begin_trace(self, path: Path | None) -> None:
        """Write the trace anew from here on, to ``path``, its times counted from now; or none."""
        self.recorder = Recorder(path, self.time) if path else None

    def whole_frames(self, seconds: float) -> float:
        """``seconds`` and what is missing of a frame: manim cuts a pause down to whole frames."""
        rate = self.camera.frame_rate
        return (math.ceil(round(seconds * rate, 6)) + 0.5) / rate

    def update_to_time(self, t: float) -> None:
        """Advance to ``t`` as manim does; then let an observer look at the finished frame."""
        super().update_to_time(t)
        self._be_seen()

    def _be_seen(self) -> None:
        """Let the recorder and an observer look at the picture as it is."""
        if self.recorder is not None:
            self.recorder.look(self)
        if (seen := type(self).on_frame) is not None:
            seen(self)

    def standing(self) -> list[Mobject]:
        """What is on screen and not just now being drawn, moved or faded by an animation."""
        busy, family = self.busy(), extract_mobject_family_members(self.mobjects)
        return [mobject for mobject in family if id(mobject) not in busy]

    def busy(self) -> set[int]:
        """The ids of all that an animation is drawing, moving or fading just now."""
        return {
            id(member)
            for animation in nested(self.animations or ())
            if animation.mobject is not None
            for member in animation.mobject.get_family()
        }

    def resting(self) -> bool:
        """Whether this is a pause: the picture is left to be looked at."""
        playing = self.animations or ()
        return bool(playing) and all(isinstance(animation, Wait) for animation in playing)

    def title_card(self) -> None:
        """Show the chapter's number, title and claim; the title then stays as the running title."""
        heading = numbered_title(self.entry)
        digits = len(str(self.entry.shown_number))
        number, title = VGroup(*heading[:digits]), VGroup(*heading[digits:])
        rule = decoration(Line(heading.get_left(), heading.get_right()))
        rule.set_stroke(PALETTE.parameters, 3)
        claim = words(self.entry.claim, SIZE.label, PALETTE.data)
        VGroup(heading, rule, claim).arrange(DOWN, buff=0.4).move_to(SAFE.centre)
        with self.say(""):
            self.play(FadeIn(number, shift=0.2 * UP), Write(title), run_time=1.2)
            self.play(
                GrowFromPoint(rule, rule.get_start()), FadeIn(claim, shift=0.15 * UP), run_time=0.8
            )
            self.wait(reading_time(self.entry.title + self.entry.claim) - 1.8)
            small = heading.copy().scale(SIZE.heading / SIZE.title)
            small.move_to(TITLE.centre).align_to(SAFE.centre + LEFT * SAFE.width / 2, LEFT)
            self.play(
                heading.animate.become(small).set_color(PALETTE.muted),
                FadeOut(rule, claim, shift=0.2 * UP),
                run_time=0.8,
            )
        self.running_title = heading

    def hold(self) -> None:
        """Leave the last picture standing."""
        with self.say(""):
            self.wait(PAUSE.still)


def nested(animations: Iterable[Animation]) -> Iterator[Animation]:
    """All ``animations`` and those they are made of; a group leaves out what it introduces."""
    for animation in animations:
        yield animation
        yield from nested(getattr(animation, "animations", ()))


def numbered_title(entry: Entry) -> Typst:
    """A chapter's number, muted, and its title on one baseline."""
    heading = words(
        fill("{n}  {title}", n=whole(entry.shown_number), title=entry.title), SIZE.title
    )
    heading[: len(str(entry.shown_number))].set_color(PALETTE.muted)
    return heading
