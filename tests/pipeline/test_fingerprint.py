"""What is and is not part of a fingerprint, of a small lecture and of the one that is shipped."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cache.fingerprint import difference, storyboard_of
from pipeline.cache.imports import look_again
from pipeline.cache.keys import keys_of
from pipeline.quality import QUALITIES
from scenes.outline import LECTURE, Entry

CHAPTER = Entry(2, "scenes.ch02_circle", "Circle", "A circle", "It grows.")
DRAFT = QUALITIES["draft"]


def changes(root: Path, path: str, text: str) -> list[str]:
    """What differs in the fingerprint of CHAPTER after ``text`` was put into ``path``."""
    before = keys_of(CHAPTER, root / "lesson.toml", DRAFT, root=root).ingredients
    (root / path).write_text(text)
    look_again()
    now = keys_of(CHAPTER, root / "lesson.toml", DRAFT, root=root).ingredients
    return difference(before, now)


@pytest.mark.parametrize(
    "path", ["scenes/ch02_circle.py", "scenes/kit/chapter.py", "manim.cfg", "requirements.lock"]
)
def test_what_a_chapter_is_made_of_is_named_when_it_changes(project: Path, path: str) -> None:
    assert changes(project, path, "answer = 42\n")[0] == path


@pytest.mark.parametrize("path", ["lesson.toml", "data/points.csv"])
def test_the_lesson_and_its_points_count(project: Path, path: str) -> None:
    text = (project / path).read_text()
    assert changes(project, path, f"{text}\n") == [str(project / path)]


@pytest.mark.parametrize("path", ["scenes/ch01_square.py", "scenes/outline.py", "notes.txt"])
def test_what_a_chapter_does_not_reach_leaves_it_be(project: Path, path: str) -> None:
    assert changes(project, path, "answer = 42\n") == []


def test_the_chapters_own_entry_the_quality_and_the_theme_count(project: Path) -> None:
    lesson = project / "lesson.toml"
    before = keys_of(CHAPTER, lesson, DRAFT, root=project).ingredients
    renamed = Entry(2, CHAPTER.module, CHAPTER.scene, "A ring", CHAPTER.claim)
    now = keys_of(renamed, lesson, DRAFT, root=project).ingredients
    assert difference(before, now) == ["the outline"]
    high = keys_of(CHAPTER, lesson, QUALITIES["high"], root=project).ingredients
    assert difference(before, high) == ["the quality"]
    light = keys_of(CHAPTER, lesson, replace(DRAFT, theme="light"), root=project)
    assert difference(before, light.ingredients) == ["the theme"]
    dark = keys_of(CHAPTER, lesson, DRAFT, root=project)
    place = dark.storyboard.end
    assert dark.key(0, place) != light.key(0, place)


@pytest.fixture(scope="module")
def shipped(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources that are shipped, to be edited and put back."""
    copy = tmp_path_factory.mktemp("shipped")
    for name in ("gdmath", "scenes", "fastcairo", "pipeline", "requirements.lock", "manim.cfg"):
        take = shutil.copytree if (root / name).is_dir() else shutil.copy2
        take(root / name, copy / name)
    return copy


def ingredients(root: Path) -> dict[int, dict[str, str]]:
    """What each chapter of the lecture is made of."""
    look_again()
    lesson = root / "lesson.toml"
    return {e.number: keys_of(e, lesson, DRAFT, root=root).ingredients for e in LECTURE}


@pytest.fixture(scope="module")
def as_shipped(shipped: Path) -> dict[int, dict[str, str]]:
    return ingredients(shipped)


@pytest.fixture
def stale(shipped: Path, as_shipped: dict[int, dict[str, str]]) -> Callable[..., set[int]]:
    """The chapters of the lecture that are stale once one text stands in the place of another."""

    def stale(path: str, old: str, new: str) -> set[int]:
        text = (shipped / path).read_text()
        assert old in text
        (shipped / path).write_text(text.replace(old, new, 1))
        now = ingredients(shipped)
        (shipped / path).write_text(text)
        return {number for number in now if as_shipped[number] != now[number]}

    return stale


ALL = {entry.number for entry in LECTURE}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("gdmath/summary.py", "\n\n", "\n# A comment.\n\n"),
        ("gdmath/summary.py", '"""', '"""Told otherwise: '),
        ("gdmath/summary.py", "import ", "import statistics\nimport "),
        ("scenes/kit/theme.py", "\n\n", "\n# A comment.\n\n\n"),
        ("scenes/kit/chapter.py", '    """', '    """Told otherwise: '),
        ("requirements.lock", "ruff==", "ruff==9"),
    ],
)
def test_what_shows_in_no_picture_makes_no_chapter_stale(
    stale: Callable, path: str, old: str, new: str
) -> None:
    assert stale(path, old, new) == set()


@pytest.mark.parametrize("package", ["numpy", "pycairo", "mpmath"])
def test_a_package_that_makes_pictures_makes_all_chapters_stale(
    stale: Callable, package: str
) -> None:
    assert stale("requirements.lock", f"\n{package}==", f"\n{package}==9") == ALL


def test_a_panel_makes_the_chapters_stale_that_reach_it(shipped: Path, stale: Callable) -> None:
    panel, definition = "scenes/kit/panels/log_panel.py", "class LogPanel"
    found = stale(panel, definition, f"RINGS = 3\n\n\n{definition}")
    users = {
        entry.number
        for entry in LECTURE
        for path in (shipped / entry.module.replace(".", "/")).parent.glob("*.py")
        if entry.slug in str(path) and "LogPanel" in path.read_text()
    }
    assert users <= found < ALL
    assert users


def test_a_method_that_a_base_class_gains_runs_without_being_mentioned(project: Path) -> None:
    base, chapter = project / "scenes/kit/chapter.py", project / CHAPTER.module.replace(".", "/")
    chapter = chapter.with_suffix(".py")
    chapter.write_text(f"{chapter.read_text()}\n    def prepare(self) -> None:\n        pass\n")
    frame = storyboard_of(CHAPTER, project).frame
    base.write_text(f"{base.read_text()}\n    def prepare(self) -> None:\n        pass\n")
    assert storyboard_of(CHAPTER, project).frame != frame
