"""`make open` opens what was made last, and says so where it cannot."""

import os
import webbrowser
from pathlib import Path

import pytest

from pipeline.__main__ import main


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened, from an empty folder."""
    found: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda address: not found.append(address))
    return found


def make(path: str, seconds: float) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).touch()
    os.utime(path, (seconds, seconds))


def test_the_youngest_is_opened(opened: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    make("build/high/lecture.mp4", 100)
    make("build/draft/page/index.html", 300)
    make("build/high/lecture.pptx", 200)
    make("build/high/lecture.json", 400)
    assert main(["open"]) == 0
    assert opened == [Path("build/draft/page/index.html").resolve().as_uri()]
    assert capsys.readouterr().out == "build/draft/page/index.html\n"


def test_where_there_is_nothing_to_open_a_line_says_what_makes_it(
    opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["open"]) == 2
    assert capsys.readouterr().err == "nothing is made yet; make render makes the lecture\n"
    assert not opened


@pytest.mark.usefixtures("opened")
def test_a_machine_without_a_program_for_it_is_told_where_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make("build/high/handout.pdf", 100)
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert main(["open"]) == 2
    assert capsys.readouterr().err == (
        "this machine has no program that opens build/high/handout.pdf\n"
    )
