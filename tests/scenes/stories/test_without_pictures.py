"""What a chapter decides is known without Manim, and so in milliseconds."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

STORIES = sorted(path.parent.name for path in (ROOT / "scenes").glob("ch*/story.py"))


@pytest.mark.parametrize("chapter", STORIES)
def test_a_story_is_told_without_pictures(chapter: str) -> None:
    program = f"import sys, scenes.{chapter}.story; print('manim' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
