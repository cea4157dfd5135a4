"""A lecture in another language is filmed in it, beat by beat, and says what is still English."""

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from tests.pipeline.project import edit

GERMAN = Path("translations/de.po")
RENDER = ("render", "--quality", "draft", "--jobs", "1")


@pytest.mark.slow
def test_captions_are_in_the_lesson_s_language(project: Path, run: Callable) -> None:
    refused = run(project, *RENDER)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "make sentences TO=de begins one" in refused.stderr
    assert run(project, "sentences", "--to", "de").returncode == 0
    edit(GERMAN, 'msgid "It stops."\nmsgstr ""', 'msgid "It stops."\nmsgstr "Da hält es & ruht."')

    outcome = run(project, *RENDER)

    assert outcome.returncode == 0, outcome.stderr
    assert f"a translation in {GERMAN}: 4 of 5 sentences, the first of them: A" in outcome.stderr
    record = json.loads((project / "build/draft/ch01_square.json").read_text())
    assert record["beats"][-2]["sentence"] == "Da hält es & ruht."
    assert "Da hält es &amp; ruht." in (project / "build/draft/lecture.vtt").read_text()
    with av.open(project / "build/draft/lecture.mp4") as film:
        assert film.streams.subtitles[0].language == "deu"

    edit(GERMAN, "ruht", "schweigt")
    said = run(project, "plan", "--quality", "draft").stdout
    assert "beat 3: its sentence changed" in said
    assert said.count("up to date") == 2
