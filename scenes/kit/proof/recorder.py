"""A Recorder writes the trace of a chapter while it is filmed, as JSON lines."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from manim import Mobject

from scenes.kit.proof.evidence import Entry, Shown, evidence
from scenes.kit.proof.glyph_origin import origin_of
from scenes.kit.proof.provenance import Told

INTERVAL = 0.2
SLACK = 1e-6
"""Tolerance in seconds of times, which are sums of frames."""
DIGITS = 9


class Recorder:
    """Writes to ``path`` what is drawn and what is computed, every INTERVAL seconds.

    A line holds chapter, time, object, quantity, drawn and computed; what has not changed since it
    was last written is not written again. Times count from ``begin`` on the chapter's clock.
    """

    def __init__(self, path: Path, begin: float = 0.0) -> None:
        self.path, self.begin, self.due = path, begin, begin
        self.latest: dict[tuple[str, str], str] = {}
        self.exactly: dict[tuple[str, str], tuple[object, object]] = {}
        self.named: dict[int, tuple[str, Mobject]] = {}
        self.kinds: Counter[str] = Counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")

    def look(self, chapter: Shown) -> None:
        """Write down the present moment if it is time to."""
        if chapter.time < self.due - SLACK:
            return
        self.due = chapter.time + INTERVAL
        with self.path.open("a", encoding="utf-8") as file:
            for entry in evidence(chapter).entries:
                key = self.name(entry.mobject), entry.quantity
                exactly = exact(entry.drawn), exact(entry.computed)
                # Most of what stands there has not moved at all, and digits take time to write.
                if self.exactly.get(key) == exactly:
                    continue
                self.exactly[key] = exactly
                values = {"drawn": plain(entry.drawn), "computed": plain(entry.computed)}
                line = json.dumps(values, ensure_ascii=False)
                if self.latest.get(key) != line:
                    self.latest[key] = line
                    file.write(self.header(entry, key[0]) + ", " + line[1:] + "\n")

    def name(self, mobject: Mobject | None) -> str:
        """The name of one mobject, such as Dot 3; of none, the caption's."""
        if mobject is None:
            return "caption"
        if id(mobject) not in self.named:
            kind = "Text" if origin_of(mobject) else type(mobject).__name__
            self.kinds[kind] += 1
            # The mobject is kept as well: no other can then come to have its id.
            self.named[id(mobject)] = f"{kind} {self.kinds[kind]}", mobject
        return self.named[id(mobject)][0]

    def header(self, entry: Entry, name: str) -> str:
        """The beginning of a line, without its closing brace."""
        about = {
            "chapter": entry.chapter,
            "time": round(entry.time - self.begin, 3),
            "object": name,
            "quantity": entry.quantity,
        }
        return json.dumps(about, ensure_ascii=False)[:-1]


def exact(value: Any) -> object:
    """A value in terms that ``==`` compares to the last digit, and quickly."""
    return (value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value


def plain(value: Any) -> Any:
    """A value as JSON has it: text, the numbers it was written for, or numbers to DIGITS."""
    if isinstance(value, str):
        return value
    if isinstance(value, Told):
        return [None if number is None else number.value for number in value.numbers]
    numbers = np.asarray(value, dtype=float)
    flat = [float(f"{number:.{DIGITS}g}") for number in numbers.ravel().tolist()]
    return np.reshape(flat, numbers.shape).tolist()
