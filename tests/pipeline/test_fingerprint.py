"""The import closure against Python itself, and what is and is not part of a fingerprint."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cache.fingerprint import difference, reached
from pipeline.cache.keys import keys_of
from pipeline.quality import QUALITIES
from scenes.outline import Entry

CHAPTER = Entry(2, "scenes.ch02_circle", "Circle", "A circle", "It grows.")
DRAFT = QUALITIES["draft"]
IMPORTED = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
files = [getattr(module, "__file__", None) for module in sys.modules.values()]
print(json.dumps([file for file in files if file]))
"""


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def really_imported(root: Path, module: str) -> set[Path]:
    outcome = subprocess.run(
        [sys.executable, "-c", IMPORTED, module],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    files = (Path(file) for file in json.loads(outcome.stdout))
    return {file.relative_to(root) for file in files if file.is_relative_to(root)}


def paths(*names: str) -> set[Path]:
    return {Path(name) for name in names}


def test_a_chapter_reaches_what_python_imports_for_it(project: Path) -> None:
    imported = really_imported(project, "scenes.ch02_circle")
    assert Path("scenes/kit/shapes.py") in imported
    # every chapter knows the outline, and the outline names every chapter
    assert reached(project, "scenes.ch02_circle") == imported - paths("scenes/outline.py")


def test_relative_nested_and_deferred_imports_are_followed(tmp_path: Path) -> None:
    write(
        tmp_path,
        top="import package.deep.leaf\n",
        package__near="def load():\n    from package import far\n",
        package__far="",
        package__unused="",
        package__deep__leaf="from .. import near\nfrom .twig import bud\nfrom . import stem\n",
        package__deep__twig="bud = 1\n",
        package__deep__stem="import top\n",
    )
    for folder in ("package", "package/deep"):
        (tmp_path / folder / "__init__.py").touch()
    found = reached(tmp_path, "top")
    assert really_imported(tmp_path, "top") | paths("package/far.py") == found
    assert Path("package/unused.py") not in found


def test_a_name_in_a_string_counts_as_a_lazy_import(tmp_path: Path) -> None:
    write(tmp_path, package__lazy="", package__other="", package__third="")
    (tmp_path / "package/__init__.py").write_text(
        'HOMES = {"thing": "package.lazy", "more": ".other"}\n'
    )
    assert reached(tmp_path, "package") == paths(
        "package/__init__.py", "package/lazy.py", "package/other.py"
    )


def changes(root: Path, path: str, text: str) -> list[str]:
    """What differs in the fingerprint of CHAPTER after ``text`` was put into ``path``."""
    before = keys_of(CHAPTER, root / "lesson.toml", DRAFT, root=root).ingredients
    (root / path).write_text(text)
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


def test_the_chapters_own_entry_and_the_quality_count(project: Path) -> None:
    lesson = project / "lesson.toml"
    before = keys_of(CHAPTER, lesson, DRAFT, root=project).ingredients
    renamed = Entry(2, CHAPTER.module, CHAPTER.scene, "A ring", CHAPTER.claim)
    now = keys_of(renamed, lesson, DRAFT, root=project).ingredients
    assert difference(before, now) == ["the outline"]
    high = keys_of(CHAPTER, lesson, QUALITIES["high"], root=project).ingredients
    assert difference(before, high) == ["the quality"]
