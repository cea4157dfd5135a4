"""The shipped lesson, to be spoilt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gdmath import LessonError, load_lesson

Refusal = Callable[[str, str], str]


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the shipped lesson and its points."""
    (tmp_path / "data").mkdir()
    for name in ("lesson.toml", "data/notebook.csv"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    return tmp_path


@pytest.fixture
def lesson_file(folder: Path) -> Path:
    return folder / "lesson.toml"


@pytest.fixture
def refusal(lesson_file: Path) -> Refusal:
    """Change one thing in the lesson or its points; what that is answered with."""

    def refuse(given: str, instead: str) -> str:
        texts = {path: path.read_text() for path in lesson_file.parent.rglob("*.*")}
        path = next(path for path, text in texts.items() if given in text)
        path.write_text(texts[path].replace(given, instead, 1))
        return message(lesson_file)

    return refuse


def message(path: Path) -> str:
    """The line that the lesson at ``path`` is answered with, as if its folder were at hand."""
    with pytest.raises(LessonError) as caught:
        load_lesson(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(str(path))
    return text.replace(f"{path.parent}/", "")
