"""A new chapter plays and passes every check as it stands; what cannot be begun leaves no trace."""

import ast
import keyword
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.new import begin, quoted, read_outline, with_entry
from pipeline.errors import UserError
from scenes.outline import Entry

COPIED = ["scenes", "gdmath", "fastcairo", "pipeline", "tests", "docs", "data", "lessons"]
COPIED += ["translations", "environment", ".mypy_cache", "lesson.toml", "manim.cfg"]
COPIED += ["pyproject.toml", "requirements.lock", "README.md", "Makefile"]
QUICKLY = "ch18 or in_order or last_message or readme or architecture or docs"
OTHERS = "ch18 or not (ch0 or ch1 or lasts or colour or stories)"
"""All but the replays and the stories of the chapters there before, which take minutes."""
CHAPTER = "scenes/ch18_two_minima_its_naive.py"
QUICK = [f"tests/scenes/test_{name}.py" for name in ("chapters", "narration_lint", "german")]
DOCUMENTS = [f"tests/test_{name}.py" for name in ("readme", "architecture", "docs")]
# Quotes of both kinds, an accent, a backslash: a title is text, not source.
TITLE = 'Two "minima", it\'s naïve \\'


@pytest.fixture(scope="module")
def tree(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout in which chapter 18 was begun."""
    copy = tmp_path_factory.mktemp("tree")
    for name in filter(lambda name: (root / name).exists(), COPIED):
        take = shutil.copytree if (root / name).is_dir() else shutil.copy2
        take(root / name, copy / name)
    outcome = in_tree(copy, "-m", "pipeline", "new", "--chapter=18", f"--title={TITLE}")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines()[0] == CHAPTER
    return copy


def in_tree(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in ``tree``, where nothing of this checkout is found."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "check",
    [
        ["ruff", "format", "--check", CHAPTER, "scenes/outline.py"],
        ["ruff", "check", CHAPTER, "scenes/outline.py"],
        pytest.param(["mypy", CHAPTER, "scenes/outline.py"], marks=pytest.mark.slow),
        pytest.param(["pytest", "-q", *QUICK, *DOCUMENTS, "-k", QUICKLY], marks=pytest.mark.slow),
        pytest.param(["pytest", "-q", "tests/scenes", "-k", OTHERS], marks=pytest.mark.slow),
        pytest.param(["scenes.kit.layout", "18"], marks=pytest.mark.slow),
    ],
    ids=lambda check: " ".join(check[:4]),
)
def test_a_new_chapter_passes_every_check_as_it_stands(tree: Path, check: list[str]) -> None:
    outcome = in_tree(tree, "-m", *check)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_outline_only_gains_the_entry(tree: Path, root: Path) -> None:
    before, after = (
        read_outline(root / "scenes/outline.py"),
        read_outline(tree / "scenes/outline.py"),
    )
    assert after[:-1] == before
    assert (after[-1].number, after[-1].title, after[-1].scene) == (18, TITLE, "TwoMinimaItsNaive")
    old = (root / "scenes/outline.py").read_text().splitlines()
    new = (tree / "scenes/outline.py").read_text().splitlines()
    added = len(new) - len(old)
    assert any(new[:k] + new[k + added :] == old for k in range(len(new)))


@pytest.mark.parametrize(("number", "place"), [(0, 0), (3, 2), (5, 3)])
def test_an_entry_stands_at_its_place_by_number(project: Path, number: int, place: int) -> None:
    path = begin(number, "A ring", project)
    assert path == project / f"scenes/ch{number:02}_a_ring.py"
    lecture = read_outline(project / "scenes/outline.py")
    assert [entry.number for entry in lecture].index(number) == place
    assert len(lecture) == 4


@pytest.mark.parametrize(
    ("title", "scene"),
    [
        ("Create", "CreateScene"),  # imported by the skeleton
        ("chapter", "ChapterScene"),
        ("Warning", "WarningScene"),  # a builtin
        ("None", "NoneScene"),  # a keyword
        ("  What   the slope\tsays ", "WhatTheSlopeSays"),
    ],
)
def test_a_scene_hides_no_other_name(project: Path, title: str, scene: str) -> None:
    path = begin(9, title, project)
    (found,) = (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef))
    assert found.name == scene == read_outline(project / "scenes/outline.py")[-1].scene
    assert found.name.isidentifier()
    assert not keyword.iskeyword(found.name)


MISTAKES = [
    (["--chapter=2", "--title=A"], "chapter 2 is there already; the chapters are 1 A square"),
    (["--chapter=100", "--title=A"], "100 is no number for a chapter; they go from 0 to 99"),
    (["--chapter=-1", "--title=A"], "'-1' is not a chapter number"),
    (["--chapter=1.5", "--title=A"], "'1.5' is not a chapter number"),
    (["--chapter=5 6", "--title=A"], "'5 6' is more than one chapter"),
    (["--chapter=5"], "--title"),
    (["--title=A"], "--chapter"),
    (["--chapter=5", "--title="], "'' gives no file name"),
    (["--chapter=5", "--title=?!"], "'?!' gives no file name"),
    (["--chapter=5", "--title=谷"], "'谷' gives no file name"),
    (["--chapter=5", "--title=A\x1bB"], "'A\\x1bB' gives no file name"),
    (["--chapter=5", "--title=The 400 steps"], "'The 400 steps' holds a typed number"),
    (["--chapter=5", f"--title={'long ' * 9}"], "44 characters long; the title card holds 32"),
    (["--chapter=6", "--title=Taken"], "scenes/ch06_draft.py is there already"),
]


@pytest.mark.parametrize(("arguments", "told"), MISTAKES)
def test_a_mistake_is_told_in_one_line_and_nothing_is_touched(
    project: Path, run: Callable, arguments: list[str], told: str
) -> None:
    (project / "scenes/ch06_draft.py").touch()
    before = contents(project)
    outcome = run(project, "new", *arguments)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    (line,) = outcome.stderr.splitlines()
    assert told in line
    assert contents(project) == before


@pytest.mark.parametrize(
    "outline",
    [
        "LECTURE = (",
        "LECTURE = ()",
        "from elsewhere import LECTURE",
        "{kept}\nLECTURE = LECTURE[::-1]",
        "{kept}\nLECTURE = (Entry(*(8, *'mstc')),)",
    ],
)
def test_an_outline_of_another_shape_is_left_as_it_is(project: Path, outline: str) -> None:
    path = project / "scenes/outline.py"
    path.write_text(outline.replace("{kept}", path.read_text()))
    before = contents(project)
    with pytest.raises(UserError):
        begin(5, "A ring", project)
    assert contents(project) == before


def contents(project: Path) -> dict[Path, bytes]:
    files = (path for path in project.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path: path.read_bytes() for path in files}


@given(st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1))
def test_a_title_comes_back_from_its_literal(title: str) -> None:
    assert ast.literal_eval(quoted(title)) == title


@given(st.sets(st.integers(0, 99), min_size=2), st.data())
def test_any_outline_stays_in_order(numbers: set[int], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(sorted(numbers)))
    entries = "".join(f"    Entry(number={k}),  # ηθ\n" for k in sorted(numbers - {number}))
    source = with_entry(
        f"# η\nLECTURE: object = (\n{entries})\n", Entry(number, "m", "s", "t", "c")
    )
    written = ast.parse(source).body[0]
    assert isinstance(written, ast.AnnAssign)
    assert isinstance(written.value, ast.Tuple)
    places = [ast.literal_eval(call.keywords[0].value) for call in written.value.elts]
    assert places == sorted(numbers)
