"""What a chapter is told by the environment when it is filmed, whatever that was before."""

import os
from pathlib import Path

import pytest

from pipeline.film import filming as film
from pipeline.film.filming import Filming
from pipeline.quality import QUALITIES


class Listener:
    """Stands in for a chapter."""

    def __init__(self, **_: object) -> None:
        self.told = {name: os.environ[name] for name in ("LESSON", "STOCK")}


@pytest.mark.parametrize(("stock", "told"), [(True, "1"), (False, "")])
def test_a_chapter_is_told_its_lesson_and_whether_stock_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stock: bool, told: str
) -> None:
    monkeypatch.setenv("LESSON", "another.toml")
    monkeypatch.setenv("STOCK", "" if stock else "1")
    monkeypatch.setattr(film, "configure", lambda *_: None)
    monkeypatch.setattr(film, "equipment", lambda *_: (lambda _: None, None, ""))
    filming = Filming(
        __name__, "Listener", QUALITIES["draft"], Path("a.toml"), tmp_path, None, stock
    )
    assert filming._chapter.told == {"LESSON": "a.toml", "STOCK": told}
