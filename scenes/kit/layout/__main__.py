"""Check the layout of chapters: `python -m scenes.kit.layout 5 7`; the exit code is 1 if any fails.

Of every finding there is one line, and one frame in the folder with the objects boxed. What was
measured on the way is left there as well.
"""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from scenes.kit.chapter import Chapter
from scenes.kit.layout.measures import Measures
from scenes.kit.layout.report import Report
from scenes.kit.proof.dry_run import FRAMES_A_SECOND, rehearse
from scenes.outline import LECTURE


def main() -> int:
    """Check the chapters named on the command line, or all; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scenes.kit.layout", description=__doc__)
    parser.add_argument("chapters", nargs="*", type=int, metavar="N", help="these chapters only")
    parser.add_argument("--folder", type=Path, default=Path("build/layout"), help="for the frames")
    parser.add_argument("--frame-rate", type=int, default=FRAMES_A_SECOND, help="looks a second")
    options = parser.parse_args()
    clean = True
    for entry in LECTURE:
        if not options.chapters or entry.number in options.chapters:
            report, measures = Report(options.folder), Measures()

            def look(
                chapter: Chapter, report: Report = report, others: Measures = measures
            ) -> None:
                report.look(chapter)
                others.look(chapter)

            kind = getattr(import_module(entry.module), entry.scene)
            report.close(rehearse(kind, look, options.frame_rate))
            options.folder.mkdir(parents=True, exist_ok=True)
            measured = options.folder / f"{entry.slug}.measures.json"
            measured.write_text(json.dumps(measures.figures()), encoding="utf-8")
            clean = clean and not report.found
            sys.stdout.writelines(f"{violation}\n" for violation in report.found)
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
