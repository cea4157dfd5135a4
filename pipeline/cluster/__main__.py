"""Film the share that was sent here: `python -m pipeline.cluster FOLDER`, run by an errand."""

import os
import pickle
import sys
import threading
from dataclasses import replace
from pathlib import Path

from pipeline.cluster.errand import ORDER
from pipeline.cluster.sending import OUTCOME, PIECES
from pipeline.share import Filmed, Share
from pipeline.worker import Failed
from pipeline.workers import film_all


def main(folder: Path) -> None:
    """Film the share that is ordered in ``folder``; leave there pieces, a log and the outcome."""
    threading.Thread(target=_end_with_the_sender, daemon=True).start()
    ordered: Share = pickle.loads((folder / ORDER).read_bytes())
    share = replace(ordered, store=folder / PIECES, folder=folder / "work" / ordered.name)
    for _, event in film_all([share], jobs=1):
        if isinstance(event, Filmed | Failed):
            (folder / OUTCOME).write_bytes(pickle.dumps(event))


def _end_with_the_sender() -> None:
    """Standard input ends when the process dies that holds its other end."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
