"""The chapters of the small lecture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What the pipeline knows of a chapter."""

    number: int
    module: str
    scene: str
    title: str
    claim: str

    @property
    def slug(self) -> str:
        return self.module.rpartition(".")[2]

    @property
    def shown_number(self) -> int:
        return self.number


LECTURE = (
    Entry(1, "scenes.ch01_square", "Square", "A square, and & <more>", "It moves."),
    Entry(2, "scenes.ch02_circle", "Circle", "A circle", "It grows."),
    Entry(4, "scenes.ch04_dot", "Dot", "A dot η", "It stands."),
)


@dataclass(frozen=True)
class LeftOut:
    """What the pipeline knows of a chapter that a lesson cannot have."""

    title: str
    reason: str


def programme(missing, lecture):
    """The dot needs a lesson that does not say it is square."""
    dots = [entry for entry in lecture if entry.scene == "Dot" and "round" in missing]
    kept = tuple(entry for entry in lecture if entry not in dots)
    return kept, tuple(LeftOut(entry.title, missing["round"]) for entry in dots)
