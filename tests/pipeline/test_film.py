"""What a chapter is told by the environment when it is filmed, whatever that was before."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.film import filming as film
from pipeline.film.filming import Filming
from pipeline.quality import QUALITIES


class Listener:
    """Stands in for a chapter."""

    def __init__(self, **_: object) -> None:
        self.told = {name: os.environ[name] for name in ("LESSON", "STOCK", "THEME")}


@pytest.mark.parametrize(("stock", "told"), [(True, "1"), (False, "")])
def test_a_chapter_is_told_its_lesson_its_theme_and_whether_stock_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stock: bool, told: str
) -> None:
    monkeypatch.setenv("LESSON", "another.toml")
    monkeypatch.setenv("STOCK", "" if stock else "1")
    monkeypatch.setenv("THEME", "dark")
    monkeypatch.setattr(film, "configure", lambda *_: None)
    monkeypatch.setattr("fastcairo.equipment", lambda *_, **__: (lambda _: None, None, ""))
    draft = replace(QUALITIES["draft"], theme="light")
    filming = Filming(__name__, "Listener", draft, Path("a.toml"), tmp_path, None, stock)
    assert filming._chapter.told == {"LESSON": "a.toml", "STOCK": told, "THEME": "light"}
