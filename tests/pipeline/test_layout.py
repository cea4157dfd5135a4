"""What the check of the layout says reaches the reviewer, and so does that it could not be made."""

from collections.abc import Callable
from pathlib import Path

REVIEW = "build/draft/review"


def test_a_review_tells_what_is_wrong_with_the_layout(rendered: Path, run: Callable) -> None:
    outcome = run(rendered, "review", "--chapter", "4")
    assert outcome.returncode == 0
    sheet, finding, *_ = outcome.stdout.splitlines()
    assert (sheet, finding) == (f"{REVIEW}/ch04-1.png", f"a dot is out of place in {REVIEW}")


def test_a_check_that_fails_is_not_taken_for_one_that_finds_nothing(
    rendered: Path, run: Callable
) -> None:
    failing = "import os, sys; sys.exit('nothing to look at of ' + os.environ['LESSON'])"
    (rendered / "scenes/kit/layout.py").write_text(failing)
    outcome = run(rendered, "review", "--chapter", "1")
    line = "ch01: the layout could not be checked: nothing to look at of lesson.toml"
    assert line in outcome.stdout.splitlines()
