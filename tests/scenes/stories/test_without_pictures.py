"""What a chapter decides is known without Manim, and so in milliseconds."""

import subprocess
import sys

from tests.conftest import ROOT

STORIES = sorted(path.parent.name for path in (ROOT / "scenes").glob("ch*/story.py"))
PROGRAM = """
import sys
from importlib import import_module
for chapter in sys.argv[1:]:
    import_module(f"scenes.{chapter}.story")
    print(*[chapter] if "manim" in sys.modules else [], end="")
"""


def test_stories_are_told_without_pictures() -> None:
    assert len(STORIES) > 10
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *STORIES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == ""
