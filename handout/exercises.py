"""Set the handout's exercises, two a chapter, whose numbers and answers are computed.

Their words stand in `exercises.toml`, what is filled into them in `values`.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from gdmath import Summary
from handout.values import VALUES
from scenes.kit.wording import fill

WORDS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Exercise:
    """A question that the handout has all that is needed to answer, and its answer."""

    question: str
    answer: str


def exercises(chapter: int, told: Summary) -> list[Exercise]:
    """The exercises of the chapter with this number, about the lesson of which ``told`` tells.

    The chapter must be one that the lesson has; one that nobody has set exercises for gives none.
    """
    texts = tomllib.loads(WORDS.read_text(encoding="utf-8")).get(str(chapter), [])
    values = VALUES[chapter](told) if texts else {}
    return [
        Exercise(fill(each["question"], **values), fill(each["answer"], **values)) for each in texts
    ]
