"""Which beats an edit of a chapter's source touches, and that it is what Python then runs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from pipeline.cache.dependency_slice import read_storyboard
from pipeline.cache.fingerprint import storyboard_of
from pipeline.cache.storyboard import Place, Storyboard
from pipeline.film.job import place_of
from scenes.outline import LECTURE, Entry

SOURCE = '''
"""A chapter."""
from kit import Chapter

COUNT = 3

def helper():
    return COUNT

class Other:
    def use(self):
        return 1

class Scene(Chapter):
    """The scene."""

    def construct(self):
        self.first()
        for k in range(2):
            self.second(k)
        self.third()

    def first(self):
        with self.say("one"):
            self.play(helper())

    def second(self, k):
        if k:
            return
        with self.say("two {name}", name=self.name()):
            pass
        with self.say("three"):
            later(self.callback)

    def third(self):
        with self.say("four"):
            getter(self, "by_name")

    def name(self):
        return "x"

    def callback(self):
        pass

    def by_name(self):
        pass

    def setup(self):
        pass
'''
BEATS = [
    Place(0, "Scene.first#0"),
    Place(1, "Scene.second#0"),
    Place(1, "Scene.second#1"),
    Place(2, "Scene.third#0"),
]


def board(source: str) -> Storyboard:
    return read_storyboard(source.encode(), "Scene", hooks={"setup"})


def touched(old: str, new: str, source: str = SOURCE) -> list[int]:
    """The beats, from 1, that putting ``new`` in the place of ``old`` touches."""
    assert source.count(old) == 1
    before, now = board(source), board(source.replace(old, new))
    return [
        number
        for number, beat in enumerate(BEATS, start=1)
        if before.reach(beat) != now.reach(beat)
        or before.sentences.get(beat.site) != now.sentences.get(beat.site)
    ]


@pytest.mark.parametrize(
    ("old", "new", "beats"),
    [
        ('"one"', '"One"', [1]),
        ('"three"', 'f"three {1 + 1}"', [3]),
        ('"four"', "'four'", []),
        ('"""The scene."""', '"""The scene, told otherwise."""', []),
        ("    def name(self):\n", "    # a remark\n    def name(self):\n", []),
        ("range(2)", "range(1)", [2, 3, 4]),
        ("if k:", "if not k:", [2, 3, 4]),
        ("self.third()", "self.third(4)", [4]),
        ('return "x"', 'return "y"', [2, 3, 4]),
        ("later(", "sooner(", [2, 3, 4]),
        ("COUNT = 3", "COUNT = 4", [1, 2, 3, 4]),
        ("return COUNT", "return 2 * COUNT", [1, 2, 3, 4]),
        ("return 1\n", "return 2\n", [1, 2, 3, 4]),
    ],
)
def test_an_edit_touches_the_beats_that_can_see_it(old: str, new: str, beats: list[int]) -> None:
    assert touched(old, new) == beats


@pytest.mark.parametrize(
    ("function", "beats"),
    [("callback", [2, 3, 4]), ("by_name", [4]), ("setup", [1, 2, 3, 4])],
)
def test_what_runs_without_being_called_here_counts(function: str, beats: list[int]) -> None:
    old = f"def {function}(self):\n        pass"
    assert touched(old, old.replace("pass", "return 1")) == beats


@pytest.mark.parametrize(
    "trick",
    [
        'getattr(self, "na" + "me")()',
        'sentence = self.say("five")',
        'with self.say("five"), self.say("six"): pass',
        'with self.say(x := "five"): pass',
        'with self.say(*["five"]): pass',
        "super().construct()",
    ],
)
def test_what_cannot_be_read_is_taken_whole(trick: str) -> None:
    source = SOURCE.replace('return "x"', trick)
    assert board(source).reaches == ("",)
    assert board(source.replace('"one"', '"One"')).frame != board(source).frame


@pytest.mark.parametrize("entry", LECTURE, ids=lambda entry: entry.slug)
def test_every_chapter_is_taken_apart(entry: Entry, root: Path) -> None:
    assert len(storyboard_of(entry, root).reaches) > 1


def test_half_a_source_and_another_scene_are_taken_whole() -> None:
    assert board(SOURCE + "(").reaches == ("",)
    assert read_storyboard(SOURCE.encode(), "Nobody").reaches == ("",)


def run(source: Path, scene_globals: dict[str, Any]) -> tuple[list[Place], list[set[str]]]:
    """Where Python is at each beat, and which functions of ``source`` had been called by then."""
    places: list[Place] = []
    called: list[set[str]] = []
    running: set[str] = set()
    storyboard = read_storyboard(source.read_bytes(), "Scene")
    entry = Entry(1, "staged", "Scene", "", "")

    class Chapter:
        @contextmanager
        def say(self, _sentence: str, **_values: str) -> Iterator[None]:
            places.append(place_of(sys._getframe(), entry, storyboard))
            called.append(set(running))
            yield

        def play(self, _thing: object) -> None:
            pass

    def watch(frame: FrameType, event: str, _: object) -> None:
        code: CodeType = frame.f_code
        if event == "call" and code.co_filename == str(source):
            running.add(code.co_name)

    scene_globals |= {"Chapter": Chapter}
    text = source.read_text().replace("from kit import Chapter", "")
    code = compile("\n" + text.lstrip("\n"), str(source), "exec")
    exec(code, scene_globals)
    sys.setprofile(watch)
    try:
        scene_globals["Scene"]().construct()
    finally:
        sys.setprofile(None)
    return places, called


def test_a_beat_is_found_where_python_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "staged.py"
    source.write_text(SOURCE)
    module = type(sys)("staged")
    module.__file__ = str(source)
    monkeypatch.setitem(sys.modules, "staged", module)
    places, called = run(source, {"later": lambda go: go(), "getter": getattr})
    assert places == BEATS
    # Whatever had run by the end of a beat is in its reach: changing it changes that.
    for number in range(1, len(BEATS)):
        for function in called[number] - {"construct"}:
            (head,) = (line for line in SOURCE.splitlines() if f"def {function}(" in line)
            indent = " " * (len(head) - len(head.lstrip()) + 4)
            assert number + 1 in touched(head, f"{head}\n{indent}changed = 1"), function
