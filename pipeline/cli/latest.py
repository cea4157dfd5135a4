"""Open what was made last with the program that this machine has for it."""

import webbrowser
from pathlib import Path

from pipeline.cache.plan import BUILD
from pipeline.errors import UserError

MADE = ("lecture.mp4", "page/index.html", "lecture.pptx", "handout.pdf", "ch*.mp4")
"""What is worth opening, in the folder of a quality."""


def open_latest() -> Path:
    """Open the youngest of the films, pages, slides and handouts; returns which it is.

    Raises:
        UserError: there is none, or this machine has no program for it.
    """
    made = [path for name in MADE for path in BUILD.glob(f"*/{name}")]
    if not made:
        raise UserError("nothing is made yet; make render makes the lecture")
    latest = max(made, key=lambda path: path.stat().st_mtime_ns)
    if not webbrowser.open(latest.resolve().as_uri()):
        raise UserError(f"this machine has no program that opens {latest}")
    return latest
