"""The ledger: measurements, kept as they are taken, so that an interrupted bench goes on."""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pipeline.atomic import atomic
from pipeline.bench.measure import Row


class Ledger:
    """Rows of quantities by the name of what was measured, in the file ``path``.

    What the file holds of others than ``about``, such as of other sources, is left behind.
    """

    def __init__(self, path: Path, about: str) -> None:
        self.path, self.about = path, about
        self._rows: dict[str, list[Row]] = {}
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["about"] == about:
                self._rows = kept["measured"]
        except (OSError, ValueError, KeyError, TypeError):
            pass

    def __contains__(self, name: str) -> bool:
        return bool(self._rows.get(name))

    @property
    def names(self) -> list[str]:
        """What has been measured."""
        return [*self._rows]

    def rows(self, name: str) -> Sequence[Row]:
        """The measurements of ``name``."""
        return self._rows.get(name, ())

    def add(self, name: str, row: Row) -> None:
        """Keep a measurement."""
        self._rows.setdefault(name, []).append(row)
        contents = {"about": self.about, "measured": self._rows}
        with atomic(self.path) as aside:
            aside.write_text(json.dumps(contents, indent=1), encoding="utf-8")

    def median(self, name: str, quantity: str) -> float:
        """The median of a quantity; KeyError if ``name`` was not measured."""
        if name not in self:
            raise KeyError(name)
        return median(row[quantity] for row in self._rows[name])
