"""A Chapter is the base of every scene: it has the lesson, the title card and the beats."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from manim import (
    Animation,
    AnimationGroup,
    Camera,
    LineJointType,
    ManimColor,
    Mobject,
    Succession,
    VMobject,
    Wait,
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
from scenes.kit.narrated import NarratedScene
from scenes.kit.proof.recorder import Recorder
from scenes.kit.theme import PALETTE, PAUSE
from scenes.kit.title_card import TitleCard
from scenes.kit.wording import Message, message, whole
from scenes.kit.wording.unicode_name import unicode_name
from scenes.outline import LECTURE, Entry, entry_of, programme

# Round, because a mitre join stands out beyond the values that a curve's corners are drawn for.
VMobject.set_default(joint_type=LineJointType.ROUND)


class Chapter(NarratedScene):
    """A chapter of the lecture: `construct` is a storyboard, one method a beat.

    The lesson is the file named by the environment variable LESSON, else ``lesson.toml``. If
    `trace_path` names a file, what is drawn and what is computed is written there as it plays.
    """

    on_frame: ClassVar[Callable[["Chapter"], None] | None] = None
    trace_path: ClassVar[Path | None] = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # The lecture is drawn by Cairo; manim's OpenGL camera keeps its background elsewhere.
        assert isinstance(self.camera, Camera)
        self.camera.background_color = ManimColor(PALETTE.background)
        self.recorder = Recorder(self.trace_path) if self.trace_path else None

    @cached_property
    def entry(self) -> Entry:
        """This chapter's line in the outline, as the lecture about the lesson has it."""
        chapters, _ = programme(unmet_requirements(self.given_lesson))
        # A chapter that the lesson cannot have may be looked at all the same.
        return entry_of(type(self).__module__, (*chapters, *LECTURE))

    @property
    def lesson_path(self) -> str:
        """The file of the lesson that the lecture is about."""
        return os.environ.get("LESSON", "lesson.toml")

    @cached_property
    def given_lesson(self) -> Lesson:
        """The lesson that the lecture is about."""
        return load_lesson(self.lesson_path)

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

    def title_card(self, *opening: Animation) -> None:
        """Show number, title and claim; they become the running title while ``opening`` plays."""
        with self.say(""):
            self.title_comes(*opening)

    def title_comes(self, *opening: Animation) -> None:
        """The same within a beat, over a picture that may already be there."""
        self.play(Succession(self.card.appear(), AnimationGroup(self.card.settle(), *opening)))
        # Manim leaves it in the group that was animated.
        self.remove(self.running_title)
        self.add(self.running_title)

    @cached_property
    def card(self) -> TitleCard:
        """The chapter's number, title and claim."""
        return TitleCard(whole(self.entry.shown_number), self.entry.title, self.entry.claim)

    @property
    def running_title(self) -> VMobject:
        """What stands of the title above the chapter's pictures."""
        return self.card.running

    def hold(self) -> None:
        """Leave the last picture standing."""
        with self.say(""):
            self.wait(PAUSE.still)


def nested(animations: Iterable[Animation]) -> Iterator[Animation]:
    """All ``animations`` and those they are made of; a group leaves out what it introduces."""
    for animation in animations:
        yield animation
        yield from nested(getattr(animation, "animations", ()))
