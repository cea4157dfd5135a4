"""Render what is stale of the lecture and write its page: ``python -m page``."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from pipeline import __main__ as pipeline
from pipeline.cache.plan import folder_of, lecture_path, make_plan
from pipeline.cli.arguments import add_theme
from pipeline.quality import QUALITIES
from pipeline.voice.chosen import BUILT_IN


def main() -> int:
    """Do it; return the exit code of the render that it begins with."""
    parser = argparse.ArgumentParser(prog="python -m page", description=__doc__)
    parser.add_argument("--quality", default="high", choices=QUALITIES)
    parser.add_argument("--lesson", default=Path("lesson.toml"), type=Path)
    parser.add_argument("--voice", default=BUILT_IN)
    add_theme(parser)
    options = parser.parse_args()
    asked = [f"--{name}={value}" for name, value in vars(options).items() if str(value)]
    if failed := pipeline.main(["render", *asked]):
        return failed
    # The kit takes the palette from the environment when it is imported.
    os.environ["THEME"] = options.theme
    from page.site import write_page

    quality = replace(QUALITIES[options.quality], theme=options.theme)
    tasks = make_plan(quality, options.lesson, voice=options.voice)
    chapters = [(task.entry, task.finished) for task in tasks if task.finished]
    page = folder_of(quality) / "page"
    print(write_page(page, options.lesson, lecture_path(quality), chapters))
    return 0


if __name__ == "__main__":
    sys.exit(main())
