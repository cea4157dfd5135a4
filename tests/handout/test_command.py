"""`python -m handout` makes a whole PDF of the films there, once, or says in one line why not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handout.__main__ import main
from tests.conftest import ROOT

HANDOUT = Path("build/draft/handout.pdf")
ASKED = ("--quality=draft", "--voice=none")
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("*.toml"))


@pytest.mark.usefixtures("project")
def test_a_handout_is_made_once_for_each_paper(
    film: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    film("lesson.toml")
    assert main(ASKED) == 0
    assert capsys.readouterr().out.startswith("18 chapters")
    first = HANDOUT.read_bytes()
    assert first.startswith(b"%PDF")
    assert main(ASKED) == 0
    assert capsys.readouterr().out.startswith("up to date")
    assert HANDOUT.read_bytes() == first
    HANDOUT.write_bytes(first[:-3])
    assert main(ASKED) == 0
    assert capsys.readouterr().out.startswith("18 chapters")
    assert main((*ASKED, "--paper=letter")) == 0
    assert b"612" in HANDOUT.read_bytes()
    assert list(HANDOUT.parent.glob(".part*")) == []
    broken = HANDOUT.with_name("ch01_a_guess_and_its_errors.png")
    broken.write_bytes(b"no picture")
    HANDOUT.unlink()
    assert main(ASKED) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "ch01_a_guess_and_its_errors.png is damaged" in line
    assert not HANDOUT.exists()


@pytest.mark.usefixtures("project")
def test_without_a_film_one_line_tells_how_to_make_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ASKED) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "there is no film build/draft/ch00_it_looks_done.mp4; "
        "`make render QUALITY=draft VOICE=none` makes it"
    )


def test_a_paper_that_there_is_not_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(("--paper=a5",))
    (line,) = capsys.readouterr().err.splitlines()
    assert "'a5'" in line
    assert "letter" in line


@pytest.mark.slow
@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_has_a_handout(name: str, film: Callable[[str], None]) -> None:
    film(f"lessons/{name}.toml")
    assert main((*ASKED, f"--lesson=lessons/{name}.toml")) == 0
    assert HANDOUT.stat().st_size > 10_000
