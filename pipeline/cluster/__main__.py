"""Film the job that was sent here: `python -m pipeline.cluster FOLDER`, as `remote` does."""

import os
import pickle
import sys
import threading
from dataclasses import replace
from pathlib import Path

from pipeline.cluster.dispatch import OUTCOME, SEGMENTS
from pipeline.cluster.remote import ORDER
from pipeline.film.job import Filmed, Job
from pipeline.film.pool import film_all
from pipeline.film.worker import Failed


def main(folder: Path) -> None:
    """Film the job that is ordered in ``folder``; leave there segments, a log and the outcome."""
    threading.Thread(target=_end_with_the_sender, daemon=True).start()
    ordered: Job = pickle.loads((folder / ORDER).read_bytes())
    job = replace(ordered, store=folder / SEGMENTS, folder=folder / "work" / ordered.name)
    for _, event in film_all([job], workers=1):
        if isinstance(event, Filmed | Failed):
            (folder / OUTCOME).write_bytes(pickle.dumps(event))


def _end_with_the_sender() -> None:
    """Standard input ends when the process dies that holds its other end."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
